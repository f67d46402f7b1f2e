import { select } from '../math/order.js';

/**
 * The median of the first `count` values, which are reordered: the middle one, or the mean of the middle two.
 * None of them may be NaN.
 */
export function medianOf(values: Float64Array, count: number = values.length): number {
  const upper = count >> 1;
  const high = select(values, upper, 0, count - 1);
  if (count % 2 === 1) return high;
  let low = values[0]!;
  for (let i = 1; i < upper; i++) if (values[i]! > low) low = values[i]!;
  return meanOfTwo(low, high);
}

/** (a + b) / 2, also where the sum would overflow. */
export function meanOfTwo(a: number, b: number): number {
  const total = a + b;
  return Number.isFinite(total) ? total / 2 : a / 2 + b / 2;
}
