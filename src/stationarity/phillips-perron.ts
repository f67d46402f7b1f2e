import { checkChoice, checkFiniteSeries, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { longRunVariance } from './autocovariance.js';
import type { CriticalValues } from './critical-values.js';
import { detrended, detrendedOrRefused, inUnit } from './detrended.js';
import { dot } from './dot.js';
import { schwertLags } from './lag-selection.js';
import { mackinnonCriticalValues, mackinnonPValue } from './mackinnon.js';
import { trendTerms } from './trend.js';
import { largest } from './unit.js';

export interface PhillipsPerronOptions {
  /** What the series may do by itself under both hypotheses. Default `'constant'`. */
  readonly trend?: 'none' | 'constant' | 'linear';
  /** Neighbours that count in the long-run variance. Default ⌈12 (n/100)^¼⌉, at most the rows less one. */
  readonly lags?: number;
}

export interface PhillipsPerron {
  /** Z-tau: the t of the pull back, corrected for residuals that follow each other. */
  readonly statistic: number;
  /** Z-rho: observations times the pull back, corrected likewise. */
  readonly rhoStatistic: number;
  /** How often a unit root alone would give a Z-tau this low. */
  readonly pValue: number;
  readonly lags: number;
  /** Rows of the regression: length − 1. */
  readonly observations: number;
  /** Of Z-tau. */
  readonly criticalValues: CriticalValues;
}

/**
 * The Phillips–Perron test: does the series come back? Like {@link adf}, but residuals that follow each other are
 * answered by a correction of the statistic instead of lagged differences.
 *
 * Sources: Phillips & Perron (1988), Biometrika 75, 335–346, in the form of Hamilton, "Time Series Analysis" (1994),
 * section 17.6; p-values and critical values after MacKinnon (1994, 2010).
 *
 * @param series - finite numbers in order of time, in any unit.
 * @throws DataError when the series is too short, holds a number that is not finite, or follows exactly from its trend
 * and its last value.
 * @throws OptionError for an unknown or impossible option.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
 * phillipsPerron(spread, { lags: 0 }).statistic; // → -2.988402343339
 * phillipsPerron(spread, { lags: 2 }).statistic; // → -2.9571222146393
 * phillipsPerron(spread, { lags: 2 }).rhoStatistic; // → -11.641221514059
 * phillipsPerron(spread).observations; // → 15
 * ```
 */
export function phillipsPerron(series: Series, options: PhillipsPerronOptions = {}): PhillipsPerron {
  const who = 'phillipsPerron';
  checkOptions(who, options, ['trend', 'lags']);
  const trend = checkChoice(who, 'trend', options.trend ?? 'constant', ['none', 'constant', 'linear']);
  if (options.lags !== undefined) checkInteger(who, 'lags', options.lags, 0);
  const regressors = trendTerms(trend) + 1;
  const values = toFloat64(checkFiniteSeries(who, 'series', series, regressors + 2));
  const rows = values.length - 1;
  const lags = options.lags ?? Math.min(schwertLags(values.length), rows - 1);
  if (lags >= rows) {
    const what = `for ${lags} lags, received ${rows + 1}`;
    throw new DataError('too-short', `${who}: needs at least ${lags + 2} observations ${what}`);
  }

  const x = inUnit(values);
  const level = detrendedOrRefused(who, x.subarray(0, rows), trend);
  const steps = new Float64Array(rows);
  for (let t = 0; t < rows; t++) steps[t] = x[t + 1]! - x[t]!;
  const change = detrended(steps, trend);
  // ρ − 1, of x[t + 1] = trend + ρ·x[t] + residual.
  const spread = dot(level, level, 0, rows);
  const pull = dot(level, change, 0, rows) / spread;
  const residuals = change.map((step, t) => step - pull * level[t]!);

  const squares = dot(residuals, residuals, 0, rows);
  const grain = 4 * Number.EPSILON * (Math.sqrt(dot(steps, steps, 0, rows) / rows) + largest(x));
  if (squares <= rows * grain ** 2) {
    const what = 'must not follow exactly from trend and past, received one without residuals';
    throw new DataError('degenerate', `${who}: series ${what}`);
  }
  const { variance, longRun, excess } = longRunVariance(residuals, lags);
  const error = Math.sqrt(squares / (rows - regressors) / spread);
  const statistic =
    Math.sqrt(variance / longRun) * (pull / error) -
    (excess / Math.sqrt(longRun)) * (rows / Math.sqrt(spread));
  return {
    statistic,
    rhoStatistic: rows * pull - (rows ** 2 / spread) * excess,
    pValue: mackinnonPValue(statistic, { trend }),
    lags,
    observations: rows,
    criticalValues: mackinnonCriticalValues({ trend, observations: rows }),
  };
}
