import { checkPositive, checkRecord } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import type { Pair } from '../core/series.js';
import { open, packDeep, type Snapshot, unpack, unpackDeep, unpackPart } from '../core/snapshot.js';
import { PairMonitor, type PairMonitorOptions, type PairObservation } from './pair-monitor.js';

/** How a pair is traded. */
export interface PairStrategyOptions extends PairMonitorOptions {
  /** Money in both legs together when a position is opened. */
  readonly gross: number;
}

const FLAT: Pair = Object.freeze({ y: 0, x: 0 });

/**
 * A pair traded for mean reversion: units of y and x to hold, from prices, live. A position is sized when it is opened, by
 * the hedge of that moment, and held as it is until the score closes it: rehedging every row would trade every row.
 *
 * @example
 * ```ts
 * const strategy = new PairStrategy({ method: 'ols', window: 3, hedge: { ratio: 2, intercept: 0 }, enter: 1, gross: 80 });
 * strategy.push({ time: 0, y: 20, x: 10 }); // → { y: 0, x: 0 }
 * strategy.push({ time: 1, y: 20, x: 10 }); // → { y: 0, x: 0 }
 * strategy.push({ time: 2, y: 24, x: 8 }); // → { y: -2, x: 4 }
 * ```
 */
export class PairStrategy implements Estimator<PairObservation, Pair> {
  value: Pair = FLAT;
  private monitor: PairMonitor;
  private readonly gross: number;
  /** The side of the spread that is held. */
  private side = 0;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(private readonly options: PairStrategyOptions) {
    const { gross, ...watched } = checkRecord('PairStrategy', 'options', options);
    this.gross = checkPositive('PairStrategy', 'gross', gross);
    this.monitor = new PairMonitor(watched);
    this.options = unpackDeep(packDeep(options)) as PairStrategyOptions;
  }

  get ready(): boolean {
    return this.monitor.ready;
  }

  push(observation: PairObservation): Pair {
    const { position, ratio } = this.monitor.push(observation);
    if (position === this.side) return this.value;
    const units = position === 0 ? FLAT : this.units(position, ratio, observation);
    if (!units) return this.value;
    this.side = position;
    this.value = units;
    return units;
  }

  /** Both legs for the money; nothing where a price or the hedge is missing, to be tried again. */
  private units(position: number, ratio: number, { y, x }: PairObservation): Pair | undefined {
    // A ratio of logarithms is money in x for each unit of money in y; one of prices is units for each unit.
    const perY = this.options.prices === 'log' ? (ratio * y) / x : ratio;
    const quantity = (position * this.gross) / (Math.abs(y) + Math.abs(perY * x));
    const units = { y: quantity, x: -perY * quantity };
    return Number.isFinite(units.y) && Number.isFinite(units.x) ? units : undefined;
  }

  snapshot(): Snapshot {
    const { options, monitor, side, value } = this;
    const watched = monitor.snapshot();
    const state = { options: packDeep(options), monitor: watched.state, side, value: packDeep(value) };
    return { kind: 'PairStrategy', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): PairStrategy {
    const { options, monitor, side, value } = open(snapshot, 'PairStrategy', 1);
    const revived = new PairStrategy(unpackDeep(unpackPart(options)) as PairStrategyOptions);
    revived.monitor = PairMonitor.from({ kind: 'PairMonitor', version: 1, state: unpackPart(monitor) });
    revived.side = unpack(side);
    revived.value = unpackDeep(unpackPart(value)) as Pair;
    return revived;
  }
}
