import { sumError } from './error-free.js';
import { sum } from './sum.js';

/**
 * A column as least squares wants it: about its mean and of a size near 1, without a rounding error anywhere.
 * `scale · column[i] = mean + high[i] + low[i]` exactly; `scale` is a power of two.
 */
export interface Centred {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly mean: number;
  readonly scale: number;
  /** Whether every element is the same (about its mean) or zero (about zero): it then explains nothing. */
  readonly flat: boolean;
}

/** The power of two that brings `size` to between 1 and 2; 1 for zero. */
export function scaleFor(size: number): number {
  return size === 0 ? 1 : 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(size))));
}

/** The column about its mean, or about zero. Its numbers are finite. */
export function centre(column: Float64Array, aboutMean: boolean): Centred {
  const length = column.length;
  const high = new Float64Array(length);
  const low = new Float64Array(length);
  const first = scaleFor(largest(column));
  for (let i = 0; i < length; i++) high[i] = column[i]! * first;
  const flat = aboutMean ? high.every((z) => z === high[0]) : high.every((z) => z === 0);
  let mean = 0;
  if (aboutMean) {
    mean = flat ? high[0]! : sum(high) / length;
    for (let i = 0; i < length; i++) {
      const z = high[i]!;
      high[i] = z - mean;
      low[i] = sumError(z, -mean, high[i]!);
    }
  }
  // What is left of denormals stays small: no double undoes a larger scale.
  const second = Math.min(scaleFor(largest(high)), 2 ** 1020 / first);
  for (let i = 0; i < length; i++) {
    high[i] = high[i]! * second;
    low[i] = low[i]! * second;
  }
  return { high, low, mean: mean * second, scale: first * second, flat };
}

function largest(column: Float64Array): number {
  let size = 0;
  for (let i = 0; i < column.length; i++) {
    const x = Math.abs(column[i]!);
    if (x > size) size = x;
  }
  return size;
}
