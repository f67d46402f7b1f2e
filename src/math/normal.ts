import { expSquare } from './exp-square.js';
import { scaledSurvival } from './mills-ratio.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/**
 * The density of the standard normal, exp(−x²/2) / √(2π).
 *
 * @example
 * ```ts
 * normalPdf(0); // → 0.398942280401433
 * ```
 */
export function normalPdf(x: number): number {
  return ONE_OVER_SQRT_2_PI * expSquare(-0.5, x);
}

/**
 * The chance that a standard normal is at most x. The far left tail keeps its relative accuracy (about 1e-15 down to
 * x = −37.5, where it is 5e-308); for the far right tail ask {@link normalSurvival}.
 *
 * @example
 * ```ts
 * normalCdf(1.96); // → 0.97500210485178
 * normalCdf(-20); // → 2.75362411860623e-89
 * ```
 */
export function normalCdf(x: number): number {
  const tail = expSquare(-0.5, x) * scaledSurvival(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/**
 * The chance that a standard normal exceeds x: `normalCdf(-x)`, with every digit of the right tail.
 *
 * @example
 * ```ts
 * normalSurvival(6); // → 9.86587645037698e-10
 * ```
 */
export function normalSurvival(x: number): number {
  return normalCdf(-x);
}

/**
 * The logarithm of {@link normalCdf}, which goes on where the chance itself is too small for a number.
 *
 * @example
 * ```ts
 * normalLogCdf(-100); // → -5005.52420869421
 * normalLogCdf(10); // → -7.61985302416053e-24
 * ```
 */
export function normalLogCdf(x: number): number {
  if (x > 0) return Math.log1p(-normalCdf(-x)) + 0; // + 0: log1p(-0) is -0
  if (x >= -1) return Math.log(normalCdf(x));
  return -0.5 * x * x + Math.log(scaledSurvival(-x));
}
