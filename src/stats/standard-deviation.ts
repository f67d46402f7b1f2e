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
import { variance } from './variance.js';

/**
 * The sample standard deviation, divisor n − 1. NaN below two observations or with a NaN among them.
 *
 * @example
 * ```ts
 * standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]); // → 2.138089935299395
 * ```
 */
export function standardDeviation(series: Series): number {
  return Math.sqrt(variance(checkSeries('standardDeviation', 'series', series)));
}

/**
 * The sample standard deviation of the last `window` observations, live: exactly 0 on a flat tape.
 *
 * @example
 * ```ts
 * const deviation = new RollingStandardDeviation({ window: 2 });
 * deviation.push(1); // → NaN
 * deviation.push(3); // → 1.4142135623730951
 * ```
 */
export class RollingStandardDeviation implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingMoments;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingMoments(checkLive('RollingStandardDeviation', options));
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('deviation');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingStandardDeviation', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingStandardDeviation {
    const { options, ready, sliding } = openRolling('RollingStandardDeviation', snapshot);
    const revived = new RollingStandardDeviation(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * The sample standard deviation of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingStandardDeviation([1, 3, 3], { window: 2 }); // → [NaN, 1.4142135623730951, 0]
 * ```
 */
export function rollingStandardDeviation(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingStandardDeviation', options);
  const xs = toFloat64(checkSeries('rollingStandardDeviation', 'series', series));
  const sliding = new SlidingMoments(shortened(checked, xs.length));
  return sliding.over(xs, 'deviation');
}
