// Every exported class that streams, one line each: the laws of test/every run over this list, and fail when one is missing.

import type {
  BandsOptions,
  Detector,
  Estimator,
  InformationBarsOptions,
  PairMonitorOptions,
  ResamplerOptions,
  RollingOlsOptions,
  RollingOptions,
  RollingQuantileOptions,
  Series,
  Snapshot,
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
  bands({ enter: 0.4, exit: -0.1 }),
  bands({ enter: 0.3, exit: 0, stop: 0.8 }),
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
