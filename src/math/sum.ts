import { type Series, toFloat64 } from '../core/series.js';
import { sumError } from './error-free.js';

/**
 * The sum of a series, within one unit in the last place of the exact sum however much cancels.
 * Infinities and NaN sum as usual; an empty series sums to 0.
 *
 * Source: Ogita, Rump & Oishi (2005), Sum2 with a running error bound; Shewchuk (1997) where that bound is too wide.
 *
 * @example
 * ```ts
 * sum([0.1, 0.2, 0.3]); // → 0.6
 * sum([1e16, 1, -1e16]); // → 1
 * sum([1e308, 1e308, -1e308]); // → 1e308
 * ```
 */
export function sum(series: Series): number {
  const values = toFloat64(series);
  let total = 0;
  let lost = 0;
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const next = total + values[i]!;
    const error = sumError(total, values[i]!, next);
    lost += error;
    size += Math.abs(error);
    total = next;
  }
  // `lost` is itself rounded: by less than length · 2⁻⁵³ · size. Half a unit in the last place is safe.
  const result = total + lost;
  return values.length * size <= Math.abs(result) / 4 ? result : exactSum(values);
}

/** Σ (value − about)², to about the last place. */
export function sumOfSquares(values: Series, about = 0): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const square = (values[i]! - about) * (values[i]! - about);
    const next = total + square;
    lost += sumError(total, square, next);
    total = next;
  }
  return total + lost;
}

/** Keeps the sum whole, as doubles that do not overlap, and rounds once at the end. */
function exactSum(series: Series): number {
  let notFinite = 0;
  for (let i = 0; i < series.length; i++) if (!Number.isFinite(series[i]!)) notFinite += series[i]!;
  if (notFinite !== 0) return notFinite;

  // A negative number comes next while the sum is positive, and the reverse: only the sum itself can then overflow.
  const parts: number[] = [];
  let positive = nextOfSign(series, 0, false);
  let negative = nextOfSign(series, 0, true);
  while (positive < series.length || negative < series.length) {
    const takeNegative = positive === series.length || (negative < series.length && parts.at(-1)! > 0);
    const x = series[takeNegative ? negative : positive]!;
    if (takeNegative) negative = nextOfSign(series, negative + 1, true);
    else positive = nextOfSign(series, positive + 1, false);

    let carry = x;
    let kept = 0;
    for (let i = 0; i < parts.length; i++) {
      const next = carry + parts[i]!;
      if (!Number.isFinite(next)) return next;
      const error = sumError(carry, parts[i]!, next);
      if (error !== 0) parts[kept++] = error;
      carry = next;
    }
    parts[kept] = carry;
    parts.length = kept + 1;
  }
  let result = 0;
  for (const part of parts) result += part;
  return result;
}

/** The first place from `start` on that holds a negative number, or one that is not. */
function nextOfSign(series: Series, start: number, negative: boolean): number {
  let i = start;
  while (i < series.length && series[i]! < 0 !== negative) i++;
  return i;
}
