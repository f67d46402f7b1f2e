import { expSquare } from './exp-square.js';
import { scaledSurvival } from './mills-ratio.js';

/**
 * The error function, 2/√π ∫₀ˣ exp(−t²) dt; about 1e-15 relative everywhere, near 0 too.
 *
 * @example
 * ```ts
 * erf(1); // → 0.842700792949715
 * erf(-1e-20); // → -1.12837916709551e-20
 * ```
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.75) return x * erfRatio(x * x);
  const value = 1 - erfcxRight(size) * expSquare(-1, size);
  return x < 0 ? -value : value;
}

/**
 * The complementary error function, 1 − erf(x), which keeps its digits where erf is 1: about 1e-15 relative
 * to x = 26, where it is 1e-296.
 *
 * @example
 * ```ts
 * erfc(1); // → 0.157299207050285
 * erfc(10); // → 2.08848758376254e-45
 * ```
 */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.5) return 1 - x * erfRatio(x * x);
  const tail = erfcxRight(Math.abs(x)) * expSquare(-1, x);
  return x < 0 ? 2 - tail : tail;
}

/**
 * The scaled complementary error function, exp(x²) · erfc(x): about 1/(x√π) for large x, where erfc itself is 0;
 * Infinity below −26.7.
 *
 * @example
 * ```ts
 * erfcx(1); // → 0.427583576155807
 * erfcx(1e8); // → 5.64189583547756e-9
 * ```
 */
export function erfcx(x: number): number {
  return x < 0 ? 2 * expSquare(1, x) - erfcxRight(-x) : erfcxRight(x);
}

/** erfcx for x ≥ 0. */
function erfcxRight(x: number): number {
  return 2 * scaledSurvival(Math.SQRT2 * x);
}

/** erf(x) / x as a function of y = x² up to 0.5625. Coefficients: test/conformance/make/mills_ratio.py, error 4e-17. */
function erfRatio(y: number): number {
  let top = 6.4694636311976e-5;
  top = top * y + 0.0012792618666845703;
  top = top * y + 0.040571755469132845;
  top = top * y + 0.13849534515529904;
  top = top * y + 1.1283791670955126;
  let bottom = 0.00037613036954683635;
  bottom = bottom * y + 0.008662630115015802;
  bottom = bottom * y + 0.08797966119685861;
  bottom = bottom * y + 0.45607163725981986;
  bottom = bottom * y + 1;
  return top / bottom;
}
