import { checkBoolean, checkOptions, checkPair, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { type Centred, centre } from '../math/centred.js';
import { productError } from '../math/error-free.js';
import { sum } from '../math/sum.js';
import type { Hedge } from './hedge.js';

export interface TotalLeastSquaresOptions {
  /** Whether the line may miss the origin; it may unless said. */
  readonly intercept?: boolean;
  /** The variance of the errors in y over that of the errors in x; 1 unless said. */
  readonly errorRatio?: number;
}

/** The line nearest to the points where both legs err. */
export interface TotalLeastSquares extends Hedge {
  readonly observations: number;
}

/**
 * The hedge ratio where neither leg explains the other: errors in both, which vary as `errorRatio` says. With 1 distances
 * are measured at right angles to the line; with other ratios it is Deming regression. Exchanging the legs, and taking 1 /
 * `errorRatio`, gives 1 / ratio: no leg comes first.
 *
 * Source: Deming (1943), "Statistical Adjustment of Data"; Golub & Van Loan, "Matrix Computations", section 6.3.
 *
 * @param pair - two series of prices, `{ y, x }`
 * @throws OptionError for an unknown option or one out of range.
 * @throws DataError when lengths differ (`uneven`), a price is not finite (`not-finite`, naming it), there are fewer
 * than two observations, or one without an intercept (`too-short`), x never moves, or the points have no direction, or
 * an upright one (`degenerate`).
 * @example
 * ```ts
 * totalLeastSquares({ y: [1, 3, 2, 4], x: [1, 2, 3, 4] }); // → { ratio: 1, intercept: 0, observations: 4 }
 * totalLeastSquares({ y: [3, 5, 6, 9], x: [1, 2, 3, 4] }, { errorRatio: 4 }).ratio; // → 1.935292
 * ```
 */
export function totalLeastSquares(
  pair: SeriesOf<Pair>,
  options: TotalLeastSquaresOptions = {},
): TotalLeastSquares {
  checkOptions('totalLeastSquares', options, ['intercept', 'errorRatio']);
  const intercept = checkBoolean('totalLeastSquares', 'intercept', options.intercept ?? true);
  const errorRatio = checkPositive('totalLeastSquares', 'errorRatio', options.errorRatio ?? 1);
  const observations = checkPair('totalLeastSquares', pair, intercept ? 2 : 1);
  const y = centre(toFloat64(pair.y), intercept);
  const x = centre(toFloat64(pair.x), intercept);
  if (x.flat) {
    const must = intercept ? 'move' : 'leave zero';
    throw new DataError('degenerate', `totalLeastSquares: x must ${must}, received ${pair.x[0]} throughout`);
  }
  const yShift = intercept ? recentre(y) : 0;
  const xShift = intercept ? recentre(x) : 0;
  // Deviations over the root of their errors' variance: then the errors are alike. Both have sizes near 1 before that.
  const unit = (Math.sqrt(errorRatio) * y.scale) / x.scale;
  const slope = (unit > 1 ? slopeOf(y.high, x.high, 1 / unit, 1) : slopeOf(y.high, x.high, 1, unit)) * unit;
  const ratio = (slope * x.scale) / y.scale;
  if (!Number.isFinite(ratio)) {
    throw new DataError(
      'degenerate',
      'totalLeastSquares: the line is upright, or the points have no direction',
    );
  }
  if (!intercept) return { ratio, intercept: 0, observations };
  // mean(y) − slope · mean(x), rounded once.
  const product = slope * x.mean;
  const level =
    sum([y.mean, yShift, -product, -productError(slope, x.mean, product), -slope * xShift]) / y.scale;
  return { ratio, intercept: level, observations };
}

/** Moves deviations to where their mean is nothing, and returns how far: at a great offset the mean itself is rounded. */
function recentre({ high, low }: Centred): number {
  const shift = (sum(high) + sum(low)) / high.length;
  for (let i = 0; i < high.length; i++) high[i] = high[i]! - shift + low[i]!;
  return shift;
}

/** The slope of the main axis of points (b · x, a · y) about their centre; NaN where there is none. */
function slopeOf(y: Float64Array, x: Float64Array, a: number, b: number): number {
  let [yy, xy, xx] = [0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const height = a * y[i]!;
    const lever = b * x[i]!;
    yy += height * height;
    xy += lever * height;
    xx += lever * lever;
  }
  const excess = yy - xx;
  if (xy === 0) return excess < 0 ? 0 : NaN;
  const root = Math.hypot(excess, 2 * xy);
  // Whichever form adds numbers of one sign.
  return excess > 0 ? (excess + root) / (2 * xy) : (2 * xy) / (root - excess);
}
