import { checkChoice, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { NumericView, Series } from '../core/series.js';
import { singularValues } from '../math/singular-values.js';
import type { CriticalValues } from './critical-values.js';
import { dot } from './dot.js';
import { readSystem } from './johansen-columns.js';
import { decomposed, residualsOf } from './johansen-residuals.js';
import { MAX_EIGENVALUE_QUANTILES, type Quantiles, TRACE_QUANTILES } from './johansen-tables.js';
import { trendTerms } from './trend.js';
import { largest, unitOf } from './unit.js';

export interface JohansenOptions {
  /**
   * What the series may do by themselves: `'none'`; `'constant'`, an unrestricted constant, which lets them drift;
   * `'linear'`, each series taken about its own line first, and a constant.
   */
  readonly trend: 'none' | 'constant' | 'linear';
  /** Lagged differences in the model, from 0. */
  readonly lags: number;
}

/** Entry r of each list belongs to the null hypothesis that there are at most r relations. */
export interface Johansen {
  /** Squared canonical correlations of changes and levels, from the largest, in [0, 1). */
  readonly eigenvalues: Float64Array;
  /** For at most r relations against any number. */
  readonly traceStatistics: Float64Array;
  /** For at most r relations against r + 1. */
  readonly maxEigenvalueStatistics: Float64Array;
  readonly traceCriticalValues: readonly CriticalValues[];
  readonly maxCriticalValues: readonly CriticalValues[];
  /**
   * `vectors[r][j]` is the weight of series j in the combination that belongs to eigenvalue r. A combination varies by 1
   * about trend and lags; its first weight that is not 0 is positive.
   */
  readonly vectors: readonly Float64Array[];
  /** How many relations hold the series together: trace statistics, from none up, at 5 %. */
  readonly rank: number;
  /** Rows of the model: length − 1 − lags. */
  readonly observations: number;
}

/**
 * The Johansen test: how many relations hold several wandering series together, and which? No leg is singled out, as
 * {@link engleGranger} does, and every relation is found at once: the first vector is the most stationary basket.
 *
 * Changes and last levels, both less trend and lagged changes, are compared by their canonical correlations. Critical
 * values are for up to twelve series. A rank equal to the number of series says that all are stationary already.
 *
 * Sources: Johansen (1988), Journal of Economic Dynamics and Control 12, 231–254, and (1991), Econometrica 59,
 * 1551–1580; critical values of MacKinnon, Haug & Michelis (1999), Journal of Applied Econometrics 14, 563–577.
 *
 * @param columns - one to twelve series of one length, or a matrix whose rows are observations.
 * @throws DataError when the series are too short or uneven, hold a number that is not finite, one does not vary, follows
 * exactly from the others, or there are none or more than twelve.
 * @throws OptionError for a missing, unknown or impossible option.
 * @example
 * ```ts
 * const x = [20, 22, 19, 24, 23, 27, 25, 28, 30, 26, 29, 31];
 * const y = [41, 45, 38, 50, 46, 54, 52, 55, 61, 53, 57, 62];
 * const test = johansen([y, x], { trend: 'constant', lags: 0 });
 * test.eigenvalues; // → [0.852991211455, 0.161711809673]
 * test.traceStatistics; // → [23.0302186736, 1.94032668591]
 * test.traceCriticalValues[0].fivePercent; // → 15.4943
 * test.rank; // → 1
 * ```
 */
export function johansen(columns: readonly Series[] | NumericView, options: JohansenOptions): Johansen {
  const who = 'johansen';
  checkOptions(who, options, ['trend', 'lags']);
  const trend = checkChoice(who, 'trend', options.trend, ['none', 'constant', 'linear']);
  const lags = checkInteger(who, 'lags', options.lags, 0);
  const system = readSystem(who, columns);
  const series = system.length;
  const needed = series * (lags + 2) + lags + 1 + trendTerms(trend);
  if (system[0]!.length < needed) {
    const what = `for ${series} series and ${lags} lags, received ${system[0]!.length}`;
    throw new DataError('too-short', `${who}: needs at least ${needed} observations ${what}`);
  }

  const units = system.map((column) => unitOf(largest(column)));
  const scaled = system.map((column, j) => column.map((x) => x / units[j]!));
  const { changes, levels } = residualsOf(scaled, trend, lags);
  const observations = changes[0]!.length;
  const sizes = scaled.map(largest);
  const level = decomposed(who, levels, sizes, 'is');
  const change = decomposed(who, changes, sizes, 'changes as');
  const across = level.orthonormal.map((q) =>
    Float64Array.from(change.orthonormal, (p) => dot(q, p, 0, observations)),
  );
  const { values, left } = singularValues(across);
  const eigenvalues = values.map((value) => value * value);
  if (eigenvalues[0]! >= 1 - observations * Number.EPSILON)
    throw new DataError('degenerate', `${who}: columns must not follow exactly from their past`);

  const maxEigenvalueStatistics = eigenvalues.map((value) => -observations * Math.log1p(-value));
  const traceStatistics = maxEigenvalueStatistics.slice();
  for (let r = series - 2; r >= 0; r--) traceStatistics[r] = traceStatistics[r]! + traceStatistics[r + 1]!;
  const traceCriticalValues = criticalValues(TRACE_QUANTILES[trend], series);
  const held = traceCriticalValues.findIndex(({ fivePercent }, r) => !(traceStatistics[r]! > fivePercent));
  return {
    eigenvalues,
    traceStatistics,
    maxEigenvalueStatistics,
    traceCriticalValues,
    maxCriticalValues: criticalValues(MAX_EIGENVALUE_QUANTILES[trend], series),
    vectors: left.map((direction) => weights(direction, level.triangle, units, Math.sqrt(observations))),
    rank: held < 0 ? series : held,
    observations,
  };
}

/** Back from orthonormal levels to the series: triangle⁻¹ · direction, in the units given. */
function weights(
  direction: Float64Array,
  triangle: readonly Float64Array[],
  units: readonly number[],
  size: number,
): Float64Array {
  const solution = direction.slice();
  for (let k = solution.length - 1; k >= 0; k--) {
    for (let j = k + 1; j < solution.length; j++)
      solution[k] = solution[k]! - triangle[k]![j]! * solution[j]!;
    solution[k] = solution[k]! / triangle[k]![k]!;
  }
  const sign = Math.sign(solution.find((weight) => weight !== 0)!) * size;
  return solution.map((weight, j) => (weight * sign) / units[j]!);
}

/** Row r is about what is left beside r relations. */
function criticalValues(quantiles: readonly Quantiles[], series: number): CriticalValues[] {
  return Array.from({ length: series }, (_, r) => {
    const [tenPercent, fivePercent, onePercent] = quantiles[series - r - 1]!;
    return { onePercent, fivePercent, tenPercent };
  });
}
