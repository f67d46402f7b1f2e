import { ratioChance } from './incomplete-beta.js';
import { regularizedGamma } from './incomplete-gamma.js';

/** From here on degrees of freedom and Infinity give the same double. */
const ENDLESS = 1e22;

/**
 * The chance that an F variable is at most x.
 *
 * @param d1 degrees of freedom of the numerator, above 0
 * @param d2 degrees of freedom of the denominator, above 0
 * @example
 * ```ts
 * fCdf(4, 2, 10); // → 0.947077850598655
 * ```
 */
export function fCdf(x: number, d1: number, d2: number): number {
  return chance(x, d1, d2, 'lower');
}

/**
 * The chance that an F variable exceeds x: the p-value of a regression's F statistic. Far tails keep their relative
 * accuracy.
 *
 * @param d1 degrees of freedom of the numerator (regressors), above 0, fractions allowed; otherwise the answer is NaN
 * @param d2 degrees of freedom of the denominator (observations left), above 0 or Infinity; otherwise NaN
 * @example
 * ```ts
 * fSurvival(4, 2, 10); // → 0.052922149401345
 * ```
 */
export function fSurvival(x: number, d1: number, d2: number): number {
  return chance(x, d1, d2, 'upper');
}

function chance(x: number, d1: number, d2: number, side: 'lower' | 'upper'): number {
  if (!(d1 > 0 && d2 > 0) || Number.isNaN(x)) return NaN;
  // A variance on endless degrees of freedom is known: what is left is chi-squared.
  if (d2 >= ENDLESS) return regularizedGamma(d1 / 2, (x * d1) / 2, side);
  if (d1 >= ENDLESS)
    return x <= 0
      ? Number(side === 'upper')
      : regularizedGamma(d2 / 2, d2 / (2 * x), side === 'lower' ? 'upper' : 'lower');
  return ratioChance(d1 / 2, d2 / 2, x, side);
}
