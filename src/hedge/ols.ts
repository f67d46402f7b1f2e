import { checkBetween, checkBoolean, checkInteger, checkOptions, checkPair } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { productError } from '../math/error-free.js';
import { type FitStatistics, fitStatistics } from '../math/fit-statistics.js';
import { linearFit } from '../math/linear-fit.js';
import { orthogonaliseFew } from '../math/orthogonal.js';
import { studentTPValue } from '../math/student-t.js';
import { studentTQuantile } from '../math/student-t-quantile.js';
import type { Hedge } from './hedge.js';
import { neweyWest } from './newey-west.js';
import { centredSums } from './pair-sums.js';

/** How a line is fitted. */
export interface OlsOptions {
  /** Whether the line may miss the origin. */
  readonly intercept?: boolean;
  /** Errors that allow residuals to follow each other over so many observations, and to vary in size. */
  readonly neweyWest?: number;
  /** The confidence of the intervals; 0.95 unless said. */
  readonly confidence?: number;
}

/** The least-squares line of `y` on `x`, with its inference. */
export interface Ols extends Hedge, FitStatistics {
  /** Standard error of the ratio; NaN when there are no more observations than coefficients. */
  readonly ratioError: number;
  /** Standard error of the intercept; NaN without one. */
  readonly interceptError: number;
  readonly ratioT: number;
  readonly interceptT: number;
  /** Two-sided, from Student's t. */
  readonly ratioP: number;
  readonly interceptP: number;
  /** The interval for the ratio, from Student's t; NaN without an error. */
  readonly ratioInterval: readonly [lower: number, upper: number];
  readonly interceptInterval: readonly [lower: number, upper: number];
  /** Near 2 when neighbouring residuals are unrelated, towards 0 when they follow each other. */
  readonly durbinWatson: number;
  readonly observations: number;
  /** What the line leaves of `y`: the spread, in sample. */
  readonly residuals: Float64Array;
}

/**
 * The hedge ratio by ordinary least squares: the `x` that best offsets one `y`, as a line with its standard errors.
 *
 * One pass anchored at the first prices; a second about the means where the first price was far from the rest.
 * Fits so close that rounding would show, and numbers near the ends of the double range, are fitted again in twofold precision.
 * Without an intercept `intercept` is 0, its error NaN, and r² is about zero.
 *
 * With `neweyWest: lags` errors, t, p, F and intervals are those of Newey & West: Bartlett weights, no correction for a
 * small sample, p-values from Student's t all the same.
 *
 * Source: Greene, "Econometric Analysis", chapters 2–4; conventions of aic, bic and r² follow statsmodels.
 *
 * @param pair - two series of prices, `{ y, x }`
 * @throws OptionError for an unknown option or one out of range.
 * @throws DataError when lengths differ (`uneven`), a price is not finite (`not-finite`, naming it), there are fewer
 * than two observations, or one without an intercept (`too-short`), or x never moves (`degenerate`).
 * @example
 * ```ts
 * const hedge = ols({ y: [3, 5, 6, 9], x: [1, 2, 3, 4] });
 * hedge.ratio; // → 1.9
 * hedge.intercept; // → 1
 * hedge.ratioError; // → 0.264575131106459
 * hedge.ratioInterval; // → [0.761625, 3.038375]
 * ols({ y: [3, 5, 6, 9], x: [1, 2, 3, 4] }, { neweyWest: 1 }).ratioError; // → 0.11916375288
 * ols({ y: [2, 4, 7], x: [1, 2, 3] }, { intercept: false }).ratio; // → 2.2142857142857144
 * ```
 */
export function ols(pair: SeriesOf<Pair>, options: OlsOptions = {}): Ols {
  checkOptions('ols', options, ['intercept', 'neweyWest', 'confidence']);
  const intercept = checkBoolean('ols', 'intercept', options.intercept ?? true);
  const lags = options.neweyWest;
  if (lags !== undefined) checkInteger('ols', 'neweyWest', lags, 0);
  const confidence = checkBetween('ols', 'confidence', options.confidence ?? 0.95, 0, 1);
  if (confidence === 0 || confidence === 1) {
    throw new OptionError(`ols: confidence must lie between 0 and 1, received ${confidence}`);
  }
  const parameters = intercept ? 2 : 1;
  const typed = pair?.y instanceof Float64Array && pair.x instanceof Float64Array;
  // What is not finite spoils the sums of the quick fit, so typed columns are looked through only when it fails.
  if (!typed || pair.y.length !== pair.x.length || pair.y.length <= parameters)
    checkPair('ols', pair, parameters);
  const y = toFloat64(pair.y);
  const x = toFloat64(pair.x);
  let line = y.length > parameters ? quickFit(y, x, intercept) : undefined;
  if (!line) {
    checkPair('ols', pair, parameters);
    line = carefulFit(y, x, intercept);
  }
  if (lags !== undefined) line = { ...line, ...neweyWest(line, x, lags, intercept) };
  const reach = studentTQuantile((1 + confidence) / 2, y.length - parameters);
  const { ratio, ratioError, intercept: level, interceptError } = line;
  return {
    ...line,
    ratioInterval: [ratio - reach * ratioError, ratio + reach * ratioError],
    interceptInterval: [level - reach * interceptError, level + reach * interceptError],
  };
}

/** A line without its intervals. */
type Line = Omit<Ols, 'ratioInterval' | 'interceptInterval'>;

/** The line from sums of doubles, or nothing where they would lose digits. */
function quickFit(y: Float64Array, x: Float64Array, intercept: boolean): Line | undefined {
  const observations = y.length;
  const sums = centredSums(y, x, intercept);
  const { yAnchor, xAnchor, yMean, xMean, xx, yy } = sums;
  if (!(xx > 1e-200 && yy > 1e-200 && xx < 1e200 && yy < 1e200)) return undefined;
  const ratio = sums.xy / xx;
  const level = yMean - ratio * xMean;
  const residuals = new Float64Array(observations);
  let squares = 0;
  let steps = 0;
  let last = y[0]! - yAnchor - ratio * (x[0]! - xAnchor) - level;
  for (let i = 0; i < observations; i++) {
    const residual = y[i]! - yAnchor - ratio * (x[i]! - xAnchor) - level;
    residuals[i] = residual;
    squares += residual * residual;
    steps += (residual - last) * (residual - last);
    last = residual;
  }
  // A residual is right to 2⁻⁵³ of the price's distance from its mean: too little for one a ten-thousandth its size.
  if (squares < 1e-8 * yy) return undefined;

  const parameters = intercept ? 2 : 1;
  const statistics = fitStatistics({
    explained: ratio * ratio * xx,
    unexplained: squares,
    scale: 1,
    observations,
    parameters,
    intercept,
  });
  const product = ratio * xAnchor;
  const constant = intercept ? yAnchor - product - productError(ratio, xAnchor, product) + level : 0;
  const centre = xAnchor + xMean;
  const ratioError = statistics.residualDeviation / Math.sqrt(xx);
  const interceptError = intercept ? ratioError * Math.sqrt(xx / observations + centre * centre) : NaN;
  const ratioT = ratio / ratioError;
  const interceptT = constant / interceptError;
  return {
    ratio,
    intercept: constant,
    ratioError,
    interceptError,
    ratioT,
    interceptT,
    ratioP: studentTPValue(ratioT, observations - parameters),
    interceptP: studentTPValue(interceptT, observations - parameters),
    ...statistics,
    durbinWatson: steps / squares,
    observations,
    residuals,
  };
}

/** The same line, centred and refined in twofold precision. */
function carefulFit(y: Float64Array, x: Float64Array, intercept: boolean): Line {
  const still = intercept ? x[0]! : 0;
  if (x.every((price) => price === still)) {
    const must = intercept ? 'move' : 'leave zero';
    throw new DataError('degenerate', `ols: x must ${must}, received ${x.length} times ${still}`);
  }
  const { coefficients, errors, tValues, pValues, ...rest } = linearFit(
    'ols',
    [x],
    y,
    intercept,
    orthogonaliseFew,
  );
  return {
    ratio: coefficients.at(-1)!,
    intercept: intercept ? coefficients[0]! : 0,
    ratioError: errors.at(-1)!,
    interceptError: intercept ? errors[0]! : NaN,
    ratioT: tValues.at(-1)!,
    interceptT: intercept ? tValues[0]! : NaN,
    ratioP: pValues.at(-1)!,
    interceptP: intercept ? pValues[0]! : NaN,
    ...rest,
  };
}
