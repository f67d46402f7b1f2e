import { checkFiniteSeries, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { inUnit } from './detrended.js';
import { logSlope } from './log-slope.js';
import { checkWholeNumbers } from './whole-numbers.js';

export interface HurstRescaledRangeOptions {
  /** How many changes each stretch holds: at least two different numbers from 2. */
  readonly windows: readonly number[];
}

/**
 * The Hurst exponent by rescaled range: the slope of the log of R/S against the log of the window. Changes of the series
 * are cut into stretches of a window, from the first on, an incomplete last one left out; R is the range of their running
 * sum about the stretch's mean, 0 included, S their standard deviation (divided by the window), and R/S is averaged over
 * the stretches of a window. A stretch without any movement has no R/S and is left out.
 *
 * A random walk gives about 0.5, a little more where windows are short: compare with a simulated walk of the same length.
 *
 * Sources: Hurst (1951), Transactions of the American Society of Civil Engineers 116, 770–808; Mandelbrot & Wallis
 * (1969), Water Resources Research 5, 967–988.
 *
 * @param series - finite levels in order of time, such as logarithms of prices.
 * @throws OptionError for missing or impossible windows, or an unknown option.
 * @throws DataError when the series has fewer changes than the longest window, holds a number that is not finite, or does
 * not move unevenly within any stretch of some window.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 4];
 * hurstRescaledRange(spread, { windows: [4, 8, 16] }); // → 0.3385211639408
 * ```
 */
export function hurstRescaledRange(series: Series, options: HurstRescaledRangeOptions): number {
  const who = 'hurstRescaledRange';
  checkOptions(who, options, ['windows']);
  const windows = checkWholeNumbers(who, 'windows', options.windows, 2);
  const longest = windows.reduce((most, window) => Math.max(most, window));
  const n = checkFiniteSeries(who, 'series', series).length;
  if (n < longest + 1) {
    const what = `observations for a window of ${longest}, received ${n}`;
    throw new DataError('too-short', `${who}: needs at least ${longest + 1} ${what}`);
  }
  const x = inUnit(toFloat64(series));
  return logSlope(
    windows,
    windows.map((window) => {
      let sum = 0;
      let stretches = 0;
      for (let from = 0; from + window < n; from += window) {
        const rescaled = rescaledRange(x, from, window);
        if (Number.isNaN(rescaled)) continue;
        sum += rescaled;
        stretches++;
      }
      if (stretches > 0) return sum / stretches;
      throw new DataError('degenerate', `${who}: series must move unevenly within a window of ${window}`);
    }),
  );
}

/** R/S of the changes from x[from] to x[from + window]; NaN where they are all equal. */
function rescaledRange(x: Float64Array, from: number, window: number): number {
  const mean = (x[from + window]! - x[from]!) / window;
  let low = 0;
  let high = 0;
  let squares = 0;
  let size = Math.abs(x[from]!);
  for (let t = 1; t <= window; t++) {
    const now = x[from + t]!;
    const departure = now - x[from]! - t * mean;
    if (t < window && departure < low) low = departure;
    if (t < window && departure > high) high = departure;
    squares += (now - x[from + t - 1]! - mean) ** 2;
    size = Math.max(size, Math.abs(now));
  }
  const deviation = Math.sqrt(squares / window);
  return deviation <= 4 * Number.EPSILON * size ? NaN : (high - low) / deviation;
}
