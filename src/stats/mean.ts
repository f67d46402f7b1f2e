import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { sum } from '../math/sum.js';
import {
  checkLive,
  checkRolling,
  openRolling,
  type RollingOptions,
  saveRolling,
  shortened,
} from './rolling.js';
import { SlidingMean } from './sliding-mean.js';

/**
 * The arithmetic mean, from the exact sum. NaN for an empty series or one with a NaN in it.
 *
 * @example
 * ```ts
 * mean([1, 2, 4.5]); // → 2.5
 * mean([]); // → NaN
 * ```
 */
export function mean(series: Series): number {
  return sum(checkSeries('mean', 'series', series)) / series.length;
}

/**
 * The mean of the last `window` observations, live.
 *
 * @example
 * ```ts
 * const average = new RollingMean({ window: 2 });
 * average.push(1); // → NaN
 * average.push(2); // → 1.5
 * ```
 */
export class RollingMean implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingMean;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingMean(checkLive('RollingMean', options));
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read();
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingMean', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingMean {
    const { options, ready, sliding } = openRolling('RollingMean', snapshot);
    const revived = new RollingMean(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * The mean of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingMean([1, 2, 3, 5], { window: 2 }); // → [NaN, 1.5, 2.5, 4]
 * ```
 */
export function rollingMean(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingMean', options);
  const xs = toFloat64(checkSeries('rollingMean', 'series', series));
  const sliding = new SlidingMean(shortened(checked, xs.length));
  return sliding.over(xs);
}
