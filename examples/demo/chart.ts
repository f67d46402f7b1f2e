import type { Study } from './analysis.js';
import { evenly, thin } from './thin.js';

/** More points than this make a page slow and show nothing more. */
const MOST_POINTS = 20_000;
/** Each brings two points, its opening and its close, and half of the points are for the lines. */
const MOST_HOLDINGS = MOST_POINTS / 4;

/** What the page draws, and how much of all there is that shows. */
export interface Chart {
  readonly data: object;
  readonly drawn: { readonly points: number; readonly holdings: number };
}

/** Columns of the chosen points, the levels, and where positions were opened and closed. */
export function chartOf({ data, result, holdings, options }: Study): Chart {
  const { y, x } = data.values;
  const shown = evenly(holdings, MOST_HOLDINGS);
  const marks = shown.flatMap(({ side, opened, closed }) => [
    { index: opened, kind: side },
    ...(closed === undefined ? [] : [{ index: closed, kind: 'close' }]),
  ]);
  const points = thin(
    [y, x, result.spread, result.zScore],
    marks.map(({ index }) => index),
    MOST_POINTS,
  );
  const place = new Map(points.map((index, i) => [index, i]));
  // Eight digits are finer than a pixel. JSON has no NaN: null is a gap.
  const column = (series: Float64Array) =>
    points.map((index) => (Number.isFinite(series[index]) ? Number(series[index]!.toPrecision(8)) : null));
  const { enter, exit, stop } = options;
  return {
    data: {
      names: { y: data.y.name, x: data.x.name },
      hedge: { ratio: result.ratio, intercept: result.intercept, isLinear: result.prices === 'raw' },
      time: points.map((index) => data.time[index]! / 1000),
      y: column(y),
      x: column(x),
      spread: column(result.spread),
      zScore: column(result.zScore),
      levels: { enter, exit, stop },
      intraday: points.some((index) => data.time[index]! % 86_400_000 !== 0),
      marks: marks.map(({ index, kind }) => [place.get(index), kind]),
    },
    drawn: { points: points.length, holdings: shown.length },
  };
}
