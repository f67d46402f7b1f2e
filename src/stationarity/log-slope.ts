/** The slope of the line through ln sizes against ln scales: the power with which sizes grow. */
export function logSlope(scales: readonly number[], sizes: readonly number[]): number {
  const x = scales.map(Math.log);
  const y = sizes.map(Math.log);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  let products = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    products += (x[i]! - mean) * (y[i]! - y[0]!);
    squares += (x[i]! - mean) ** 2;
  }
  return products / squares;
}
