/** The largest magnitude in a series of finite numbers. */
export function largest(series: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < series.length; i++) {
    const x = series[i]!;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return -low > high ? -low : high;
}

/**
 * A power of two that brings a series with this largest magnitude near 1, or 1 where its squares are safe as they are:
 * a sum of squares then neither overflows nor vanishes, and dividing by the unit loses nothing.
 */
export function unitOf(magnitude: number): number {
  return magnitude === 0 || (magnitude > 1e-100 && magnitude < 1e100)
    ? 1
    : 2 ** Math.floor(Math.log2(magnitude));
}
