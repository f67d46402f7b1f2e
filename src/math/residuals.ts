/**
 * ln(1 + w) − w, with its digits near w = 0 where the difference is −w²/2.
 *
 * With r = w / (2 + w), ln(1 + w) = 2 (r + r³/3 + r⁵/5 + …) and w − 2r = r w.
 */
export function log1pResidual(w: number): number {
  if (!(w > -0.5 && w < 1)) return w === Infinity ? -Infinity : Math.log1p(w) - w;
  const r = w / (2 + w);
  const y = r * r; // at most 1/9
  let sum = 1 / 37;
  for (let k = 35; k >= 3; k -= 2) sum = sum * y + 1 / k;
  return r * (2 * y * sum - w);
}

/** exp(s) − 1 − s, with its digits near s = 0 where the difference is s²/2. */
export function expm1Residual(s: number): number {
  if (!(s > -0.5 && s < 0.5)) return Math.expm1(s) - s;
  let sum = 1;
  for (let k = 15; k >= 3; k--) sum = 1 + (s / k) * sum;
  return (s * s * sum) / 2;
}

/** ln(x / x₀) − (x / x₀ − 1) from the ratio and, apart from it, its excess over 1; never positive. */
export function logResidual(ratio: number, excess: number): number {
  if (Math.abs(excess) < 0.5) return log1pResidual(excess);
  return excess === Infinity ? -Infinity : Math.log(ratio) - excess;
}
