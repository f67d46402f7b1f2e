/**
 * Σ a[t]·b[t − k] over from ≤ t < to, for every k from 0 to `lags`; `from` is at least `lags`.
 * Four lags share one pass: each value of b that is read serves four sums.
 */
export function laggedProducts(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  lags: number,
): Float64Array {
  const sums = new Float64Array(lags + 1);
  if (lags < 3) {
    for (let k = 0; k <= lags; k++) {
      let sum = 0;
      for (let t = from; t < to; t++) sum += a[t]! * b[t - k]!;
      sums[k] = sum;
    }
    return sums;
  }
  for (let block = 0; block <= lags; block += 4) {
    const k = Math.min(block, lags - 3); // the last four may overlap the four before
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let b0 = b[from - k - 3]!;
    let b1 = b[from - k - 2]!;
    let b2 = b[from - k - 1]!;
    let t = from;
    for (; t < to - 3; t += 4) {
      const j = t - k;
      const b3 = b[j]!;
      const b4 = b[j + 1]!;
      const b5 = b[j + 2]!;
      const b6 = b[j + 3]!;
      const a0 = a[t]!;
      const a1 = a[t + 1]!;
      const a2 = a[t + 2]!;
      const a3 = a[t + 3]!;
      s0 += a0 * b3 + a1 * b4 + (a2 * b5 + a3 * b6);
      s1 += a0 * b2 + a1 * b3 + (a2 * b4 + a3 * b5);
      s2 += a0 * b1 + a1 * b2 + (a2 * b3 + a3 * b4);
      s3 += a0 * b0 + a1 * b1 + (a2 * b2 + a3 * b3);
      b0 = b4;
      b1 = b5;
      b2 = b6;
    }
    for (; t < to; t++) {
      s0 += a[t]! * b[t - k]!;
      s1 += a[t]! * b[t - k - 1]!;
      s2 += a[t]! * b[t - k - 2]!;
      s3 += a[t]! * b[t - k - 3]!;
    }
    sums[k] = s0;
    sums[k + 1] = s1;
    sums[k + 2] = s2;
    sums[k + 3] = s3;
  }
  return sums;
}
