import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { quantile } from '../math/quantile.js';
import {
  checkLive,
  checkRolling,
  openRolling,
  type RollingOptions,
  saveRolling,
  shortened,
} from './rolling.js';
import { SlidingRanks } from './sliding-ranks.js';

/**
 * The middle value: as many below as above, the mean of the two middle ones of an even count. NaN for an empty series or
 * one with a NaN in it. By selection, not by sorting.
 *
 * @example
 * ```ts
 * median([5, 1, 2]); // → 2
 * median([5, 1, 2, 4]); // → 3
 * ```
 */
export function median(series: Series): number {
  return quantile(checkSeries('median', 'series', series), 0.5);
}

/**
 * The median of the last `window` observations, live.
 *
 * @example
 * ```ts
 * const middle = new RollingMedian({ window: 3 });
 * [4, 1, 3, 2].map((x) => middle.push(x)); // → [NaN, NaN, 3, 2]
 * ```
 */
export class RollingMedian implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly ranks: SlidingRanks;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.ranks = new SlidingRanks(checkLive('RollingMedian', options));
  }

  push(x: number): number {
    this.ranks.push(x);
    return this.read();
  }

  private read(): number {
    this.ready ||= this.ranks.count >= this.ranks.minimum;
    this.value = this.ranks.quantile(0.5);
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingMedian', this.ranks, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingMedian {
    const { options, ready, sliding } = openRolling('RollingMedian', snapshot);
    const revived = new RollingMedian(options);
    revived.ranks.load(sliding);
    revived.read();
    revived.ready = ready;
    return revived;
  }
}

/**
 * The median of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingMedian([4, 1, 3, 2], { window: 3 }); // → [NaN, NaN, 3, 2]
 * ```
 */
export function rollingMedian(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingMedian', options);
  const values = toFloat64(checkSeries('rollingMedian', 'series', series));
  const ranks = new SlidingRanks(shortened(checked, values.length));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    ranks.push(values[i]!);
    out[i] = ranks.quantile(0.5);
  }
  return out;
}
