import { checkInteger, checkOptions, checkSeries } from '../core/checks.js';
import { type Series, toFloat64 } from '../core/series.js';
import { checkLags, laggedSums } from './lagged-sums.js';

/** How far back a series is compared with itself. */
export interface AutocorrelationOptions {
  /** The greatest lag, in observations. */
  readonly lags: number;
}

/**
 * How much a series resembles itself some observations earlier: one value a lag from 0, which is 1, to `lags`. Both sums
 * are over the same mean and divided by n, so every value lies from −1 to 1. NaN for a flat series and one that
 * holds a NaN.
 *
 * Source: Box & Jenkins (1976), "Time Series Analysis", 2.1.5; statsmodels' `acf`, `adjusted=False`.
 *
 * @throws OptionError where the lags are not a positive integer
 * @throws DataError where there are no more observations than lags
 * @example
 * ```ts
 * autocorrelation([1, 2, 3, 4], { lags: 2 }); // → [1, 0.25, -0.3]
 * ```
 */
export function autocorrelation(series: Series, options: AutocorrelationOptions): Float64Array {
  const who = 'autocorrelation';
  checkOptions(who, options, ['lags']);
  const lags = checkInteger(who, 'lags', options.lags);
  checkLags(who, checkSeries(who, 'series', series), lags, lags + 1);
  return laggedSums(toFloat64(series), lags);
}
