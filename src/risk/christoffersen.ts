import { checkOptions } from '../core/checks.js';
import type { Series } from '../core/series.js';
import { chiSquaredSurvival } from '../math/chi-squared.js';
import { checkConfidence, tailProbability } from './confidence.js';
import { checkHits, termOf } from './hits.js';
import { type CoverageTest, coverageRatio } from './kupiec.js';

/** Whether exceedances are as many as promised and come singly. */
export interface Christoffersen extends CoverageTest {
  /** As many as promised? Kupiec's test over all days. */
  readonly coverage: CoverageTest;
  /** As likely after an exceedance as after none? Over all days but the first. */
  readonly independence: CoverageTest;
  /** How many days of each kind followed one of each kind: from no exceedance to none, to one; from one to none, to one. */
  readonly transitions: readonly [n00: number, n01: number, n10: number, n11: number];
}

/**
 * Christoffersen's conditional coverage: are exceedances as many as the confidence promises, and does one not bring on the
 * next? `statistic` and `pValue` are of both at once, chi-squared with two degrees of freedom; its two parts stand beside it.
 *
 * Coverage counts all n days, independence the n − 1 pairs of days; the joint statistic is their sum. 0 ln 0 counts 0.
 *
 * Source: Christoffersen (1998), "Evaluating interval forecasts", International Economic Review 39, 841–862.
 *
 * @param hits - 1 on days when the loss exceeded the value at risk, else 0
 * @param options - the confidence of the value at risk, as 0.99
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where hits are fewer than two, or other than 0 and 1
 * @example
 * ```ts
 * const hits = [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
 * const { statistic, transitions } = christoffersen(hits, { confidence: 0.9 });
 * transitions; // → [14, 2, 2, 1]
 * statistic; // → 1.187842772759
 * ```
 */
export function christoffersen(
  hits: Series | readonly boolean[],
  options: { readonly confidence: number },
): Christoffersen {
  const who = 'christoffersen';
  checkOptions(who, options, ['confidence']);
  const p = tailProbability(checkConfidence(who, options.confidence));
  const days = checkHits(who, hits, 2);
  const counts = [0, 0, 0, 0] as [number, number, number, number];
  let exceedances = days[0]!;
  for (let t = 1; t < days.length; t++) {
    const kind = 2 * days[t - 1]! + days[t]!;
    counts[kind as 0 | 1 | 2 | 3]++;
    exceedances += days[t]!;
  }
  const [n00, n01, n10, n11] = counts;
  const before = n00 + n01;
  const after = n10 + n11;
  const together =
    termOf(n00 + n10, (n00 + n10) / (before + after)) + termOf(n01 + n11, (n01 + n11) / (before + after));
  const apart =
    termOf(n00, n00 / before) +
    termOf(n01, n01 / before) +
    termOf(n10, n10 / after) +
    termOf(n11, n11 / after);
  const coverage = coverageRatio(days.length, exceedances, p);
  const independence = Math.max(2 * (apart - together), 0);
  const statistic = coverage + independence;
  return {
    statistic,
    pValue: chiSquaredSurvival(statistic, 2),
    coverage: { statistic: coverage, pValue: chiSquaredSurvival(coverage, 1) },
    independence: { statistic: independence, pValue: chiSquaredSurvival(independence, 1) },
    transitions: counts,
  };
}
