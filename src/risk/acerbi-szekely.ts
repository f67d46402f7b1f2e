import {
  checkFiniteSeries,
  checkInteger,
  checkOptions,
  checkRecord,
  checkSameLength,
} from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { NormalSource } from '../math/normal-source.js';
import { checkConfidence, tailProbability } from './confidence.js';
import { studentTTail } from './parametric.js';
import { checkLaw, type LawOptions } from './portfolio.js';
import type { ForecastReturns } from './quantile-loss.js';

/** What happened, and the tail that was forecast for it: columns of one length. */
export interface ForecastTails extends ForecastReturns {
  readonly expectedShortfall: Series;
}

export interface AcerbiSzekelyOptions extends LawOptions {
  /** 0.975, say. */
  readonly confidence: number;
  readonly seed: number;
  /** Histories drawn to find the p-values; 10,000 unless said. */
  readonly samples?: number;
}

/** Two tests of expected shortfall: 0 is expected of both, negative where losses were worse than forecast. */
export interface AcerbiSzekely {
  /** Given that the value at risk was exceeded: were losses as large as forecast? NaN where it never was. */
  readonly z1: { readonly statistic: number; readonly pValue: number };
  /** Were exceedances as many and as large as forecast? */
  readonly z2: { readonly statistic: number; readonly pValue: number };
  readonly exceedances: number;
}

/**
 * The first two tests of Acerbi and Székely: is the expected shortfall forecast as large as losses beyond the value at risk
 * turned out to be? A p-value is the share of simulated histories, in which the forecasts are true, that look at least as bad.
 *
 * Each simulated return is drawn from the normal law (or Student's t) that has the value at risk and the expected shortfall
 * that were forecast for its day.
 *
 * Source: Acerbi & Székely (2014), "Backtesting expected shortfall", Risk, December; eqs. 5 and 6.
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where columns differ in length, hold a number that is not finite, or a forecast shortfall is not above its
 * value at risk and 0
 * @example
 * ```ts
 * const forecast = { valueAtRisk: [0.02, 0.02, 0.02, 0.02], expectedShortfall: [0.025, 0.025, 0.025, 0.025] };
 * const { z1, z2 } = acerbiSzekely(
 *   { returns: [0.01, -0.03, 0, 0.02], ...forecast },
 *   { confidence: 0.75, seed: 1, samples: 1000 },
 * );
 * z1.statistic; // → -0.2
 * z2.statistic; // → -0.2
 * ```
 */
export function acerbiSzekely(forecasts: ForecastTails, options: AcerbiSzekelyOptions): AcerbiSzekely {
  const who = 'acerbiSzekely';
  checkOptions(who, options, ['confidence', 'seed', 'samples', 'distribution', 'degreesOfFreedom']);
  const p = tailProbability(checkConfidence(who, options.confidence));
  const df = checkLaw(who, options);
  const samples = checkInteger(who, 'samples', options.samples ?? 10_000);
  if (!Number.isSafeInteger(options.seed)) {
    throw new OptionError(`${who}: seed must be a safe integer, received ${options.seed}`);
  }
  const { returns, valueAtRisk, expectedShortfall } = checkRecord(who, 'forecasts', forecasts);
  const length = checkSameLength(who, { returns, valueAtRisk, expectedShortfall });
  checkFiniteSeries(who, 'returns', returns, 1);
  checkFiniteSeries(who, 'valueAtRisk', valueAtRisk);
  checkFiniteSeries(who, 'expectedShortfall', expectedShortfall);
  const tail = studentTTail(p, df);
  // Of the day's law, return = centre + scale · standard draw.
  const scales = new Float64Array(length);
  const centres = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    const gap = expectedShortfall[t]! - valueAtRisk[t]!;
    if (!(gap > 0 && expectedShortfall[t]! > 0)) {
      throw new DataError(
        'degenerate',
        `${who}: expectedShortfall[${t}] must be above its value at risk and 0, received ${expectedShortfall[t]} and ${valueAtRisk[t]}`,
      );
    }
    scales[t] = gap / (tail.quantile - tail.mean);
    centres[t] = -valueAtRisk[t]! - scales[t]! * tail.quantile;
  }
  const found = statistics(returns, valueAtRisk, expectedShortfall, p);

  const drawn = new Float64Array(length);
  let worse1 = 0;
  let known1 = 0;
  let worse2 = 0;
  for (let s = 0; s < samples; s++) {
    const source = new NormalSource(options.seed, s);
    source.fill(drawn, 0, length);
    for (let t = 0; t < length; t++) {
      const wild = df === Infinity ? 1 : Math.sqrt((df - 2) / source.chiSquared(df));
      drawn[t] = centres[t]! + scales[t]! * wild * drawn[t]!;
    }
    const { z1, z2 } = statistics(drawn, valueAtRisk, expectedShortfall, p);
    if (!Number.isNaN(z1)) known1++;
    if (z1 <= found.z1) worse1++;
    if (z2 <= found.z2) worse2++;
  }
  return {
    z1: { statistic: found.z1, pValue: Number.isNaN(found.z1) ? NaN : worse1 / known1 },
    z2: { statistic: found.z2, pValue: worse2 / samples },
    exceedances: found.exceedances,
  };
}

function statistics(
  returns: Series,
  valueAtRisk: Series,
  expectedShortfall: Series,
  p: number,
): { readonly z1: number; readonly z2: number; readonly exceedances: number } {
  let exceedances = 0;
  let total = 0;
  for (let t = 0; t < returns.length; t++) {
    if (!(returns[t]! + valueAtRisk[t]! < 0)) continue;
    exceedances++;
    total += returns[t]! / expectedShortfall[t]!;
  }
  return { z1: total / exceedances + 1, z2: total / (returns.length * p) + 1, exceedances };
}
