import { checkFiniteSeries, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { chiSquaredSurvival } from '../math/chi-squared.js';
import type { AutocorrelationOptions } from './autocorrelation.js';
import { checkLags, laggedSums } from './lagged-sums.js';

/** How many autocorrelations are tested together. */
export interface LjungBoxOptions extends AutocorrelationOptions {
  /** Of the model whose residuals are tested, p + q of an ARMA: taken off the lags. 0 unless said, for raw data. */
  readonly degreesOfFreedom?: number;
}

/** The test at each number of lags from 1 on, as columns. */
export interface LjungBox {
  readonly lags: Float64Array;
  /** n (n + 2) Σ r[k]² / (n − k), the sum over the first so many lags. */
  readonly statistic: Float64Array;
  /** The probability of as much or more without any autocorrelation; NaN where the model leaves no degree of freedom. */
  readonly pValue: Float64Array;
}

/**
 * Is anything left to predict? The Ljung–Box test of the first autocorrelations all being 0, for every number of lags
 * from 1 to `lags`. A small p-value says that the series follows itself.
 *
 * Source: Ljung & Box (1978), "On a measure of lack of fit in time series models"; statsmodels' `acorr_ljungbox`.
 *
 * @throws OptionError where the lags are not a positive integer or the degrees of freedom not one or 0
 * @throws DataError where a number is not finite, all are one, or there are no more observations than lags
 * @example
 * ```ts
 * const { statistic, pValue } = ljungBox([1, 2, 3, 4, 5, 6], { lags: 1 });
 * statistic; // → [2.4]
 * pValue; // → [0.12133525035848]
 * ```
 */
export function ljungBox(series: Series, options: LjungBoxOptions): LjungBox {
  checkOptions('ljungBox', options, ['lags', 'degreesOfFreedom']);
  const count = checkInteger('ljungBox', 'lags', options.lags);
  const used = checkInteger('ljungBox', 'degreesOfFreedom', options.degreesOfFreedom ?? 0, 0);
  const values = toFloat64(checkFiniteSeries('ljungBox', 'series', series));
  checkLags('ljungBox', values, count, count + 1);
  const r = laggedSums(values, count);
  if (Number.isNaN(r[0]))
    throw new DataError('degenerate', 'ljungBox: the series must vary, all values are one');
  return ljungBoxOf(r, values.length, used);
}

/** The test from autocorrelations of `n` observations; NaN throughout where those are. */
export function ljungBoxOf(r: Float64Array, n: number, used: number): LjungBox {
  const lags = Float64Array.from({ length: r.length - 1 }, (_, i) => i + 1);
  let total = 0;
  const statistic = lags.map((lag) => {
    total += (r[lag]! * r[lag]!) / (n - lag);
    return n * (n + 2) * total;
  });
  const pValue = lags.map((lag, i) => (lag > used ? chiSquaredSurvival(statistic[i]!, lag - used) : NaN));
  return { lags, statistic, pValue };
}
