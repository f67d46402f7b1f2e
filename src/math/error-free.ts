// Knuth's and Dekker's error-free transformations: the rounding error of one operation is itself a double.
// Ogita, Rump & Oishi (2005), "Accurate sum and dot product", SIAM J. Sci. Comput. 26(6).

/** What rounding lost in `sum = a + b`. */
export function sumError(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

/** What rounding lost in `product = a · b`, for factors below 1e300. */
export function productError(a: number, b: number, product: number): number {
  // 2²⁷ + 1 splits 53 bits into two halves whose products are exact.
  const wideA = 134217729 * a;
  const highA = wideA - (wideA - a);
  const lowA = a - highA;
  const wideB = 134217729 * b;
  const highB = wideB - (wideB - b);
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}
