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

/** The sums of finite values, in units of the greatest distance from their mean: no power leaves the range of a double. */
export function powersOf(values: Float64Array): Powers {
  const count = values.length;
  const first = values[0] ?? NaN;
  if (values.every((value) => value === first)) return { count, squares: 0, cubes: 0, fourths: 0 };
  // To the middle of the range of doubles: neither a sum nor a distance overflows, and nothing tiny is lost.
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = greatest > 1e100 ? 2 ** -40 : greatest < 1e-100 ? 2 ** 600 : 1;
  const scaled = values.map((value) => value * scale);
  const centre = sum(scaled) / count;
  const distances = scaled.map((value) => value - centre);
  const widest = distances.reduce((most, distance) => Math.max(most, Math.abs(distance)), 0);
  const unit = 2 ** Math.floor(Math.log2(widest)); // a power of two, so that dividing by it rounds nothing
  const units = distances.map((distance) => distance / unit);
  return aboutMean(
    count,
    sum(units),
    sum(units.map((d) => d * d)),
    sum(units.map((d) => d * d * d)),
    sum(units.map((d) => d * d * d * d)),
  );
}

/** Sums of powers about any point, as sums about the mean. */
export function aboutMean(
  count: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
): Powers {
  const shift = first / count;
  return {
    count,
    squares: Math.max(second - first * shift, 0),
    cubes: third - shift * (3 * second - 2 * first * shift),
    fourths: Math.max(fourth - shift * (4 * third - shift * (6 * second - 3 * first * shift)), 0),
  };
}
