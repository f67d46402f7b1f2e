import { ratioChance } from './incomplete-beta.js';
import { normalCdf } from './normal.js';

/** From here on Student's t and the normal are the same double wherever they are above 1e-308. */
export const NORMAL_DF = 1e22;

/** Beyond this t every tail is a pure power, t^(−df). */
const POWER = 1e100;

/**
 * The chance that a Student variable is at most x. The far left tail keeps its relative accuracy; for the right one
 * ask {@link studentTSurvival}.
 *
 * @param df degrees of freedom, above 0, fractions allowed, Infinity is the normal; otherwise the answer is NaN
 * @example
 * ```ts
 * studentTCdf(2, 10); // → 0.9633059826146
 * ```
 */
export function studentTCdf(x: number, df: number): number {
  return studentTSurvival(-x, df);
}

/**
 * The chance that a Student variable exceeds x.
 *
 * @param df degrees of freedom, above 0, fractions allowed, Infinity is the normal; otherwise the answer is NaN
 * @example
 * ```ts
 * studentTSurvival(800, 10); // → 1.14588126012e-25
 * ```
 */
export function studentTSurvival(x: number, df: number): number {
  if (!(df > 0)) return NaN;
  if (df >= NORMAL_DF) return normalCdf(-x);
  const half = beyond(Math.abs(x), df) / 2;
  return x < 0 ? 1 - half : half;
}

/**
 * The chance that a Student variable is further from 0 than t, on either side: the two-sided p-value of a
 * t statistic.
 *
 * @param df degrees of freedom, above 0, fractions allowed, Infinity is the normal; otherwise the answer is NaN
 * @example
 * ```ts
 * studentTPValue(-2.5, 30); // → 0.0181156490680667
 * studentTPValue(40, 1000); // → 1.0478852155e-209
 * ```
 */
export function studentTPValue(t: number, df: number): number {
  return 2 * studentTSurvival(Math.abs(t), df);
}

/** The chance of |T| > t, for t ≥ 0. */
function beyond(t: number, df: number): number {
  if (t <= POWER) return ratioChance(0.5, df / 2, t * t, 'upper');
  return t === Infinity ? 0 : beyond(POWER, df) * (POWER / t) ** df;
}
