import { checkBetween, checkOptions, checkSeries, checkWindow } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpack, unpackPart } from '../core/snapshot.js';
import { checkRolling, type RollingOptions, shortened } from './rolling.js';
import { SlidingRanks } from './sliding-ranks.js';

/** How far a rolling quantile looks back, and which one it is. */
export interface RollingQuantileOptions extends RollingOptions {
  /** The share of the window below the quantile, from 0 to 1. */
  readonly probability: number;
}

function checkQuantile(who: string, options: RollingQuantileOptions): Required<RollingQuantileOptions> {
  checkOptions(who, options, ['window', 'minimum', 'probability']);
  const { probability, ...rolling } = options;
  checkBetween(who, 'probability', probability, 0, 1);
  return { ...checkRolling(who, rolling), probability };
}

/**
 * Any quantile of the last `window` observations, live: Hyndman & Fan (1996), type 7.
 *
 * @example
 * ```ts
 * const upper = new RollingQuantile({ window: 3, probability: 0.75 });
 * [4, 1, 3, 2].map((x) => upper.push(x)); // → [NaN, NaN, 3.5, 2.5]
 * ```
 */
export class RollingQuantile implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly ranks: SlidingRanks;
  private readonly probability: number;

  /** @throws OptionError where the window is not a positive integer or the probability not from 0 to 1 */
  constructor(options: RollingQuantileOptions) {
    const checked = checkQuantile('RollingQuantile', options);
    checkWindow('RollingQuantile', 'window', checked.window);
    this.ranks = new SlidingRanks(checked);
    this.probability = checked.probability;
  }

  push(x: number): number {
    this.ranks.push(x);
    return this.read();
  }

  private read(): number {
    this.ready ||= this.ranks.count >= this.ranks.minimum;
    this.value = this.ranks.quantile(this.probability);
    return this.value;
  }

  snapshot(): Snapshot {
    const { ranks, probability, ready } = this;
    const { window, minimum } = ranks;
    return {
      kind: 'RollingQuantile',
      version: 1,
      state: { window, minimum, probability, ready, sliding: ranks.save() },
    };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingQuantile {
    const { window, minimum, probability, ready, sliding } = open(snapshot, 'RollingQuantile', 1);
    const options = { window: unpack(window), minimum: unpack(minimum), probability: unpack(probability) };
    const revived = new RollingQuantile(options);
    revived.ranks.load(unpackPart(sliding));
    revived.read();
    revived.ready = ready === true;
    return revived;
  }
}

/**
 * Any quantile of each window: same length out, NaN until `minimum` observations are there. Hyndman & Fan (1996), type 7.
 *
 * @throws OptionError where the window is not a positive integer or the probability not from 0 to 1
 * @example
 * ```ts
 * rollingQuantile([4, 1, 3, 2], { window: 3, probability: 0.75 }); // → [NaN, NaN, 3.5, 2.5]
 * ```
 */
export function rollingQuantile(series: Series, options: RollingQuantileOptions): Float64Array {
  const checked = checkQuantile('rollingQuantile', options);
  const values = toFloat64(checkSeries('rollingQuantile', 'series', series));
  const ranks = new SlidingRanks(shortened(checked, values.length));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    ranks.push(values[i]!);
    out[i] = ranks.quantile(checked.probability);
  }
  return out;
}
