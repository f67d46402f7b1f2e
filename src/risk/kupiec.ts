import { checkInteger, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { chiSquaredSurvival } from '../math/chi-squared.js';
import { checkConfidence, tailProbability } from './confidence.js';
import { termOf } from './hits.js';

/** A count of days on which a loss exceeded its value at risk. */
export interface ExceedanceCount {
  /** Days in all. */
  readonly observations: number;
  /** Days on which the loss was greater than the value at risk. */
  readonly exceedances: number;
  /** That of the value at risk, as 0.99. */
  readonly confidence: number;
}

/** A likelihood ratio, and how often chance alone makes one as large. */
export interface CoverageTest {
  readonly statistic: number;
  readonly pValue: number;
}

export function checkCount(who: string, count: ExceedanceCount): { n: number; x: number; p: number } {
  checkOptions(who, count, ['observations', 'exceedances', 'confidence']);
  const n = checkInteger(who, 'observations', count.observations);
  const x = checkInteger(who, 'exceedances', count.exceedances, 0);
  if (x > n)
    throw new OptionError(`${who}: exceedances must be at most the ${n} observations, received ${x}`);
  return { n, x, p: tailProbability(checkConfidence(who, count.confidence)) };
}

/**
 * Kupiec's proportion of failures: were there as many exceedances as the confidence promises? A small p-value says there
 * were too many, or too few. Chi-squared with one degree of freedom.
 *
 * Source: Kupiec (1995), "Techniques for verifying the accuracy of risk measurement models", Journal of Derivatives 3, 73–84.
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @example
 * ```ts
 * kupiec({ observations: 255, exceedances: 7, confidence: 0.99 }).statistic; // → 5.316341340978
 * kupiec({ observations: 250, exceedances: 0, confidence: 0.99 }); // → { statistic: 5.02516792675, pValue: 0.02498150305 }
 * ```
 */
export function kupiec(count: ExceedanceCount): CoverageTest {
  const { n, x, p } = checkCount('kupiec', count);
  const statistic = coverageRatio(n, x, p);
  return { statistic, pValue: chiSquaredSurvival(statistic, 1) };
}

/** The likelihood ratio of a share x / n of exceedances against p; never below 0. */
export function coverageRatio(n: number, x: number, p: number): number {
  const share = x / n;
  const promised = (n - x) * Math.log1p(-p) + termOf(x, p);
  const found = (x === n ? 0 : (n - x) * Math.log1p(-share)) + termOf(x, share);
  return Math.max(-2 * (promised - found), 0);
}
