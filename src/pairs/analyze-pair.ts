import { checkChoice, checkOptions, checkWindow } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Pair, SeriesOf } from '../core/series.js';
import { type Hedge, spreads } from '../hedge/hedge.js';
import { bands, checkBands } from '../signals/bands.js';
import { type Adf, type AdfOptions, adf } from '../stationarity/adf.js';
import { halfLife } from '../stationarity/half-life.js';
import { rollingCorrelation } from '../stats/correlation.js';
import { zScore } from '../stats/z-score.js';
import { checkMethod, type HedgeMethod, type HedgeResults, type KalmanDrift, methodOf } from './methods.js';
import { type Prices, pricesOf } from './prices.js';

/** How a pair is analysed; `trend`, `lags` and `maxLags` are those of the ADF test of the spread. */
export interface AnalyzePairOptions<M extends HedgeMethod = HedgeMethod> extends AdfOptions {
  /** How the hedge ratio is found. */
  readonly method: M;
  /** Observations in the window of the z-score and of the correlation. */
  readonly window: number;
  /**
   * The drift and the noise of the method `'kalman'`, or `'fitted'`: those under which the history is likeliest. Unless
   * said those of Chan (2013), as in {@link MethodOptions}.
   */
  readonly kalman?: KalmanDrift | 'fitted';
  /** Raw prices unless said: a ratio in units of x for one of y. Logarithms: money in x for each unit of money in y. */
  readonly prices?: Prices;
  /** The z-score that opens a position; 2 unless said, as Gatev, Goetzmann & Rouwenhorst (2006). */
  readonly enter?: number;
  /** The z-score that closes it; 0 unless said, as there. */
  readonly exit?: number;
  /** The z-score that gives it up; never unless said. */
  readonly stop?: number;
  /** Observations after which a position is given up; never unless said. */
  readonly timeStop?: number;
}

/** A pair in figures. Columns are as long as the legs. */
export interface PairAnalysis<M extends HedgeMethod = HedgeMethod> {
  readonly method: M;
  readonly prices: Prices;
  readonly observations: number;
  readonly ratio: number;
  readonly intercept: number;
  /** All that the method says of the hedge: errors, fit, residuals. */
  readonly hedge: HedgeResults[M];
  /** y − ratio · x − intercept. */
  readonly spread: Float64Array;
  readonly zScore: Float64Array;
  /** The correlation of the legs over the window. */
  readonly correlation: Float64Array;
  /** Units of the spread held after each observation: −1, 0 or +1. */
  readonly position: Float64Array;
  /** The test of the null that the spread has a unit root, which is to say that the pair does not hold together. */
  readonly adf: Adf;
  /** Observations until a deviation has halved; Infinity where nothing pulls back. */
  readonly halfLife: number;
}

/** The fewest observations a pair can be judged by. */
const FEWEST = 10;

/**
 * A pair from prices to position: the hedge over the whole history, its spread, how far that is stretched, whether it
 * comes back, and what a mean-reversion trader would hold.
 *
 * The hedge is fitted to all the observations, so the columns show the past as it looks today; for what a trader
 * would have seen at the time, see {@link PairMonitor}.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where a price is not finite, or not positive under `prices: 'log'`, naming its index; where the legs
 *   differ in length or are too short; where a leg or the spread does not vary
 * @example
 * ```ts
 * const pair = cointegratedPair({ observations: 1000, ratio: 1.5, halfLife: 8, seed: 7 });
 * const analysis = analyzePair(pair, { method: 'ols', window: 60 });
 * analysis.ratio.toFixed(1); // → '1.5'
 * analysis.adf.pValue < 0.01; // → true
 * ```
 */
export function analyzePair<M extends HedgeMethod>(
  pair: SeriesOf<Pair>,
  options: AnalyzePairOptions<M>,
): PairAnalysis<M> {
  const names = [
    'method',
    'window',
    'prices',
    'kalman',
    'enter',
    'exit',
    'stop',
    'timeStop',
    'trend',
    'lags',
    'maxLags',
  ];
  checkOptions('analyzePair', options, names);
  const {
    method,
    window,
    prices = 'raw',
    enter = 2,
    exit = 0,
    stop,
    timeStop,
    trend,
    lags,
    maxLags,
  } = options;
  const { whole } = methodOf('analyzePair', method);
  const fitted = method === 'kalman' && options.kalman === 'fitted';
  const asked = options.kalman as KalmanDrift | undefined;
  const { kalman } = checkMethod('analyzePair', method, fitted ? {} : given({ kalman: asked }));
  checkWindow('analyzePair', 'window', window, 2);
  checkChoice('analyzePair', 'prices', prices, ['raw', 'log']);
  const rule = {
    enter,
    exit,
    ...(stop === undefined ? {} : { stop }),
    ...(timeStop === undefined ? {} : { timeStop }),
  };
  checkBands('analyzePair', rule);
  const legs = pricesOf('analyzePair', pair, prices, FEWEST);

  const hedge = whole(legs, { kalman: fitted ? 'fitted' : kalman, window });
  const spread = spreads(legs, hedge);
  if (isRounding(spread, legs, hedge)) {
    throw new DataError(
      'degenerate',
      'analyzePair: the legs lie on one line, so there is no spread to judge',
    );
  }
  const score = zScore(spread, { window });
  return {
    method,
    prices,
    observations: spread.length,
    ratio: hedge.ratio,
    intercept: hedge.intercept,
    hedge,
    spread,
    zScore: score,
    correlation: rollingCorrelation(legs, { window }),
    position: bands(score, rule),
    adf: adf(spread, given({ trend, lags, maxLags })),
    halfLife: halfLife(spread),
  };
}

/** Whether a spread is nothing but the rounding of the prices it was taken from. */
function isRounding(spread: Float64Array, { y, x }: SeriesOf<Pair>, { ratio, intercept }: Hedge): boolean {
  return spread.every((left, i) => {
    const size = Math.abs(y[i]!) + Math.abs(ratio * x[i]!) + Math.abs(intercept);
    return Math.abs(left) <= 4 * Number.EPSILON * size;
  });
}

/** The fields that are there. */
function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
}
