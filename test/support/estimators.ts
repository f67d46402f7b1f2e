// Every exported class that streams, one line each: the laws of test/every run over this list, and fail when one is missing.

import type {
  AlarmOptions,
  BacktestOptions,
  BandsOptions,
  Detector,
  Estimator,
  ExponentialOptions,
  InformationBarsOptions,
  MarketUpdate,
  PairMonitorOptions,
  PairStrategyOptions,
  ResamplerOptions,
  RollingAutocorrelationOptions,
  RollingLjungBoxOptions,
  RollingOlsOptions,
  RollingOptions,
  RollingPartialAutocorrelationOptions,
  RollingQuantileOptions,
  RollingQuantilesOptions,
  RollingRangeVolatilityOptions,
  Series,
  Snapshot,
  Summary,
} from 'hedgerow';
import * as hedgerow from 'hedgerow';
import type { Subject } from './laws.js';

type Live = Estimator<unknown, unknown> | Detector<unknown, unknown>;
interface LiveClass<Options> {
  new (options: Options): unknown;
  from(snapshot: Snapshot): unknown;
  readonly name: string;
}
type Legs = { readonly y: readonly number[]; readonly x: readonly number[] };
type PairRow = { readonly y: number; readonly x: number };

/** A statistic of one series over a window. */
function ofOne(
  live: LiveClass<RollingOptions>,
  whole: (series: Series, options: RollingOptions) => Float64Array,
  options: RollingOptions = { window: 10 },
): Subject {
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => Array.from(whole(observations as readonly number[], options)),
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

/** The columns of a list of pairs. */
function legs(rows: readonly unknown[]): Legs {
  return { y: rows.map((row) => (row as PairRow).y), x: rows.map((row) => (row as PairRow).x) };
}

const pairs = (y: readonly number[], x: readonly number[]): readonly PairRow[] =>
  y.map((value, i) => ({ y: value, x: x[i]! }));

/** A statistic of two legs over a window. */
function ofTwo(
  live: LiveClass<RollingOptions>,
  whole: (pair: Legs, options: RollingOptions) => Float64Array,
  options: RollingOptions = { window: 10 },
): Subject {
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations: pairs,
    whole: (observations) => Array.from(whole(legs(observations), options)),
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

function rollingQuantile(options: RollingQuantileOptions): Subject {
  return {
    name: 'RollingQuantile',
    make: () => new hedgerow.RollingQuantile(options) as Live,
    from: (snapshot) => hedgerow.RollingQuantile.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => Array.from(hedgerow.rollingQuantile(observations as readonly number[], options)),
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

function rollingQuantiles(options: RollingQuantilesOptions): Subject {
  return {
    name: 'RollingQuantiles',
    make: () => new hedgerow.RollingQuantiles(options) as Live,
    from: (snapshot) => hedgerow.RollingQuantiles.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => {
      const columns = hedgerow.rollingQuantiles(observations as readonly number[], options);
      return observations.map((_, i) => columns.map((column) => column[i]));
    },
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

function rollingAutocorrelation(options: RollingAutocorrelationOptions): Subject {
  return {
    name: 'RollingAutocorrelation',
    make: () => new hedgerow.RollingAutocorrelation(options) as Live,
    from: (snapshot) => hedgerow.RollingAutocorrelation.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) =>
      Array.from(hedgerow.rollingAutocorrelation(observations as readonly number[], options)),
    memory: options.window,
    warmUp: options.lag + (options.minimum ?? options.window - options.lag),
  };
}

function rollingPartialAutocorrelation(options: RollingPartialAutocorrelationOptions): Subject {
  return {
    name: 'RollingPartialAutocorrelation',
    make: () => new hedgerow.RollingPartialAutocorrelation(options) as Live,
    from: (snapshot) => hedgerow.RollingPartialAutocorrelation.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) =>
      Array.from(hedgerow.rollingPartialAutocorrelation(observations as readonly number[], options)),
    memory: options.window,
    warmUp: options.window,
  };
}

function rollingLjungBox(options: RollingLjungBoxOptions): Subject {
  return {
    name: 'RollingLjungBox',
    make: () => new hedgerow.RollingLjungBox(options) as Live,
    from: (snapshot) => hedgerow.RollingLjungBox.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => rowsOf(hedgerow.rollingLjungBox(observations as readonly number[], options)),
    memory: options.window,
    warmUp: options.window,
  };
}

function rollingDescribe(options: RollingOptions): Subject {
  return {
    name: 'RollingDescribe',
    make: () => new hedgerow.RollingDescribe(options) as Live,
    from: (snapshot) => hedgerow.RollingDescribe.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => rowsOf(hedgerow.rollingDescribe(observations as readonly number[], options)),
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

/** A summary in which order matters and which cannot be undone: the deepest fall and where the window began. */
const fall: Summary<readonly number[]> = {
  empty: () => [],
  add: (state, x) => fall.merge(state, [x, x, x, 0]),
  merge: (a, b) => {
    if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
    const [first, highA, lowA, fallA] = a as [number, number, number, number];
    const [, highB, lowB, fallB] = b as [number, number, number, number];
    return [first, Math.max(highA, highB), Math.min(lowA, lowB), Math.max(fallA, fallB, highA - lowB)];
  },
  read: ([first, , , deepest]) => first! + deepest!,
};

function rollingSummary(options: RollingOptions): Subject {
  return {
    name: 'Rolling',
    make: () => new hedgerow.Rolling({ ...options, summary: fall }) as Live,
    from: (snapshot) => hedgerow.Rolling.from(snapshot, fall) as Live,
    observations: (y) => y,
    whole: (observations) =>
      Array.from(hedgerow.rolling(observations as readonly number[], { ...options, summary: fall })),
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

/** An exponentially weighted statistic of one series; `least` observations before it says anything. */
function fading(
  live: LiveClass<ExponentialOptions>,
  whole: (series: Series, options: ExponentialOptions) => Float64Array,
  options: ExponentialOptions,
  least: number,
): Subject {
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => Array.from(whole(observations as readonly number[], options)),
    memory: Infinity,
    warmUp: Math.max(options.minimum ?? 1, least),
  };
}

/** An exponentially weighted statistic of two legs. */
function fadingPair(
  live: LiveClass<ExponentialOptions>,
  whole: (pair: Legs, options: ExponentialOptions) => Float64Array,
  options: ExponentialOptions,
  least: number,
): Subject {
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations: pairs,
    whole: (observations) => Array.from(whole(legs(observations), options)),
    memory: Infinity,
    warmUp: Math.max(options.minimum ?? 1, least),
  };
}

function rollingOls(options: RollingOlsOptions): Subject {
  return {
    name: 'RollingOls',
    make: () => new hedgerow.RollingOls(options) as Live,
    from: (snapshot) => hedgerow.RollingOls.from(snapshot) as Live,
    observations: pairs,
    whole: (observations) => rowsOf(hedgerow.rollingOls(legs(observations), options)),
    memory: options.window,
    warmUp: options.minimum ?? options.window,
  };
}

/** Scores around zero, missing ones included. */
function bands(options: BandsOptions): Subject {
  return {
    name: 'Bands',
    make: () => new hedgerow.Bands(options) as Live,
    from: (snapshot) => hedgerow.Bands.from(snapshot) as Live,
    observations: (y) => y.map((value) => Math.sin(value * 7)),
    whole: (observations) => Array.from(hedgerow.bands(observations as readonly number[], options)),
    memory: Infinity,
    warmUp: 1,
  };
}

/** A hedge that never forgets quite. */
function hedge<Options>(
  live: LiveClass<Options>,
  whole: (pair: Legs, options: Options) => object,
  options: Options,
  warmUp: number,
): Subject {
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations: pairs,
    whole: (observations) => {
      const columns = Object.entries(whole(legs(observations), options));
      return rowsOf(Object.fromEntries(columns.filter(([, column]) => typeof column === 'object')));
    },
    memory: Infinity,
    warmUp,
  };
}

function monitor(options: PairMonitorOptions, hedgeWarmUp = options.hedgeWindow ?? options.window): Subject {
  return {
    name: 'PairMonitor',
    make: () => new hedgerow.PairMonitor(options) as Live,
    from: (snapshot) => hedgerow.PairMonitor.from(snapshot) as Live,
    observations: (y, x) => pairs(y, x).map((pair, i) => ({ time: i * 1000, ...pair })),
    whole: (observations) => {
      const time = observations.map((observation) => (observation as { time: number }).time);
      return hedgerow.monitorPair({ time, ...legs(observations) }, options);
    },
    memory: Infinity,
    warmUp: options.window + (options.hedge ? 0 : hedgeWarmUp - 1),
  };
}

function pairStrategy(options: PairStrategyOptions): Subject {
  return {
    name: 'PairStrategy',
    make: () => new hedgerow.PairStrategy(options) as Live,
    from: (snapshot) => hedgerow.PairStrategy.from(snapshot) as Live,
    observations: (y, x) => pairs(y, x).map((pair, i) => ({ time: i * 1000, ...pair })),
    memory: Infinity,
    warmUp: options.window + (options.hedge ? 0 : (options.hedgeWindow ?? options.window) - 1),
  };
}

/** An account that holds what a rule of the row alone says. */
function account(options: BacktestOptions): Subject {
  const rule = {
    push: ({ y, x }: PairRow): hedgerow.Targets => ({ y: y > 100 ? 1 : -1, x: x > y ? 2 : NaN }),
  };
  const names = ['y', 'x'];
  return {
    name: 'Backtest',
    make: () => new hedgerow.Backtest(rule, names, options) as Live,
    from: (snapshot) => hedgerow.Backtest.from(snapshot, rule, names, options) as Live,
    observations: (y, x): MarketUpdate[] =>
      pairs(y, x).map((prices, i) => ({ time: i, prices: { ...prices } })),
    whole: (observations) => {
      const time = observations.map((observation) => (observation as MarketUpdate).time);
      const prices = legs(observations.map((observation) => (observation as MarketUpdate).prices));
      const { equity, cash, positions, fills } = hedgerow.backtest({ time, prices }, rule, options);
      return time.map((now, i) => ({
        time: now,
        equity: equity[i],
        cash: cash[i],
        positions: { y: positions.y[i], x: positions.x[i] },
        fills: fills.filter((fill) => fill.time === now),
      }));
    },
    memory: Infinity,
    warmUp: 1,
  };
}

/** Trades of two symbols in turn, one of them often silent. */
function book(options: hedgerow.PairBookOptions): Subject {
  return {
    name: 'PairBook',
    make: () => new hedgerow.PairBook(options) as Live,
    from: (snapshot) => hedgerow.PairBook.from(snapshot) as Live,
    observations: (y, x) =>
      y.flatMap((price, i) => {
        const trade = { symbol: 'ETH', time: 350 * i, price, quantity: 1 };
        return i % 4 === 3
          ? [trade]
          : [trade, { symbol: 'BTC', time: 350 * i + 50, price: x[i]!, quantity: 2 }];
      }),
    memory: Infinity,
  };
}

/** Values about a limit, at uneven times. */
function alarm(options: Omit<AlarmOptions, 'name'>): Subject {
  const given = { name: 'stretched', ...options };
  return {
    name: 'Alarm',
    make: () => new hedgerow.Alarm(given) as Live,
    from: (snapshot) => hedgerow.Alarm.from(snapshot) as Live,
    observations: (y) => y.map((value, i) => ({ time: 350 * i, value: Math.sin(value * 7) })),
    memory: Infinity,
  };
}

function watch(rules: readonly string[]): Subject {
  return {
    name: 'Watch',
    make: () => new hedgerow.Watch(rules) as Live,
    from: (snapshot) => hedgerow.Watch.from(snapshot) as Live,
    observations: (y, x) =>
      y.map((value, i) => ({
        time: 350 * i,
        key: i % 3 === 0 ? 'BTC' : 'ETH',
        metrics: { score: Math.sin(value * 7), price: x[i] },
      })),
    memory: Infinity,
  };
}

function crossing(options: hedgerow.CrossingOptions): Subject {
  return {
    name: 'Crossing',
    make: () => new hedgerow.Crossing(options) as Live,
    from: (snapshot) => hedgerow.Crossing.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => hedgerow.crossings(observations as readonly number[], options),
    memory: Infinity,
  };
}

/** Trades at uneven times, some in one millisecond, some with hostile prices. */
function resampler(options: ResamplerOptions): Subject {
  return {
    name: 'Resampler',
    make: () => new hedgerow.Resampler(options) as Live,
    from: (snapshot) => hedgerow.Resampler.from(snapshot) as Live,
    observations: (y, x) =>
      y.map((price, i) => ({ time: 350 * i + (i % 3) * 300 * (i % 5), price, quantity: Math.abs(x[i]!) })),
    memory: Infinity,
  };
}

function informationBars(options: InformationBarsOptions): Subject {
  return {
    name: 'InformationBars',
    make: () => new hedgerow.InformationBars(options) as Live,
    from: (snapshot) => hedgerow.InformationBars.from(snapshot) as Live,
    observations: (y, x) => y.map((price, i) => ({ time: 100 * i, price, quantity: Math.abs(x[i]!) })),
    memory: Infinity,
  };
}

/** Volatility from returns: the tape's numbers as they are. */
function volatility<Options>(
  live: LiveClass<Options>,
  whole: (series: Series, options: Options) => Float64Array,
  options: Options,
): Subject {
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations: (y) => y,
    whole: (observations) => Array.from(whole(observations as readonly number[], options)),
    memory: Infinity,
    warmUp: 1,
  };
}

/** Bars that open at one tape and close at the other, some of them hostile. */
function rangeVolatility(options: RollingRangeVolatilityOptions): Subject {
  interface Row {
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
  }
  return {
    name: 'RollingRangeVolatility',
    make: () => new hedgerow.RollingRangeVolatility(options) as Live,
    from: (snapshot) => hedgerow.RollingRangeVolatility.from(snapshot) as Live,
    observations: (y, x) =>
      y.map((open, i) => {
        const close = x[i]!;
        return { open, high: Math.max(open, close) * 1.01, low: Math.min(open, close) / 1.01, close };
      }),
    whole: (observations) => {
      const rows = observations as readonly Row[];
      const bars = {
        open: rows.map(({ open }) => open),
        high: rows.map(({ high }) => high),
        low: rows.map(({ low }) => low),
        close: rows.map(({ close }) => close),
      };
      return Array.from(hedgerow.rollingRangeVolatility(bars, options));
    },
    memory: options.window + Number(options.method === 'yang-zhang'),
    warmUp: options.window + Number(options.method === 'yang-zhang'),
  };
}

const finite = (x: number): boolean => Number.isFinite(x);

/** A track record: the whole-series form of every beginning, without what is missing. */
function record<Observation, Options>(
  live: LiveClass<Options>,
  whole: (observations: readonly Observation[], options: Options) => unknown,
  counts: (observation: Observation) => boolean,
  observations: Subject['observations'],
  options: Options,
): Subject {
  const unknown = (new live(options) as Estimator<unknown, unknown>).value;
  return {
    name: live.name,
    make: () => new live(options) as Live,
    from: (snapshot) => live.from(snapshot) as Live,
    observations,
    whole: (all) =>
      all.map((_, i) => {
        const seen = (all.slice(0, i + 1) as readonly Observation[]).filter(counts);
        return seen.length > 0 ? whole(seen, options) : unknown;
      }),
    memory: Infinity,
    warmUp: 1,
  };
}

/** The tapes as returns: an ordinary price is a few per cent, a hostile one stays hostile. */
const asReturns = (y: readonly number[]): readonly number[] => y.map((value) => (value - 100) / 100);

function roundTrips(): Subject {
  return {
    name: 'RoundTrips',
    make: () => new hedgerow.RoundTrips(),
    from: (snapshot) => hedgerow.RoundTrips.from(snapshot),
    observations: (y, x) =>
      y.map((price, i) => ({ time: i, price, quantity: (i % 5 < 2 ? 1 : -1) * x[i]!, fee: i / 7 })),
    whole: (all) =>
      hedgerow.roundTrips(
        (all as readonly hedgerow.TradeFill[]).filter(
          ({ price, quantity }) => finite(price) && finite(quantity) && quantity !== 0,
        ),
      ).trips,
    memory: Infinity,
  };
}

/** The rows of columns of one length. */
function rowsOf(columns: object): readonly unknown[] {
  const entries = Object.entries(columns) as [string, Float64Array][];
  return Array.from(entries[0]![1], (_, i) =>
    Object.fromEntries(entries.map(([name, column]) => [name, column[i]])),
  );
}

export const subjects: readonly Subject[] = [
  ofOne(hedgerow.RollingMean, hedgerow.rollingMean),
  ofOne(hedgerow.RollingMean, hedgerow.rollingMean, { window: 7, minimum: 3 }),
  ofOne(hedgerow.RollingVariance, hedgerow.rollingVariance),
  ofOne(hedgerow.RollingVariance, hedgerow.rollingVariance, { window: 7, minimum: 2 }),
  ofOne(hedgerow.RollingStandardDeviation, hedgerow.rollingStandardDeviation),
  ofOne(hedgerow.ZScore, hedgerow.zScore),
  ofOne(hedgerow.ZScore, hedgerow.zScore, { window: 13, minimum: 4 }),
  ofOne(hedgerow.RollingMinimum, hedgerow.rollingMinimum),
  ofOne(hedgerow.RollingMaximum, hedgerow.rollingMaximum, { window: 7, minimum: 2 }),
  ofOne(hedgerow.RollingMedian, hedgerow.rollingMedian),
  ofOne(hedgerow.RollingMedian, hedgerow.rollingMedian, { window: 9, minimum: 4 }),
  rollingQuantile({ window: 10, probability: 0.3 }),
  rollingQuantile({ window: 11, minimum: 3, probability: 0.95 }),
  ofTwo(hedgerow.RollingCovariance, hedgerow.rollingCovariance),
  ofTwo(hedgerow.RollingCorrelation, hedgerow.rollingCorrelation),
  ofTwo(hedgerow.RollingCorrelation, hedgerow.rollingCorrelation, { window: 8, minimum: 4 }),
  ofOne(hedgerow.RollingSkewness, hedgerow.rollingSkewness),
  ofOne(hedgerow.RollingSkewness, hedgerow.rollingSkewness, { window: 7, minimum: 3 }),
  ofOne(hedgerow.RollingKurtosis, hedgerow.rollingKurtosis),
  ofOne(hedgerow.RollingKurtosis, hedgerow.rollingKurtosis, { window: 9, minimum: 4 }),
  rollingQuantiles({ window: 10, probabilities: [0.9, 0, 0.25] }),
  rollingQuantiles({ window: 7, minimum: 2, probabilities: [0.5] }),
  rollingAutocorrelation({ window: 10, lag: 1 }),
  rollingAutocorrelation({ window: 10, lag: 4, minimum: 3 }),
  rollingPartialAutocorrelation({ window: 10, lag: 2 }),
  rollingPartialAutocorrelation({ window: 10, lag: 1, method: 'ols' }),
  rollingLjungBox({ window: 10, lags: 3 }),
  rollingDescribe({ window: 10 }),
  rollingDescribe({ window: 8, minimum: 3 }),
  rollingSummary({ window: 10 }),
  rollingSummary({ window: 7, minimum: 2 }),
  fading(hedgerow.ExponentialMean, hedgerow.exponentialMean, { alpha: 0.2 }, 1),
  fading(hedgerow.ExponentialMean, hedgerow.exponentialMean, { span: 9, adjust: false, minimum: 4 }, 1),
  fading(hedgerow.ExponentialVariance, hedgerow.exponentialVariance, { halfLife: 5 }, 2),
  fading(hedgerow.ExponentialVariance, hedgerow.exponentialVariance, { alpha: 0.3, adjust: false }, 2),
  fading(
    hedgerow.ExponentialStandardDeviation,
    hedgerow.exponentialStandardDeviation,
    { span: 12, bias: true },
    1,
  ),
  fadingPair(hedgerow.ExponentialCovariance, hedgerow.exponentialCovariance, { halfLife: 3 }, 2),
  fadingPair(hedgerow.ExponentialCovariance, hedgerow.exponentialCovariance, { alpha: 0.1, bias: true }, 1),
  fadingPair(hedgerow.ExponentialCorrelation, hedgerow.exponentialCorrelation, { span: 8, minimum: 5 }, 2),
  rollingOls({ window: 10 }),
  rollingOls({ window: 12, minimum: 5, intercept: false }),
  hedge(hedgerow.KalmanHedge, hedgerow.kalmanHedge, { drift: 1e-4, noise: 0.1 }, 2),
  hedge(
    hedgerow.KalmanHedge,
    hedgerow.kalmanHedge,
    {
      drift: [
        [1e-5, -1e-4],
        [-1e-4, 1e-2],
      ],
      noise: 1,
      initial: { ratio: 1, intercept: 0, covariance: 0 },
    },
    1,
  ),
  hedge(hedgerow.RecursiveOls, hedgerow.recursiveOls, { forgetting: 0.97 }, 1),
  hedge(hedgerow.RecursiveOls, hedgerow.recursiveOls, {}, 1),
  hedge(hedgerow.ExponentialOls, hedgerow.exponentialOls, { halfLife: 8 }, 2),
  volatility(hedgerow.EwmaVolatility, hedgerow.ewmaVolatility, {}),
  volatility(hedgerow.EwmaVolatility, hedgerow.ewmaVolatility, { decay: 0.8, initialVariance: 4 }),
  volatility(hedgerow.Garch, hedgerow.garchVolatility, { mean: 0.1, omega: 0.5, alpha: 0.1, beta: 0.8 }),
  rangeVolatility({ method: 'parkinson', window: 10 }),
  rangeVolatility({ method: 'garman-klass', window: 7 }),
  rangeVolatility({ method: 'rogers-satchell', window: 9 }),
  rangeVolatility({ method: 'yang-zhang', window: 10 }),
  bands({ enter: 0.4, exit: -0.1 }),
  bands({ enter: 0.3, exit: 0, stop: 0.8 }),
  bands({ enter: 0.3, exit: 0, timeStop: 3 }),
  alarm({ above: 0.5 }),
  alarm({ atMost: -0.3, clear: 0.2, held: '1s', cooldown: '3s' }),
  alarm({ below: 0, once: true }),
  watch(['score > 0.5 clear 0', 'price < 99.5 for ETH cooldown 2s', 'nothing > 1']),
  crossing({ level: 100 }),
  crossing({ level: 100.2, direction: 'down' }),
  monitor({ method: 'ols', window: 6, hedgeWindow: 9, enter: 1, test: { window: 30, every: 7, lags: 1 } }),
  monitor({
    method: 'ols',
    window: 6,
    prices: 'log',
    hedge: { ratio: 0.8, intercept: 0.5 },
    exit: 0.2,
    stop: 3,
  }),
  monitor({ method: 'huber', window: 6, hedgeWindow: 12 }),
  monitor({ method: 'theil-sen', window: 6, hedgeWindow: 12, refresh: 5 }),
  monitor({ method: 'siegel', window: 6, hedgeWindow: 9 }),
  monitor({ method: 'total-least-squares', window: 6 }),
  monitor({ method: 'kalman', window: 6 }, 2),
  monitor({ method: 'kalman', window: 6, kalman: { drift: 1e-5, noise: 0.1 } }, 2),
  monitor({ method: 'recursive-ols', window: 6 }, 1),
  book({
    every: '1s',
    pairs: [
      { y: 'ETH', x: 'BTC', method: 'ols', window: 6 },
      {
        y: 'BTC',
        x: 'ETH',
        name: 'turned',
        method: 'kalman',
        window: 5,
        test: { window: 20, every: 3, lags: 0 },
      },
    ],
    rules: ['zScore > 1 clear 0', 'adf.pValue < 0.5 for turned'],
  }),
  pairStrategy({ method: 'ols', window: 6, hedgeWindow: 9, enter: 1, gross: 1000 }),
  pairStrategy({ method: 'kalman', window: 6, hedge: { ratio: 1, intercept: 0 }, prices: 'log', gross: 10 }),
  account({ capital: 1000 }),
  account({ capital: 1e6, latency: 3, costs: { fee: 0.001, spread: 0.002, slippage: 0.0005 } }),
  record(hedgerow.Performance, hedgerow.performance, finite, asReturns, {
    periodsPerYear: 252,
    riskFreeRate: 0.03,
    threshold: 0.001,
  }),
  record(
    hedgerow.VersusBenchmark,
    (rows, options) => hedgerow.versusBenchmark(legs(rows), options),
    ({ y, x }: PairRow) => finite(y) && finite(x),
    (y, x) => pairs(asReturns(y), asReturns(x)),
    { periodsPerYear: 12, riskFreeRate: 0.01 },
  ),
  {
    name: 'Drawdown',
    make: () => new hedgerow.Drawdown(),
    from: (snapshot) => hedgerow.Drawdown.from(snapshot),
    observations: asReturns,
    whole: (observations) => Array.from(hedgerow.drawdown(observations as readonly number[])),
    memory: Infinity,
    warmUp: 1,
  },
  {
    name: 'Drawdowns',
    make: () => new hedgerow.Drawdowns(),
    from: (snapshot) => hedgerow.Drawdowns.from(snapshot),
    observations: (y) => asReturns(y).filter(finite),
    whole: (observations) =>
      hedgerow.drawdowns(observations as readonly number[]).filter(({ end }) => finite(end)),
    memory: Infinity,
  },
  roundTrips(),
  {
    name: 'Participation',
    make: () => new hedgerow.Participation({ quantity: -700, rate: 0.2, lot: 0.1 }),
    from: (snapshot) => hedgerow.Participation.from(snapshot),
    observations: (y) => y,
    whole: (volumes) =>
      Array.from(
        hedgerow.participation(
          (volumes as readonly number[]).map((volume) => (volume > 0 && finite(volume) ? volume : 0)),
          { quantity: -700, rate: 0.2, lot: 0.1 },
        ),
      ),
    memory: Infinity,
    warmUp: 1,
  },
  resampler({ every: '1s' }),
  resampler({ every: '700ms', gaps: 'flat' }),
  resampler({ every: '1s', lateness: '2s' }),
  informationBars({ by: 'tick', size: 7 }),
  informationBars({ by: 'volume', size: 1000 }),
  informationBars({ by: 'dollar', size: 50_000 }),
];
