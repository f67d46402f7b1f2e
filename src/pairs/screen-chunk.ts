import { gram, type Packed, packed, product, TILE } from '../stats/gram.js';
import { screenDirectly } from './screen-directly.js';
import { FROM_SUMS, refuse, WIDTH } from './screen-figures.js';
import { type Leg, legColumns, readLeg } from './screen-leg.js';
import type { ScreenRule } from './screen-options.js';
import { columnOf, isComplete, overlapOf, type ScreenSeries } from './screen-series.js';
import { testSpread } from './screen-spread.js';
import { type PairSums, screenFromSums } from './screen-sums.js';

/** First legs in a chunk. It depends on nothing, so that the work is cut alike however many do it; whole tiles. */
const LEGS = 4 * TILE;

/** How many chunks a screen of this many series is cut into. */
export function chunksOf(count: number): number {
  return Math.ceil((count - 1) / LEGS);
}

/** Calls back for each row of a chunk in its order, with the indices of its legs. */
export function eachRow(
  count: number,
  both: boolean,
  chunk: number,
  row: (y: number, x: number) => void,
): void {
  const last = Math.min((chunk + 1) * LEGS, count - 1);
  for (let i = chunk * LEGS; i < last; i++) {
    for (let j = i + 1; j < count; j++) {
      row(i, j);
      if (both) row(j, i);
    }
  }
}

/** All rows of a screen of this many series. */
export function rowsOf(count: number, both: boolean): number {
  return (count * (count - 1)) / (both ? 1 : 2);
}

/** Rows in a chunk. */
export function rowsOfChunk(count: number, both: boolean, chunk: number): number {
  const from = chunk * LEGS;
  const legs = Math.min(from + LEGS, count - 1) - from;
  const pairs = legs * (count - 1 - from) - (legs * (legs - 1)) / 2;
  return both ? 2 * pairs : pairs;
}

/** Screens a panel chunk by chunk, each by itself and in any order. */
export class ChunkScreener {
  /** Of the series with a number in every row; nothing where there are not two. */
  private readonly panel: PanelSums | undefined;

  constructor(
    private readonly series: ScreenSeries,
    private readonly rule: ScreenRule,
  ) {
    const complete = series.names.map((_, j) => isComplete(series, j));
    const isEnough = complete.filter(Boolean).length > 1 && series.rows >= this.least;
    this.panel = isEnough ? new PanelSums(series, complete) : undefined;
  }

  /** The fewest observations a row is computed from. */
  private get least(): number {
    const { lags, maxLags = 0, minimum } = this.rule;
    return Math.max(minimum, 2 * (typeof lags === 'number' ? lags : maxLags) + 5);
  }

  /** The figures of a chunk, row after row. */
  screen(chunk: number): Float64Array {
    const { series, rule, panel } = this;
    const count = series.names.length;
    const out = new Float64Array(WIDTH * rowsOfChunk(count, rule.both, chunk));
    panel?.turnTo(chunk * LEGS, Math.min((chunk + 1) * LEGS, count));
    let at = 0;
    eachRow(count, rule.both, chunk, (i, j) => {
      if (!panel?.screen(i, j, rule, out, at)) this.screenPair(i, j, out, at);
      at += WIDTH;
    });
    return out;
  }

  /** One row from what its two series have in common. */
  private screenPair(i: number, j: number, out: Float64Array, at: number): void {
    const { y, x, reason } = overlapOf(this.series, i, j, this.rule);
    const trouble = y.length < this.least ? 'too-short' : reason;
    if (trouble) {
      refuse(out, at, y.length, trouble);
    } else if (this.panel?.has(i, j) || !fromOwnSums(y, x, this.rule, out, at)) {
      screenDirectly(y, x, this.rule, out, at);
    }
  }

  /** A row that came from sums, once more by itself: for those that are looked at first. */
  refine(i: number, j: number, out: Float64Array, at: number): void {
    if (out[at + WIDTH - 1] !== FROM_SUMS) return;
    const { y, x } = overlapOf(this.series, i, j, this.rule);
    screenDirectly(y, x, this.rule, out, at);
  }
}

/** What sums can say of a row, and the spread where they cannot: false where rounding might show. */
function fromSums(
  sums: PairSums,
  rule: ScreenRule,
  spreadOf: () => { readonly y: Float64Array; readonly x: Float64Array },
  out: Float64Array,
  at: number,
): boolean {
  const isShort = rule.lags === 0 || rule.lags === 1;
  if (!screenFromSums(sums, rule.lags === 1 ? 1 : 0, out, at)) return false;
  if (isShort) return true;
  const { y, x } = spreadOf();
  return testSpread(y, x, rule, out, at);
}

/** The sums of two series that share only part of the panel. */
function fromOwnSums(
  y: Float64Array,
  x: Float64Array,
  rule: ScreenRule,
  out: Float64Array,
  at: number,
): boolean {
  const [ofY, ofX] = [legColumns(y.length), legColumns(x.length)];
  const sums = {
    y: readLeg(y, ofY),
    x: readLeg(x, ofX),
    level: product(ofY.levels, ofX.levels),
    step: product(ofY.steps, ofX.steps),
    stride: product(ofY.strides, ofX.strides),
    rows: y.length,
  };
  return fromSums(sums, rule, () => ({ y: ofY.levels, x: ofX.levels }), out, at);
}

/** The sums of products of all complete series, some rows of the triangle at a time. */
class PanelSums {
  private readonly legs: readonly (Leg | undefined)[];
  private readonly rows: number;
  private readonly width: number;
  private readonly levels: Packed;
  private readonly steps: Packed;
  private readonly strides: Packed;
  private first = 0;
  private products: readonly Float64Array[] = [];

  constructor(series: ScreenSeries, complete: readonly boolean[]) {
    const { rows, names } = series;
    const count = names.length;
    this.rows = rows;
    this.width = Math.ceil(count / TILE) * TILE;
    this.levels = packed(rows, count);
    this.steps = packed(rows - 1, count);
    this.strides = packed(rows - 2, count);
    this.legs = complete.map((is, j) =>
      is
        ? readLeg(columnOf(series, j), {
            levels: own(this.levels, j),
            steps: own(this.steps, j),
            strides: own(this.strides, j),
          })
        : undefined,
    );
  }

  has(i: number, j: number): boolean {
    return this.legs[i] !== undefined && this.legs[j] !== undefined;
  }

  /** Multiplies the series from `first` up to `last` with all that follow them. */
  turnTo(first: number, last: number): void {
    this.first = first;
    this.products = [this.levels, this.steps, this.strides].map((columns) => gram(columns, first, last));
  }

  screen(i: number, j: number, rule: ScreenRule, out: Float64Array, at: number): boolean {
    const [y, x] = [this.legs[i], this.legs[j]];
    if (!y || !x) return false;
    const place = (Math.min(i, j) - this.first) * this.width + Math.max(i, j);
    const [levels, steps, strides] = this.products as [Float64Array, Float64Array, Float64Array];
    const [level, step, stride] = [levels[place]!, steps[place]!, strides[place]!];
    const sums = { y, x, level, step, stride, rows: this.rows };
    return fromSums(sums, rule, () => ({ y: own(this.levels, i), x: own(this.levels, j) }), out, at);
  }
}

/** A column of several in one piece. */
function own({ data, rows }: Packed, j: number): Float64Array {
  return data.subarray(j * rows, (j + 1) * rows);
}
