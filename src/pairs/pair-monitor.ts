import {
  checkChoice,
  checkFinite,
  checkOptions,
  checkRecord,
  checkSameLength,
  checkWindow,
} from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import type { Pair, SeriesOf } from '../core/series.js';
import { type Json, open, packDeep, type Snapshot, unpackDeep, unpackPart } from '../core/snapshot.js';
import { type Hedge, spread } from '../hedge/hedge.js';
import { Bands, checkBands, type Position } from '../signals/bands.js';
import { RollingCorrelation } from '../stats/correlation.js';
import { ZScore } from '../stats/z-score.js';
import { checkMethod, type HedgeMethod, type MethodOptions, methodOf } from './methods.js';
import type { Prices } from './prices.js';
import { SpreadTest, type SpreadTestOptions, type SpreadVerdict } from './spread-test.js';

/** Both legs at one time. */
export interface PairObservation extends Pair {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
}

/** How a pair is watched. */
export interface PairMonitorOptions extends MethodOptions {
  /** How the hedge ratio is found. */
  readonly method: HedgeMethod;
  /** Observations in the window of the z-score and of the correlation, at most 67,108,864. */
  readonly window: number;
  /**
   * Observations in the window of the hedge; `window` unless said. `'recursive-ols'` forgets so that about as many count;
   * `'kalman'` has none.
   */
  readonly hedgeWindow?: number;
  /** A hedge found before, kept as it is; the method then has nothing to do. */
  readonly hedge?: Hedge;
  /** Raw prices unless said. */
  readonly prices?: Prices;
  /** The z-score that opens a position; 2 unless said, as Gatev, Goetzmann & Rouwenhorst (2006). */
  readonly enter?: number;
  /** The z-score that closes it; 0 unless said, as there. */
  readonly exit?: number;
  /** The z-score that gives it up; never unless said. */
  readonly stop?: number;
  /** Observations after which a position is given up; never unless said. */
  readonly timeStop?: number;
  /** Tests the last `window` spreads every so many observations; never unless said. */
  readonly test?: SpreadTestOptions;
}

/** A pair at one time. Figures are NaN until there is enough to go by. */
export interface PairReading extends PairObservation, Hedge, SpreadVerdict {
  readonly spread: number;
  readonly zScore: number;
  readonly correlation: number;
  /** Units of the spread to hold: −1, 0 or +1. */
  readonly position: Position;
}

const OPTIONS = [
  'method',
  'window',
  'hedgeWindow',
  'hedge',
  'kalman',
  'refresh',
  'prices',
  'enter',
  'exit',
  'stop',
  'timeStop',
  'test',
];

const NOTHING: PairReading = Object.freeze({
  time: NaN,
  y: NaN,
  x: NaN,
  ratio: NaN,
  intercept: NaN,
  spread: NaN,
  zScore: NaN,
  correlation: NaN,
  position: 0,
  adf: null,
  halfLife: NaN,
});

/**
 * A pair watched live, from two prices to a position: what a trader sees at the time, knowing nothing of the future.
 * Given a fixed `hedge` it shows, observation by observation, the same columns as `analyzePair` with that hedge.
 *
 * A price that is not finite, or not positive under `prices: 'log'`, makes that reading NaN and changes no position.
 *
 * @example
 * ```ts
 * const monitor = new PairMonitor({ method: 'ols', window: 3, hedge: { ratio: 2, intercept: 1 } });
 * monitor.push({ time: 0, y: 3, x: 1 }).spread; // → 0
 * monitor.push({ time: 1, y: 6, x: 2 }).spread; // → 1
 * monitor.push({ time: 2, y: 7, x: 3 }).zScore; // → -0.5773502691896258
 * ```
 */
export class PairMonitor implements Estimator<PairObservation, PairReading> {
  value: PairReading = NOTHING;
  private readonly options: PairMonitorOptions;
  private hedging: Estimator<Pair, Hedge> | null;
  private score: ZScore;
  private together: RollingCorrelation;
  private bands: Bands;
  private readonly test: SpreadTest | null;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: PairMonitorOptions) {
    checkOptions('PairMonitor', options, OPTIONS);
    const {
      method,
      window,
      hedgeWindow = window,
      hedge,
      prices = 'raw',
      enter = 2,
      exit = 0,
      stop,
      timeStop,
      test,
    } = options;
    const { live } = methodOf('PairMonitor', method);
    checkWindow('PairMonitor', 'window', window, 2);
    checkWindow('PairMonitor', 'hedgeWindow', hedgeWindow, 2);
    const methodOptions = checkMethod('PairMonitor', method, options);
    checkChoice('PairMonitor', 'prices', prices, ['raw', 'log']);
    if (hedge !== undefined) {
      if (typeof hedge !== 'object' || hedge === null) {
        throw new OptionError(`PairMonitor: hedge must be an object, received ${String(hedge)}`);
      }
      checkFinite('PairMonitor', 'hedge.ratio', hedge.ratio);
      checkFinite('PairMonitor', 'hedge.intercept', hedge.intercept);
    }
    const rule = {
      enter,
      exit,
      ...(stop === undefined ? {} : { stop }),
      ...(timeStop === undefined ? {} : { timeStop }),
    };
    checkBands('PairMonitor', rule);
    // A copy of what matters: what the caller does with his own, or what else a fitted hedge carries, is none of ours.
    const kept = hedge && { hedge: { ratio: hedge.ratio, intercept: hedge.intercept } };
    this.options = unpackDeep(packDeep({ ...options, ...kept })) as PairMonitorOptions;
    this.hedging = hedge ? null : live(hedgeWindow, methodOptions);
    this.score = new ZScore({ window });
    this.together = new RollingCorrelation({ window });
    this.bands = new Bands(rule);
    this.test = test === undefined ? null : new SpreadTest('PairMonitor', test);
  }

  get ready(): boolean {
    return this.score.ready;
  }

  push({ time, y, x }: PairObservation): PairReading {
    const legs = this.options.prices === 'log' ? { y: Math.log(y), x: Math.log(x) } : { y, x };
    const { ratio, intercept } = this.options.hedge ?? this.hedging!.push(legs);
    const now = spread(legs, { ratio, intercept });
    const zScore = this.score.push(now);
    const verdict = this.test?.push(now) ?? this.value;
    this.value = {
      time,
      y,
      x,
      ratio,
      intercept,
      spread: now,
      zScore,
      correlation: this.together.push(legs),
      position: this.bands.push(zScore),
      adf: verdict.adf,
      halfLife: verdict.halfLife,
    };
    return this.value;
  }

  snapshot(): Snapshot {
    const { options, hedging, score, together, bands, test, value } = this;
    const state = {
      options: packDeep(options),
      hedging: (hedging?.snapshot() ?? null) as Json,
      score: score.snapshot() as unknown as Json,
      together: together.snapshot() as unknown as Json,
      bands: bands.snapshot() as unknown as Json,
      test: test?.save() ?? null,
      value: packDeep(value),
    };
    return { kind: 'PairMonitor', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): PairMonitor {
    const state = open(snapshot, 'PairMonitor', 1);
    const part = (name: string): Snapshot => state[name] as unknown as Snapshot;
    const options = unpackDeep(unpackPart(state['options'])) as PairMonitorOptions;
    const revived = new PairMonitor(options);
    if (revived.hedging) revived.hedging = methodOf('PairMonitor', options.method).revive(part('hedging'));
    revived.score = ZScore.from(part('score'));
    revived.together = RollingCorrelation.from(part('together'));
    revived.bands = Bands.from(part('bands'));
    revived.test?.load(state['test']!);
    revived.value = unpackDeep(state['value']!) as PairReading;
    return revived;
  }
}

/**
 * What {@link PairMonitor} would have shown at each time: a reading an observation.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the columns differ in length
 * @example
 * ```ts
 * const legs = { time: [0, 1, 2], y: [3, 6, 7], x: [1, 2, 3] };
 * const readings = monitorPair(legs, { method: 'ols', window: 3, hedge: { ratio: 2, intercept: 1 } });
 * readings.map(({ spread }) => spread); // → [0, 1, 0]
 * ```
 */
export function monitorPair(
  observations: SeriesOf<PairObservation>,
  options: PairMonitorOptions,
): PairReading[] {
  const { time, y, x } = checkRecord('monitorPair', 'observations', observations);
  const length = checkSameLength('monitorPair', { time, y, x });
  const monitor = new PairMonitor(options);
  const readings: PairReading[] = [];
  for (let i = 0; i < length; i++) readings.push(monitor.push({ time: time[i]!, y: y[i]!, x: x[i]! }));
  return readings;
}
