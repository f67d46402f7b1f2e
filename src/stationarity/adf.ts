import { checkChoice, checkFiniteSeries, checkInteger, checkOptions, checkSeries } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { CriticalValues } from './critical-values.js';
import { DickeyFuller } from './dickey-fuller.js';
import { chooseLags, LAG_RULES, type LagRule, schwertLags } from './lag-selection.js';
import { mackinnonCriticalValues, mackinnonPValue } from './mackinnon.js';
import { TRENDS, type Trend, trendTerms } from './trend.js';

/** What the test allows for: a trend, and lagged differences. */
export interface AdfOptions {
  /** What the series may do by itself under both hypotheses. Default `'constant'`. */
  readonly trend?: Trend;
  /** Lagged differences in the regression: a rule that chooses them, or their number. Default `'aic'`. */
  readonly lags?: LagRule | number;
  /** The most lags a rule may choose. Default min(⌊n/2⌋ − trend terms − 1, ⌈12 (n/100)^¼⌉). */
  readonly maxLags?: number;
}

/** The test in figures. */
export interface Adf {
  /** Student's t of the lagged level: the further below zero, the stronger the pull back. */
  readonly statistic: number;
  /** How often a series with a unit root would give a statistic this low. */
  readonly pValue: number;
  /** Lagged differences in the final regression. */
  readonly lags: number;
  /** Rows of the final regression: length − 1 − lags. */
  readonly observations: number;
  readonly criticalValues: CriticalValues;
  /** What the rule compared: the smallest criterion, or the |t| it stopped at. NaN where `lags` was a number. */
  readonly criterion: number;
}

/**
 * Augmented Dickey–Fuller: does the series come back, or does it wander?
 *
 * The null hypothesis is that it wanders (it has a unit root); a small p-value speaks for mean reversion about the
 * given trend. A spread worth trading has one.
 *
 * All candidate lags are compared on the same rows, and the regression is run again with the chosen lag on all the rows
 * it leaves. A tie goes to fewer lags. A lag that leaves a short series no residual at all, by having as many terms as
 * rows, explains nothing and is never chosen.
 *
 * Sources: Dickey & Fuller (1979), Journal of the American Statistical Association 74, 427–431; Said & Dickey (1984),
 * Biometrika 71, 599–607; lags after Schwert (1989); p-values and critical values after MacKinnon (1994, 2010).
 *
 * @param series - finite numbers in order of time, in any unit.
 * @throws DataError when the series is too short for its lags, holds a number that is not finite, does not vary, or
 * follows exactly from its own trend and past.
 * @throws OptionError for an unknown or impossible option.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
 * adf(spread, { lags: 0 }).statistic; // → -2.988402343339
 * adf(spread, { lags: 0 }).pValue; // → 0.03599176
 * adf(spread, { lags: 1 }).observations; // → 14
 * adf(spread, { lags: 'bic', maxLags: 3 }).lags; // → 0
 * ```
 */
export function adf(series: Series, options: AdfOptions = {}): Adf {
  checkOptions('adf', options, ['trend', 'lags', 'maxLags']);
  const { trend = 'constant', lags = 'aic', maxLags } = options;
  const terms = trendTerms(checkChoice('adf', 'trend', trend, TRENDS));
  const fixed = typeof lags === 'number' ? checkInteger('adf', 'lags', lags, 0) : undefined;
  const rule = fixed === undefined ? checkChoice('adf', 'lags', lags, LAG_RULES) : undefined;
  const most = maxLags === undefined ? undefined : checkInteger('adf', 'maxLags', maxLags, 0);
  if (fixed !== undefined && most !== undefined)
    throw new OptionError(`adf: maxLags bounds a rule, received it with ${fixed} lags`);

  const n = checkSeries('adf', 'series', series).length;
  const asked = fixed ?? most;
  const needed = 2 * (asked ?? 0) + Math.max(2 * terms + 2, terms + 3);
  if (n < needed) {
    const what = asked === undefined ? '' : ` for ${asked} lags`;
    throw new DataError('too-short', `adf: needs at least ${needed} observations${what}, received ${n}`);
  }
  const values = toFloat64(checkFiniteSeries('adf', 'series', series));
  const regression = new DickeyFuller('adf', values, trend);
  const longest = most ?? Math.min(Math.floor(n / 2) - terms - 1, schwertLags(n));
  const choice = rule ? chooseLags(regression, longest, rule) : { lags: fixed!, criterion: NaN };
  const statistic = regression.statistic(choice.lags);
  const observations = regression.rows(choice.lags);
  return {
    statistic,
    pValue: mackinnonPValue(statistic, { trend }),
    lags: choice.lags,
    observations,
    criticalValues: mackinnonCriticalValues({ trend, observations }),
    criterion: choice.criterion,
  };
}
