import { checkBetween, checkSeries } from '../core/checks.js';
import { asNumber, type Series } from '../core/series.js';
import { select } from './order.js';

/**
 * The type 7 quantile of values that may be reordered; NaN when there is none or one of them is NaN.
 * `p` is trusted to lie from 0 to 1.
 */
export function quantileInPlace(values: Float64Array, p: number): number {
  if (values.length === 0) return NaN;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return NaN;
  const place = (values.length - 1) * p;
  const k = Math.floor(place);
  const low = select(values, k);
  if (place === k) return low;
  let high = values[k + 1]!;
  for (let i = k + 2; i < values.length; i++) if (values[i]! < high) high = values[i]!;
  return between(low, high, place - k);
}

/** The number a `fraction` of the way from `low` to `high`: never outside them, and rising with the fraction. */
export function between(low: number, high: number, fraction: number): number {
  if (low === high) return low;
  const gap = high - low;
  if (gap === Infinity && low > -Infinity && high < Infinity) return low * (1 - fraction) + high * fraction;
  return Math.min(low + gap * fraction, high);
}

/**
 * The value below which a share `p` of the series lies: Hyndman–Fan type 7, the straight line between the two
 * order statistics around (n − 1) p, as in NumPy, R and Excel. NaN for an empty series or one that holds a NaN.
 *
 * Source: Hyndman & Fan (1996), "Sample quantiles in statistical packages", definition 7.
 *
 * @param p - the share, from 0 (the minimum) to 1 (the maximum)
 * @throws OptionError when `p` is not from 0 to 1; DataError when the series is not an array of numbers.
 * @example
 * ```ts
 * quantile([4, 1, 3, 2], 0.5); // → 2.5
 * quantile([15, 20, 35, 40, 50], 0.4); // → 29
 * ```
 */
export function quantile(series: Series, p: number): number {
  checkBetween('quantile', 'p', p, 0, 1);
  return quantileInPlace(Float64Array.from(checkSeries('quantile', 'series', series), asNumber), p);
}
