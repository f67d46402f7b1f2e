import { checkFiniteSeries, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { inUnit } from './detrended.js';
import { logSlope } from './log-slope.js';
import { checkWholeNumbers } from './whole-numbers.js';

export interface HurstOptions {
  /** Over how many observations differences are taken: at least two different numbers from 1. */
  readonly lags: readonly number[];
}

/**
 * The Hurst exponent from how far a series gets: the slope of the log of the standard deviation of lagged differences
 * against the log of the lag. A random walk gives 0.5, a series that comes back less (towards 0), one that trends more.
 *
 * Deviations are about the mean difference and divided by the number of differences.
 *
 * Source: E. P. Chan, "Algorithmic Trading" (2013), chapter 2, from Mandelbrot & Van Ness (1968), SIAM Review 10,
 * 422–437.
 *
 * @param series - finite levels in order of time, such as logarithms of prices.
 * @throws OptionError for missing or impossible lags, or an unknown option.
 * @throws DataError when the series is shorter than the longest lag and two more, holds a number that is not finite, or
 * has differences that do not vary.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
 * hurst(spread, { lags: [1, 2, 3, 4] }); // → 0.06018923725664
 * ```
 */
export function hurst(series: Series, options: HurstOptions): number {
  checkOptions('hurst', options, ['lags']);
  const lags = checkWholeNumbers('hurst', 'lags', options.lags, 1);
  const longest = lags.reduce((most, lag) => Math.max(most, lag));
  const n = checkFiniteSeries('hurst', 'series', series).length;
  if (n < longest + 2) {
    const what = `observations for a lag of ${longest}, received ${n}`;
    throw new DataError('too-short', `hurst: needs at least ${longest + 2} ${what}`);
  }
  const x = inUnit(toFloat64(series));
  return logSlope(
    lags,
    lags.map((lag) => {
      const deviation = deviationOfDifferences(x, lag);
      if (deviation > 0) return deviation;
      throw new DataError(
        'degenerate',
        `hurst: differences must vary, received equal ones over ${lag} observations`,
      );
    }),
  );
}

/** The standard deviation of x[t + lag] − x[t]; 0 where it is rounding. */
function deviationOfDifferences(x: Float64Array, lag: number): number {
  const count = x.length - lag;
  const first = x[lag]! - x[0]!;
  let sum = 0;
  let size = 0;
  for (let t = 0; t < count; t++) {
    sum += x[t + lag]! - x[t]! - first;
    size = Math.max(size, Math.abs(x[t]!), Math.abs(x[t + lag]!));
  }
  const mean = sum / count;
  let squares = 0;
  for (let t = 0; t < count; t++) squares += (x[t + lag]! - x[t]! - first - mean) ** 2;
  const deviation = Math.sqrt(squares / count);
  return deviation <= 4 * Number.EPSILON * size ? 0 : deviation;
}
