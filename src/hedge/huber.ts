import { checkBoolean, checkOptions, checkPair, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { productError } from '../math/error-free.js';
import { BoundedLine } from './bounded-line.js';
import type { Hedge } from './hedge.js';
import { settle } from './settle.js';

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
 * Starts at least squares, of many prices on a sixteenth of them first, and runs until nothing moves. It bounds bad ticks in y; one in x can still tilt the line.
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
  let moves = false;
  for (let i = 0; i < x.length && !moves; i++) moves = x[i] !== still;
  if (!moves) {
    const must = intercept ? 'move' : 'leave zero';
    throw new DataError('degenerate', `huber: x must ${must}, received ${x.length} times ${still}`);
  }
  let line = new BoundedLine(y, x, intercept);
  const isStarted = y.length >= MANY && startOnSome(line, y, x, tuning, intercept);
  let { deviation, converged } = settle(line, tuning, isStarted);
  if (isStarted && !Number.isFinite(line.slope + line.level)) {
    // A wild price of x that the some did not hold has no place on their line: from least squares, then.
    line = new BoundedLine(y, x, intercept);
    ({ deviation, converged } = settle(line, tuning, false));
  }
  return answer(line, deviation, converged, tuning, y.length - (intercept ? 2 : 1), intercept);
}

/** From this many observations on, the line is first sought among one in `SPARSE` of them. */
const MANY = 8192;
const SPARSE = 16;

/** Moves the line to where it rests among some of the prices; false where that is no place to start from. */
function startOnSome(
  line: BoundedLine,
  y: Float64Array,
  x: Float64Array,
  tuning: number,
  intercept: boolean,
): boolean {
  const length = Math.floor(y.length / SPARSE);
  const some = { y: new Float64Array(length), x: new Float64Array(length) };
  let state = 1;
  for (let i = 0; i < length; i++) {
    // One of each sixteen, but not always the same one: prices may have a rhythm. Numerical Recipes (1992), section 7.1.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const place = SPARSE * i + (state >>> 28);
    some.y[i] = y[place]!;
    some.x[i] = x[place]!;
  }
  const start = new BoundedLine(some.y, some.x, intercept);
  const { deviation, converged } = settle(start, tuning, false);
  if (!(converged && deviation > 0 && Number.isFinite(start.slope + start.level))) return false;
  line.startAt(start);
  return Number.isFinite(line.slope + line.level);
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
  const limit = deviation > 0 ? tuning * deviation : 4 * line.noise;
  // The line has done its work: its own memory holds the answer.
  const weights = line.distances;
  const residuals = v;
  // Squares of shares of the limit, as it can be far from 1.
  let [mean, squares, within] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const residual = v[i]! - level - slope * u[i]!;
    const distance = Math.abs(residual);
    weights[i] = distance <= limit ? 1 : deviation > 0 ? limit / distance : 0;
    residuals[i] = residual / yScale;
    const cut = distance < limit ? distance / limit : 1;
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
    freedom > 0
      ? (correction * Math.sqrt((deviation > 0 ? squares : 0) / freedom) * limit) / share / yScale
      : NaN;
  // Powers of two: in either order the same, but one of them can leave the range of a double on the way.
  const scales = xScale / yScale;
  const ratio = scales > 1e-300 && scales < 1e300 ? slope * scales : (slope * xScale) / yScale;
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
