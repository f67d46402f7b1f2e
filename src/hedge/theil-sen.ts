import { checkBetween, checkChoice, checkOptions, checkPair } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { normalQuantile } from '../math/normal-quantile.js';
import type { Hedge } from './hedge.js';
import { meanOfTwo, medianOf } from './median.js';
import { checkMoves, checkRatio, ordinary } from './ordinary.js';
import { SlopeRanks } from './slope-ranks.js';

export interface TheilSenOptions {
  /** The confidence of the interval for the ratio; 0.95 unless said. */
  readonly confidence?: number;
  /** `'separate'` (default): median(y) − ratio · median(x); `'joint'`: the median of y − ratio · x. */
  readonly intercept?: 'separate' | 'joint';
}

/** The line of the median slope, with an interval for it. */
export interface TheilSen extends Hedge {
  /** Sen's interval for the ratio; NaN where almost all is tied, which leaves nothing to go by. */
  readonly lower: number;
  readonly upper: number;
  readonly observations: number;
}

/**
 * The hedge ratio as the median of the slopes between all pairs of observations: up to 29 % of the ticks may be as bad
 * as can be, in either leg, and it stands.
 *
 * Exact, in O(n log n) expected time and O(n) memory. Pairs of one x have no slope and are left out. The interval is
 * Sen's, with ties in x and y taken into account, its ranks rounded half to even.
 *
 * Source: Sen (1968), "Estimates of the regression coefficient based on Kendall's tau", JASA 63, eq. 2.6.
 *
 * @param pair - two series of prices, `{ y, x }`
 * @throws OptionError for an unknown option or one out of range.
 * @throws DataError when lengths differ (`uneven`), a price is not finite (`not-finite`, naming it), there are fewer
 * than two observations (`too-short`), or x never moves (`degenerate`).
 * @example
 * ```ts
 * const hedge = theilSen({ y: [2.1, 3.9, 6.2, 7.8, 10.1, 99], x: [1, 2, 3, 4, 5, 6] });
 * hedge.ratio; // → 2.066666666666667
 * hedge.intercept; // → -0.2333333333
 * [hedge.lower, hedge.upper]; // → [1.8, 45.6]
 * ```
 */
export function theilSen(pair: SeriesOf<Pair>, options: TheilSenOptions = {}): TheilSen {
  checkOptions('theilSen', options, ['confidence', 'intercept']);
  const confidence = checkBetween('theilSen', 'confidence', options.confidence ?? 0.95, 0, 1);
  if (confidence === 0 || confidence === 1) {
    throw new OptionError(`theilSen: confidence must lie between 0 and 1, received ${confidence}`);
  }
  const rule = checkChoice('theilSen', 'intercept', options.intercept ?? 'separate', ['separate', 'joint']);
  const observations = checkPair('theilSen', pair, 2);
  const y = toFloat64(pair.y);
  const x = toFloat64(pair.x);
  checkMoves('theilSen', x);
  const held = { y: ordinary(y), x: ordinary(x) };
  const unit = held.x.scale / held.y.scale;
  const slopes = new SlopeRanks(held.y.values, held.x.values);
  const { count } = slopes;
  // √variance of Kendall's sum, in standard deviations to the edge of the interval.
  const ties = tieSpread(slopes.points.runsY) + tieSpread(slopes.points.runsX);
  const variance = (spread(observations) - ties) / 18;
  const reach = -normalQuantile((1 - confidence) / 2) * Math.sqrt(variance);
  const first = Math.max(roundHalfEven((count - reach) / 2) - 1, 0);
  const last = Math.min(roundHalfEven((count + reach) / 2), count - 1);
  const known = variance >= 0;
  if (known) slopes.prepare(first, last);
  const lower = known ? slopes.at(first) * unit : NaN;
  const upper = known ? slopes.at(last) * unit : NaN;
  const half = Math.floor(count / 2);
  const middle = slopes.at(half);
  const slope = count % 2 === 1 ? middle : meanOfTwo(slopes.at(half - 1), middle);
  const ratio = checkRatio('theilSen', slope * unit);
  const intercept =
    rule === 'joint'
      ? medianOf(y.map((value, i) => value - ratio * x[i]!))
      : medianOf(y.slice()) - ratio * medianOf(x.slice());
  return { ratio, intercept, lower, upper, observations };
}

/** 18 times the variance of Kendall's sum over k untied observations. */
function spread(k: number): number {
  return k * (k - 1) * (2 * k + 5);
}

/** What ties take from it. */
function tieSpread(runs: readonly number[]): number {
  return runs.reduce((total, run) => total + spread(run), 0);
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
