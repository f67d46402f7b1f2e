import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import {
  checkLive,
  checkRolling,
  openRolling,
  type RollingOptions,
  saveRolling,
  shortened,
} from './rolling.js';
import { SlidingMoments } from './sliding-moments.js';

/**
 * How many standard deviations the newest observation sits from the mean of its window, live.
 *
 * @example
 * ```ts
 * const score = new ZScore({ window: 3 });
 * score.push(1); // → NaN
 * score.push(2); // → NaN
 * score.push(3); // → 1
 * ```
 */
export class ZScore implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingMoments;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingMoments(checkLive('ZScore', options));
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('score');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('ZScore', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): ZScore {
    const { options, ready, sliding } = openRolling('ZScore', snapshot);
    const revived = new ZScore(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * How many sample standard deviations each observation sits from the mean of its window, itself included.
 * NaN until `minimum` observations are there, and on a flat window.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * zScore([1, 2, 3, 3, 3], { window: 3 }); // → [NaN, NaN, 1, 0.5773502691896258, NaN]
 * ```
 */
export function zScore(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('zScore', options);
  const xs = toFloat64(checkSeries('zScore', 'series', series));
  const sliding = new SlidingMoments(shortened(checked, xs.length));
  return sliding.over(xs, 'score');
}
