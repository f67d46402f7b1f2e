import { regularizedGamma } from './incomplete-gamma.js';

/**
 * The chance that a chi-squared variable is at most x.
 *
 * @param df degrees of freedom, above 0, fractions allowed; otherwise the answer is NaN
 * @example
 * ```ts
 * chiSquaredCdf(6, 2); // → 0.950212931632136
 * ```
 */
export function chiSquaredCdf(x: number, df: number): number {
  return regularizedGamma(df / 2, x / 2, 'lower');
}

/**
 * The chance that a chi-squared variable exceeds x: the p-value of a likelihood ratio, of a Ljung–Box or a Kupiec
 * statistic. Far tails keep their relative accuracy.
 *
 * @param df degrees of freedom, above 0, fractions allowed; otherwise the answer is NaN
 * @example
 * ```ts
 * chiSquaredSurvival(6, 2); // → 0.0497870683678639
 * chiSquaredSurvival(400, 2); // → 1.383896526737e-87
 * ```
 */
export function chiSquaredSurvival(x: number, df: number): number {
  return regularizedGamma(df / 2, x / 2, 'upper');
}
