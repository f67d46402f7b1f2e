import { checkChoice, checkFiniteSeries, checkOptions } from '../core/checks.js';
import { type Series, toFloat64 } from '../core/series.js';
import { normalCdf } from '../math/normal.js';
import type { CriticalValues } from './critical-values.js';
import { detrendedOrRefused, inUnit } from './detrended.js';
import { DF_GLS_CURVES, DF_GLS_SURFACES } from './df-gls-tables.js';
import { DickeyFuller } from './dickey-fuller.js';
import { checkLags, checkRoomForLags, findLags, type LagOptions } from './lag-order.js';
import { trendTerms } from './trend.js';

export interface DfGlsOptions extends LagOptions {
  /** What the series may do by itself under both hypotheses. Default `'constant'`. */
  readonly trend?: 'constant' | 'linear';
}

export interface DfGls {
  /** Student's t of the lagged level of the series about its trend. */
  readonly statistic: number;
  /** How often a series with a unit root would give a statistic this low. */
  readonly pValue: number;
  readonly lags: number;
  /** Rows of the final regression: length − 1 − lags. */
  readonly observations: number;
  readonly criticalValues: CriticalValues;
}

/**
 * The Dickey–Fuller test after a trend fitted under a root close to one: {@link adf} with more power, so a pull back is
 * seen in fewer observations.
 *
 * Level or line are estimated by generalised least squares with the root 1 − 7/n (level) or 1 − 13.5/n (line), taken
 * away, and the rest is tested without a trend. A rule chooses the lags on the series about its least-squares trend.
 *
 * Sources: Elliott, Rothenberg & Stock (1996), Econometrica 64, 813–836; lags after Perron & Qu (2007), Economics
 * Letters 94, 12–19; p-values and critical values: surfaces simulated after MacKinnon for the Python package arch.
 *
 * @param series - finite numbers in order of time, in any unit.
 * @throws DataError when the series is too short for its lags, holds a number that is not finite, is nothing but its
 * trend, or follows exactly from trend and past.
 * @throws OptionError for an unknown or impossible option.
 * @example
 * ```ts
 * const spread = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
 * dfGls(spread, { lags: 0 }).statistic; // → -2.99976455514729
 * dfGls(spread, { lags: 0 }).pValue; // → 0.00281768011537
 * dfGls(spread, { trend: 'linear', lags: 0 }).statistic; // → -4.31501466906887
 * ```
 */
export function dfGls(series: Series, options: DfGlsOptions = {}): DfGls {
  checkOptions('dfGls', options, ['trend', 'lags', 'maxLags']);
  const trend = checkChoice('dfGls', 'trend', options.trend ?? 'constant', ['constant', 'linear']);
  const order = checkLags('dfGls', options);
  const values = toFloat64(checkFiniteSeries('dfGls', 'series', series));
  checkRoomForLags('dfGls', values.length, order, trendTerms(trend) + 1);

  const ordinary = detrendedOrRefused('dfGls', inUnit(values), trend);
  const { lags } = findLags(new DickeyFuller('dfGls', ordinary, 'none'), values.length, 0, order);
  const regression = new DickeyFuller('dfGls', generalised(ordinary, trend), 'none');
  const statistic = regression.statistic(lags);
  const observations = regression.rows(lags);
  const [onePercent, fivePercent, tenPercent] = DF_GLS_SURFACES[trend].map((row) =>
    polynomial(row, 1 / observations),
  ) as [number, number, number];
  return {
    statistic,
    pValue: probability(statistic, trend),
    lags,
    observations,
    criticalValues: { onePercent, fivePercent, tenPercent },
  };
}

/** The series less the trend that fits best once both are differenced by a root close to one. */
function generalised(x: Float64Array, trend: 'constant' | 'linear'): Float64Array {
  const n = x.length;
  const gap = (trend === 'constant' ? 7 : 13.5) / n;
  // Over all observations: products of the differenced one, time from 1, and x. The first are not differenced.
  let [oo, ot, tt, ox, tx] = [1, 1, 1, x[0]!, x[0]!];
  for (let t = 1; t < n; t++) {
    const time = 1 + gap * t;
    const now = x[t]! - x[t - 1]! + gap * x[t - 1]!;
    oo += gap * gap;
    ot += gap * time;
    tt += time * time;
    ox += gap * now;
    tx += time * now;
  }
  const determinant = oo * tt - ot * ot;
  const slope = trend === 'linear' ? (oo * tx - ot * ox) / determinant : 0;
  const level = (ox - slope * ot) / oo;
  return x.map((value, t) => value - level - slope * (t + 1));
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient);
}

function probability(statistic: number, trend: 'constant' | 'linear'): number {
  const { least, star, most, small, large } = DF_GLS_CURVES[trend];
  if (statistic < least) return 0;
  return statistic > most ? 1 : normalCdf(polynomial(statistic <= star ? small : large, statistic));
}
