// What skewness and kurtosis are read off: sums of the second, third and fourth powers of the deviations from the mean.

import { sum } from '../math/sum.js';

/** What can be read off the shape of a window. */
export type Shape = 'skewness' | 'kurtosis';

/** Sums of powers of deviations from the mean, all in units of one scale: the readings are free of it. */
export interface Powers {
  readonly count: number;
  readonly squares: number;
  readonly cubes: number;
  readonly fourths: number;
}

/** The adjusted Fisher–Pearson skewness G1; NaN below three observations and where all are one. Joanes & Gill (1998). */
export function skewnessOf(count: number, squares: number, cubes: number): number {
  if (count < 3 || !(squares > 0)) return NaN;
  return ((count * Math.sqrt(count - 1)) / (count - 2)) * (cubes / (squares * Math.sqrt(squares)));
}

/** The excess kurtosis G2, unbiased on a normal sample; NaN below four observations and where all are one. */
export function kurtosisOf(count: number, squares: number, fourths: number): number {
  if (count < 4 || !(squares > 0)) return NaN;
  const rest = (count - 2) * (count - 3);
  const ratio = fourths / (squares * squares);
  return ((count - 1) * (count * (count + 1) * ratio - 3 * (count - 1))) / rest;
}

/** Skewness or kurtosis from the sums it takes. */
export function shapeOf(shape: Shape, { count, squares, cubes, fourths }: Powers): number {
  return shape === 'skewness' ? skewnessOf(count, squares, cubes) : kurtosisOf(count, squares, fourths);
}

/** Fourth powers outside these have lost digits at an end of the range of doubles. */
export const LEAST_FOURTH = 1e-260;
export const MOST_FOURTH = 1e290;

/** The sums of a whole series; NaN where something in it is not finite, exactly 0 where all of it is one value. */
export function powersOf(values: Float64Array): Powers {
  const count = values.length;
  const first = values[0] ?? NaN;
  let same = 0;
  while (same < count && values[same] === first) same++;
  if (same === count) return { count, squares: 0, cubes: 0, fourths: 0 };
  const powers = powersAbout(values, sum(values) / count);
  const inRange = powers.fourths > LEAST_FOURTH && powers.fourths < MOST_FOURTH;
  return inRange ? powers : powersOfScaled(values);
}

/** The same in units of about the greatest distance from the mean, so that no power leaves the range of a double. */
export function powersOfScaled(values: Float64Array): Powers {
  const count = values.length;
  if (!values.every(Number.isFinite)) return { count, squares: NaN, cubes: NaN, fourths: NaN };
  // To the middle of the range first: neither a sum nor a distance overflows, and nothing tiny is lost.
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = greatest > 1e100 ? 2 ** -40 : greatest < 1e-100 ? 2 ** 600 : 1;
  const scaled = values.map((value) => value * scale);
  const centre = sum(scaled) / count;
  const distances = scaled.map((value) => value - centre);
  const widest = distances.reduce((most, distance) => Math.max(most, Math.abs(distance)), 0);
  const unit = 2 ** Math.floor(Math.log2(widest)); // a power of two, so that dividing by it rounds nothing
  return powersAbout(
    distances.map((distance) => distance / unit),
    0,
  );
}

/** Distances summed before they join the total: short sums round less, and cost nothing. */
const RUN = 128;

/** Sums of powers about a point near the mean, as sums about the mean. */
function powersAbout(values: Float64Array, point: number): Powers {
  const count = values.length;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let start = 0; start < count; start += RUN) {
    const end = Math.min(start + RUN, count);
    let run1 = 0;
    let run2 = 0;
    let run3 = 0;
    let run4 = 0;
    for (let i = start; i < end; i++) {
      const distance = values[i]! - point;
      const square = distance * distance;
      run1 += distance;
      run2 += square;
      run3 += square * distance;
      run4 += square * square;
    }
    first += run1;
    second += run2;
    third += run3;
    fourth += run4;
  }
  const shift = first / count;
  return {
    count,
    squares: second - first * shift,
    cubes: third - shift * (3 * second - 2 * first * shift),
    fourths: fourth - shift * (4 * third - shift * (6 * second - 3 * first * shift)),
  };
}
