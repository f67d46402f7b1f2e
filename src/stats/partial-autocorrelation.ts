import { checkChoice, checkInteger, checkOptions, checkSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { leastSquares } from '../math/least-squares.js';
import type { AutocorrelationOptions } from './autocorrelation.js';
import { checkLags, laggedSums } from './lagged-sums.js';

/** How far back a series is compared with itself, and how. */
export interface PartialAutocorrelationOptions extends AutocorrelationOptions {
  /**
   * `'yule-walker'` (as unless said) solves the Yule–Walker equations with autocovariances divided by n − k, as
   * statsmodels' `pacf` does; `'ols'` regresses the series on a constant and its lags.
   */
  readonly method?: 'yule-walker' | 'ols';
}

/**
 * What an observation `lag` steps back adds to those in between, one value a lag from 0, which is 1, to `lags`: it
 * breaks off after the order of an autoregression. NaN for a flat series and one that holds a NaN.
 *
 * Source: Durbin (1960), "The fitting of time-series models"; conventions of statsmodels' `pacf`, methods `ywadjusted`
 * and `ols`.
 *
 * @throws OptionError where the lags are not a positive integer or the method is unknown
 * @throws DataError where there are fewer than 2 · lags + 2 observations
 * @example
 * ```ts
 * const series = [1, 3, 2, 5, 4, 6, 8, 7];
 * partialAutocorrelation(series, { lags: 2 }); // → [1, 0.56462585034014, 0.091236413043478]
 * partialAutocorrelation(series, { lags: 1, method: 'ols' }); // → [1, 0.631147540983607]
 * ```
 */
export function partialAutocorrelation(series: Series, options: PartialAutocorrelationOptions): Float64Array {
  const who = 'partialAutocorrelation';
  checkOptions(who, options, ['lags', 'method']);
  const lags = checkInteger(who, 'lags', options.lags);
  const method = checkChoice(who, 'method', options.method ?? 'yule-walker', ['yule-walker', 'ols']);
  checkLags(who, checkSeries(who, 'series', series), lags, 2 * lags + 2);
  const values = toFloat64(series);
  return method === 'ols' ? byRegression(values, lags) : byYuleWalker(values, lags);
}

/** The Levinson–Durbin recursion over autocovariances divided by n − k. */
function byYuleWalker(values: Float64Array, lags: number): Float64Array {
  const n = values.length;
  const r = laggedSums(values, lags).map((sum, lag) => (sum * n) / (n - lag));
  const partial = new Float64Array(lags + 1).fill(r[0]!);
  let phi = new Float64Array(lags + 1);
  let variance = 1;
  for (let order = 1; order <= lags; order++) {
    let unexplained = r[order]!;
    for (let k = 1; k < order; k++) unexplained -= phi[k]! * r[order - k]!;
    const last = unexplained / variance;
    const next = phi.slice();
    for (let k = 1; k < order; k++) next[k] = phi[k]! - last * phi[order - k]!;
    next[order] = last;
    phi = next;
    variance *= (1 - last) * (1 + last);
    partial[order] = last;
  }
  return partial;
}

/** The last coefficient of a regression on each number of lags. */
function byRegression(values: Float64Array, lags: number): Float64Array {
  const n = values.length;
  const partial = new Float64Array(lags + 1).fill(NaN);
  if (!values.every(Number.isFinite)) return partial;
  try {
    for (let order = 1; order <= lags; order++) {
      const columns = Array.from({ length: order }, (_, k) => values.subarray(order - 1 - k, n - 1 - k));
      partial[order] = leastSquares(columns, values.subarray(order)).coefficients[order]!;
    }
    partial[0] = 1;
  } catch (error) {
    // Lags that are combinations of each other leave the rest undefined: a description, not a decision.
    if (!(error instanceof DataError && error.reason === 'degenerate')) throw error;
    partial[0] = values.every((value) => value === values[0]) ? NaN : 1;
  }
  return partial;
}
