import { checkBoolean, checkFiniteSeries, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { normalSurvival } from '../math/normal.js';
import { autoProducts } from './autocovariance.js';
import { inUnit } from './detrended.js';
import { dot } from './dot.js';
import { largest } from './unit.js';

export interface VarianceRatioOptions {
  /** Over how many observations the long changes run, from 2. */
  readonly lag: number;
  /** Whether the z-statistic allows for a variance that changes in time. Default true. */
  readonly robust?: boolean;
}

export interface VarianceRatio {
  /** Variance of long changes over `lag` times that of short ones: below 1 where the series comes back. */
  readonly ratio: number;
  /** Standard normal for a random walk. */
  readonly statistic: number;
  /** How often a random walk would give a ratio this far from 1, either side. */
  readonly pValue: number;
  /** Changes of one observation: length − 1. */
  readonly observations: number;
}

/**
 * The variance ratio of Lo and MacKinlay: do changes over `lag` observations vary `lag` times as much as single ones, as
 * they would in a random walk? Below 1 speaks for mean reversion, above 1 for momentum.
 *
 * Overlapping changes, both variances unbiased, the mean change taken away. Give it logarithms of prices, or a spread.
 *
 * Sources: Lo & MacKinlay (1988), Review of Financial Studies 1, 41–66; Campbell, Lo & MacKinlay (1997), "The
 * Econometrics of Financial Markets", section 2.4.3.
 *
 * @param series - finite levels in order of time, at least lag + 2.
 * @throws OptionError for a missing, unknown or impossible option.
 * @throws DataError when the series is too short, holds a number that is not finite, or moves in equal steps.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
 * varianceRatio(spread, { lag: 2 }).ratio; // → 0.50718512257
 * varianceRatio(spread, { lag: 2 }).statistic; // → -1.858134887850
 * varianceRatio(spread, { lag: 2, robust: false }).statistic; // → -1.908663813051
 * ```
 */
export function varianceRatio(series: Series, options: VarianceRatioOptions): VarianceRatio {
  const who = 'varianceRatio';
  checkOptions(who, options, ['lag', 'robust']);
  const lag = checkInteger(who, 'lag', options.lag, 2);
  const robust = checkBoolean(who, 'robust', options.robust ?? true);
  const n = checkFiniteSeries(who, 'series', series).length - 1;
  if (n < lag + 1) {
    const what = `observations for a lag of ${lag}, received ${n + 1}`;
    throw new DataError('too-short', `${who}: needs at least ${lag + 2} ${what}`);
  }
  const x = inUnit(toFloat64(series));
  const drift = (x[n]! - x[0]!) / n;
  const steps = new Float64Array(n);
  for (let t = 0; t < n; t++) steps[t] = x[t + 1]! - x[t]! - drift;
  if (largest(steps) <= 4 * Number.EPSILON * largest(x))
    throw new DataError('degenerate', `${who}: series must vary, received equal steps`);

  const total = dot(steps, steps, 0, n);
  const short = total / (n - 1);
  let long = 0;
  for (let t = 0; t + lag <= n; t++) long += (x[t + lag]! - x[t]! - lag * drift) ** 2;
  const ratio = long / (lag * (n - lag + 1) * (1 - lag / n)) / short;
  const variance = robust ? robustVariance(steps, total, lag) : (2 * (2 * lag - 1) * (lag - 1)) / (3 * lag);
  const statistic = (Math.sqrt(n) * (ratio - 1)) / Math.sqrt(variance);
  return { ratio, statistic, pValue: 2 * normalSurvival(Math.abs(statistic)), observations: n };
}

/** Campbell, Lo & MacKinlay (1997), eq. 2.4.43, times the number of changes. */
function robustVariance(steps: Float64Array, total: number, lag: number): number {
  const products = autoProducts(
    steps.map((step) => step * step),
    lag - 1,
  );
  let variance = 0;
  for (let k = 1; k < lag; k++) variance += 4 * (1 - k / lag) ** 2 * products[k]!;
  return (variance * steps.length) / total / total;
}
