import { checkFiniteSeries, checkOptions, checkRecord, checkSameLength } from '../core/checks.js';
import type { Series } from '../core/series.js';
import { checkConfidence, tailProbability } from './confidence.js';

/** What happened, and what was forecast for it: columns of one length. */
export interface ForecastReturns {
  readonly returns: Series;
  /** A loss is positive. */
  readonly valueAtRisk: Series;
}

/**
 * How good forecasts of value at risk were, all in one number: the mean quantile loss, lower is better. A return below its
 * forecast costs 1 − p times the distance, one above it p times; the true quantile has the least mean of all.
 *
 * Sources: Koenker & Bassett (1978), Econometrica 46; González-Rivera, Lee & Mishra (2004) for its use on value at risk.
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where columns are empty, differ in length or hold a number that is not finite
 * @example
 * ```ts
 * quantileLoss({ returns: [-0.03, 0.01], valueAtRisk: [0.02, 0.02] }, { confidence: 0.9 }); // → 0.006
 * ```
 */
export function quantileLoss(forecasts: ForecastReturns, options: { readonly confidence: number }): number {
  const who = 'quantileLoss';
  const { returns, valueAtRisk } = checkRecord(who, 'forecasts', forecasts);
  checkOptions(who, options, ['confidence']);
  const p = tailProbability(checkConfidence(who, options.confidence));
  const length = checkSameLength(who, { returns, valueAtRisk });
  checkFiniteSeries(who, 'returns', returns, 1);
  checkFiniteSeries(who, 'valueAtRisk', valueAtRisk, 1);
  let total = 0;
  for (let t = 0; t < length; t++) {
    const above = returns[t]! + valueAtRisk[t]!;
    total += above < 0 ? (p - 1) * above : p * above;
  }
  return total / length;
}
