import { checkChoice, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Pair, SeriesOf } from '../core/series.js';
import { type Basket, type CointegratingRelation, readLegs, relationOf } from './cointegrating-relation.js';
import type { CriticalValues } from './critical-values.js';
import { DickeyFuller } from './dickey-fuller.js';
import { checkLags, checkRoomForLags, findLags, type LagOptions, type LagOrder } from './lag-order.js';
import { mackinnonCriticalValues, mackinnonPValue } from './mackinnon.js';
import { TRENDS, type Trend, trendTerms } from './trend.js';

export interface EngleGrangerOptions extends LagOptions {
  /** What the relation may do by itself: the deterministic terms of the first regression. Default `'constant'`. */
  readonly trend?: Trend;
}

/** The test, and the relation it is about. */
export interface EngleGranger extends CointegratingRelation {
  /** The tau of the residuals; −Infinity where `y` follows exactly from the others. */
  readonly statistic: number;
  /** How often series without a relation would give a statistic this low; NaN for more than six series. */
  readonly pValue: number;
  /** NaN without a constant, for which there is no table. */
  readonly criticalValues: CriticalValues;
  /** Lagged differences in the regression of the residuals. */
  readonly lags: number;
  /** Rows of that regression: length − 1 − lags. */
  readonly observations: number;
}

// MacKinnon (1994) and (2010) stop there.
const MOST_FOR_P = 6;
const MOST = 12;

/**
 * The Engle–Granger test: do prices that wander stay together? `y` is regressed on the others, and the residuals are
 * tested for a unit root, with the p-value of residuals of that many series and this trend. Order matters: which leg is
 * explained changes the answer.
 *
 * The null hypothesis is that nothing holds them together; a small p-value speaks for a pair worth trading. P-values
 * are known for two to six series, critical values for two to twelve.
 *
 * Sources: Engle & Granger (1987), Econometrica 55, 251–276; MacKinnon (1994, 2010), the latter at length − 1.
 *
 * @param legs - `{ y, x }`, or `{ y, xs }` with one to eleven others; finite prices of one length.
 * @throws DataError when the series are too short or uneven, hold a number that is not finite, one does not vary, some x
 * is a combination of the others and the trend, or there are more than twelve.
 * @throws OptionError for an unknown or impossible option.
 * @example
 * ```ts
 * const x = [20, 22, 19, 24, 23, 27, 25, 28, 30, 26, 29, 31];
 * const y = [41, 45, 38, 50, 46, 54, 52, 55, 61, 53, 57, 62];
 * const test = engleGranger({ y, x }, { lags: 0 });
 * test.ratio; // → 1.92105263157895
 * test.statistic; // → -6.347087291965
 * test.pValue; // → 2.79244906e-7
 * engleGranger({ y: x.map((price) => 3 * price + 1), x }).statistic; // → -Infinity
 * ```
 */
export function engleGranger(legs: SeriesOf<Pair> | Basket, options: EngleGrangerOptions = {}): EngleGranger {
  const who = 'engleGranger';
  checkOptions(who, options, ['trend', 'lags', 'maxLags']);
  const trend = checkChoice(who, 'trend', options.trend ?? 'constant', TRENDS);
  const order = checkLags(who, options);
  const prices = readLegs(who, legs);
  const series = prices.length;
  if (series > MOST)
    throw new DataError('unreadable', `${who}: needs at most ${MOST} series, received ${series}`);
  const n = prices[0].length;
  checkRoomForLags(who, n, order, series + trendTerms(trend));

  const { relation, exact } = relationOf(who, prices, trend);
  const { statistic, lags } = exact
    ? { statistic: -Infinity, lags: order.fixed ?? 0 }
    : tauOf(who, relation.residuals, order);
  return {
    statistic,
    pValue: series > MOST_FOR_P ? NaN : mackinnonPValue(statistic, { trend, series }),
    criticalValues:
      trend === 'none'
        ? { onePercent: NaN, fivePercent: NaN, tenPercent: NaN }
        : mackinnonCriticalValues({ trend, series, observations: n - 1 }),
    lags,
    observations: n - 1 - lags,
    ...relation,
  };
}

/** The Dickey–Fuller t of residuals, which have no trend of their own. */
function tauOf(who: string, residuals: Float64Array, order: LagOrder): { statistic: number; lags: number } {
  const regression = new DickeyFuller(who, residuals, 'none');
  const { lags } = findLags(regression, residuals.length, 0, order);
  return { statistic: regression.statistic(lags), lags };
}
