import { checkBetween, checkChoice, checkFiniteSeries, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { BreakRegression } from './break-regression.js';
import type { CriticalValues } from './critical-values.js';
import { detrendedOrRefused, inUnit } from './detrended.js';
import { DickeyFuller } from './dickey-fuller.js';
import { checkLags, checkRoomForLags, findLags, type LagOptions } from './lag-order.js';
import { ZIVOT_ANDREWS_QUANTILES } from './zivot-andrews-tables.js';

export interface ZivotAndrewsOptions extends LagOptions {
  /**
   * What breaks in a line with a slope: its level (`'constant'`, the default), its slope (`'slope'`), or both
   * (`'linear'`): models A, B and C of the paper.
   */
  readonly trend?: 'constant' | 'slope' | 'linear';
  /** The share of the series at either end in which no break is looked for, from 0 to 1/3. Default 0.15. */
  readonly trim?: number;
}

export interface ZivotAndrews {
  /** The lowest t of the lagged level over all breaks. */
  readonly statistic: number;
  /** How often a series with a unit root and no break would give a statistic this low; from 0.00001 to 0.999. */
  readonly pValue: number;
  /** Index of the last observation before the break that gives the statistic. */
  readonly breakIndex: number;
  /** Lagged differences in every regression. */
  readonly lags: number;
  /** Rows of every regression: length − 1 − lags. */
  readonly observations: number;
  readonly criticalValues: CriticalValues;
}

/**
 * The Zivot–Andrews test: does the series come back to a line that broke once, on a day to be found? A spread whose mean
 * jumped looks like a wandering one to {@link adf}; this test sees the difference.
 *
 * The null hypothesis is a unit root without a break. Every break within the trimmed series is tried, and the lowest
 * statistic kept. A rule chooses the lags once, in the regression without a break.
 *
 * Sources: Zivot & Andrews (1992), Journal of Business & Economic Statistics 10, 251–270; one search for the lags after
 * C. F. Baum's zandrews; quantiles simulated for the Python package statsmodels, p interpolated between them.
 *
 * @param series - finite numbers in order of time, in any unit.
 * @throws DataError when the series is too short for its lags, holds a number that is not finite, is nothing but a line,
 * or follows exactly from a broken line and its past.
 * @throws OptionError for an unknown or impossible option.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 25, 28, 29, 27, 29, 23, 25, 26];
 * const test = zivotAndrews(spread, { lags: 0 });
 * test.statistic; // → -8.1359536005
 * test.breakIndex; // → 9
 * test.pValue; // → 0.00001
 * ```
 */
export function zivotAndrews(series: Series, options: ZivotAndrewsOptions = {}): ZivotAndrews {
  const who = 'zivotAndrews';
  checkOptions(who, options, ['trend', 'trim', 'lags', 'maxLags']);
  const trend = checkChoice(who, 'trend', options.trend ?? 'constant', ['constant', 'slope', 'linear']);
  const trim = checkBetween(who, 'trim', options.trim ?? 0.15, 0, 1 / 3);
  const order = checkLags(who, options);
  const values = toFloat64(checkFiniteSeries(who, 'series', series));
  const n = values.length;
  checkRoomForLags(who, n, order, trend === 'linear' ? 6 : 5);

  const level = detrendedOrRefused(who, inUnit(values), 'linear');
  const { lags } = findLags(new DickeyFuller(who, level, 'linear'), n, 2, order);
  const regression = new BreakRegression(level, trend, lags);
  const edge = Math.floor(n * trim);
  let statistic = NaN;
  let breakIndex = -1;
  for (let last = Math.max(edge, lags + 2); last < Math.min(n - edge, n - 2); last++) {
    const t = regression.statistic(last);
    if (!(t >= statistic) && !Number.isNaN(t)) {
      statistic = t;
      breakIndex = last;
    }
  }
  if (breakIndex < 0)
    throw new DataError(
      'degenerate',
      `${who}: series must not follow exactly from a broken line and its past`,
    );
  const table = ZIVOT_ANDREWS_QUANTILES[trend];
  const quantile = (percent: number): number => table.find(([share]) => share === percent)![1];
  return {
    statistic,
    pValue: interpolated(statistic, table) / 100,
    breakIndex,
    lags,
    observations: n - 1 - lags,
    criticalValues: { onePercent: quantile(1), fivePercent: quantile(5), tenPercent: quantile(10) },
  };
}

/** The share of walks below a statistic, on straight lines from one quantile to the next. */
function interpolated(statistic: number, table: readonly (readonly [number, number])[]): number {
  const above = table.findIndex(([, quantile]) => quantile > statistic);
  if (above <= 0) return table.at(above)![0];
  const [shareLow, low] = table[above - 1]!;
  const [shareHigh, high] = table[above]!;
  return shareLow + ((statistic - low) / (high - low)) * (shareHigh - shareLow);
}
