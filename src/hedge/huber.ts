import { checkBoolean, checkOptions, checkPair, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { productError } from '../math/error-free.js';
import { BoundedLine } from './bounded-line.js';
import type { Hedge } from './hedge.js';

export interface HuberOptions {
  /** How many deviations a residual counts in full; 1.345 unless said, 95 % efficient where errors are normal. */
  readonly tuning?: number;
  /** Whether the line may miss the origin; it may unless said. */
  readonly intercept?: boolean;
}

/** A line that bad ticks in y pull on only so hard. */
export interface Huber extends Hedge {
  /** Standard errors, of Huber's first covariance; NaN when there are no more observations than coefficients. */
  readonly ratioError: number;
  readonly interceptError: number;
  /** The deviation of the residuals, from their median size; 0 where at least half of the points lie on the line. */
  readonly scale: number;
  /** What each observation counted, from 0 to 1. */
  readonly weights: Float64Array;
  /** False where the steps went round in circles: then the line is one of those they went through. */
  readonly converged: boolean;
  readonly observations: number;
  /** What the line leaves of `y`: the spread, in sample. */
  readonly residuals: Float64Array;
}

/**
 * The hedge ratio by Huber's M-estimator: least squares in which a residual beyond `tuning` deviations pulls no harder
 * than one at them. The deviation is the median |residual| over that of the normal, found together with the line.
 * Starts at least squares and runs until nothing moves. It bounds bad ticks in y; one in x can still tilt the line.
 *
 * Source: Huber (1981), "Robust Statistics", chapter 7; covariance H1 of section 7.6.
 *
 * @param pair - two series of prices, `{ y, x }`
 * @throws OptionError for an unknown option, a `tuning` that is not positive or a non-boolean `intercept`.
 * @throws DataError when lengths differ (`uneven`), a price is not finite (`not-finite`, naming it), there are fewer
 * than two observations, or one without an intercept (`too-short`), or x never moves (`degenerate`).
 * @example
 * ```ts
 * const pair = { y: [2.1, 3.9, 6.2, 7.8, 10.1, 99], x: [1, 2, 3, 4, 5, 6] };
 * ols(pair).ratio; // → 14.42
 * huber(pair).ratio; // → 2.77672
 * huber(pair).weights[5]; // → 0.03117
 * ```
 */
export function huber(pair: SeriesOf<Pair>, options: HuberOptions = {}): Huber {
  checkOptions('huber', options, ['tuning', 'intercept']);
  const tuning = checkPositive('huber', 'tuning', options.tuning ?? 1.345);
  const intercept = checkBoolean('huber', 'intercept', options.intercept ?? true);
  checkPair('huber', pair, intercept ? 2 : 1);
  const y = toFloat64(pair.y);
  const x = toFloat64(pair.x);
  const still = intercept ? x[0]! : 0;
  if (x.every((price) => price === still)) {
    const must = intercept ? 'move' : 'leave zero';
    throw new DataError('degenerate', `huber: x must ${must}, received ${x.length} times ${still}`);
  }
  const line = new BoundedLine(y, x, intercept);
  const { deviation, converged } = settle(line, tuning);
  return answer(line, deviation, converged, tuning, y.length - (intercept ? 2 : 1), intercept);
}

/** Moves the line until it rests, and returns the deviation of its residuals; 0 where it goes through the points. */
function settle(
  line: BoundedLine,
  tuning: number,
): { readonly deviation: number; readonly converged: boolean } {
  line.weightedStep(Infinity);
  let deviation = NaN;
  let collapsing = Infinity;
  for (let round = 0; round < 1000; round++) {
    const found = line.deviation();
    if (!(found > line.noise)) {
      return { deviation: throughThePoints(line) ? 0 : line.deviation(), converged: true };
    }
    // Steps that go back and forth meet in the middle.
    const drift = Math.abs(found - deviation);
    deviation = round < 50 ? found : (found + deviation) / 2;
    const limit = tuning * deviation;
    // A deviation that shrinks without end does so by a constant factor: look whether it ends in nothing.
    if (deviation < collapsing) {
      if (round > 0 && collapses(line, deviation)) return { deviation: 0, converged: true };
      collapsing = deviation / 100;
    }
    // Weights first, as they lead from a poor line safely; then Newton's steps, which end it.
    if (round < 3 || round % 10 === 9 || !line.newtonStep(limit)) line.weightedStep(limit);
    if (line.moved + drift <= 1e-14 * deviation + line.rounding) {
      return { deviation: line.deviation(), converged: true };
    }
  }
  return { deviation: line.deviation(), converged: false };
}

/** Whether at least half of the points lie on the line through those within the deviation: the line is then that one. */
function collapses(line: BoundedLine, deviation: number): boolean {
  const { slope, level } = line;
  if (line.onlyWithin(deviation) && line.onlyWithin(deviation) && !(line.deviation() > line.noise)) {
    if (throughThePoints(line)) return true;
  }
  line.slope = slope;
  line.level = level;
  return false;
}

/** Fits the points that lie on the line but for rounding; false where they determine none. */
function throughThePoints(line: BoundedLine): boolean {
  for (let again = 0; again < 3; again++) if (!line.onlyWithin(16 * line.noise)) return false;
  return true;
}

function answer(
  line: BoundedLine,
  deviation: number,
  converged: boolean,
  tuning: number,
  freedom: number,
  intercept: boolean,
): Huber {
  const { v, u, slope, level, xAnchor, yAnchor, xScale, yScale } = line;
  const length = v.length;
  const limit = deviation > 0 ? tuning * deviation : 16 * line.noise;
  const weights = new Float64Array(length);
  const residuals = new Float64Array(length);
  let [mean, squares, within] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const residual = v[i]! - level - slope * u[i]!;
    const distance = Math.abs(residual);
    weights[i] = distance <= limit ? 1 : deviation > 0 ? limit / distance : 0;
    residuals[i] = residual / yScale;
    const cut = Math.min(distance, limit);
    squares += cut * cut;
    within += Number(distance <= limit);
    mean += u[i]!;
  }
  mean = intercept ? mean / length : 0;
  let spread = 0;
  for (let i = 0; i < length; i++) spread += (u[i]! - mean) * (u[i]! - mean);

  const share = within / length;
  const correction = 1 + ((length - freedom) / length) * ((1 - share) / share);
  const unit =
    freedom > 0 ? (correction * Math.sqrt((deviation > 0 ? squares : 0) / freedom)) / share / yScale : NaN;
  const ratio = (slope * xScale) / yScale;
  const product = ratio * xAnchor;
  if (!Number.isFinite(product)) {
    throw new DataError('degenerate', `huber: the ratio, ${ratio}, is beyond the range of a double`);
  }
  const centre = mean + xAnchor * xScale;
  return {
    ratio,
    intercept: intercept ? yAnchor - product - productError(ratio, xAnchor, product) + level / yScale : 0,
    ratioError: (unit * xScale) / Math.sqrt(spread),
    interceptError: intercept ? unit * Math.sqrt(1 / length + (centre / spread) * centre) : NaN,
    scale: deviation / yScale,
    weights,
    converged,
    observations: length,
    residuals,
  };
}
