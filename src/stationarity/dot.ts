/** Σ a[t]·b[t] over from ≤ t < to, in four sums that do not wait for one another. */
export function dot(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = from;
  for (; t < to - 3; t += 4) {
    s0 += a[t]! * b[t]!;
    s1 += a[t + 1]! * b[t + 1]!;
    s2 += a[t + 2]! * b[t + 2]!;
    s3 += a[t + 3]! * b[t + 3]!;
  }
  for (; t < to; t++) s0 += a[t]! * b[t]!;
  return s0 + s1 + (s2 + s3);
}
