import { checkSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Series } from '../core/series.js';

/**
 * What each period earned on the price before it: (p[i + 1] − p[i]) / p[i]. One shorter than the prices, so
 * `returns[i]` ends at `time[i + 1]`. A NaN price gives NaN on both of its sides.
 *
 * @throws DataError `degenerate` when a price to earn on is zero or below, naming its index.
 * @example
 * ```ts
 * simpleReturns([100, 110, 99]); // → [0.1, -0.1]
 * ```
 */
export function simpleReturns(prices: Series): Float64Array {
  const out = returnsOf('simpleReturns', prices);
  for (let i = 0; i < out.length; i++) {
    const before = prices[i]!;
    if (before <= 0) throw notPositive('simpleReturns', prices, i);
    out[i] = (prices[i + 1]! - before) / before;
  }
  return out;
}

/**
 * Logarithms of the growth of each period: ln(p[i + 1] / p[i]). They add up over time. One shorter than the prices, so
 * `returns[i]` ends at `time[i + 1]`. A NaN price gives NaN on both of its sides.
 *
 * @throws DataError `degenerate` when a price is zero or below, naming its index.
 * @example
 * ```ts
 * logReturns([100, 200, 100]); // → [0.6931471805599453, -0.6931471805599453]
 * ```
 */
export function logReturns(prices: Series): Float64Array {
  const out = returnsOf('logReturns', prices);
  for (let i = 0; i < prices.length; i++) {
    if (prices[i]! <= 0) throw notPositive('logReturns', prices, i);
  }
  for (let i = 0; i < out.length; i++) out[i] = logGrowth(prices[i]!, prices[i + 1]!);
  return out;
}

/** ln(after / before), to the last digits also when the two are close or far apart. */
function logGrowth(before: number, after: number): number {
  const growth = (after - before) / before;
  if (Math.abs(growth) < 0.5) return Math.log1p(growth);
  const ratio = after / before;
  // The ratio of two doubles may be no double.
  return ratio > 1e-300 && ratio < Infinity ? Math.log(ratio) : Math.log(after) - Math.log(before);
}

/** Room for one return fewer than there are prices. */
function returnsOf(who: string, prices: Series): Float64Array {
  return new Float64Array(Math.max(0, checkSeries(who, 'prices', prices).length - 1));
}

function notPositive(who: string, prices: Series, index: number): DataError {
  return new DataError('degenerate', `${who}: prices must be positive, prices[${index}] is ${prices[index]}`);
}
