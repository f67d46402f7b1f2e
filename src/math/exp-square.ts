/**
 * exp(scale · x²) to the last bit or two, for a scale of ±1 or ±½.
 *
 * Rounding x² first would cost x² · 1e-16: 13 digits are left at x = 37. The leading half of x squares exactly.
 */
export function expSquare(scale: number, x: number): number {
  const leading = Math.fround(x);
  const head = Math.exp(scale * leading * leading);
  if (!(head > 0 && head < Infinity)) return head;
  const rest = scale * (x - leading) * (x + leading); // below 1e-4 wherever head is neither 0 nor infinite
  return head + head * rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24))));
}
