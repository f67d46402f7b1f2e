import { checkSameLength } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { coMoments } from './co-moments.js';
import { varianceOf } from './readings.js';
import {
  checkLive,
  checkRolling,
  openRolling,
  type RollingOptions,
  saveRolling,
  shortened,
} from './rolling.js';
import { SlidingCoMoments } from './sliding-co-moments.js';

/**
 * The sample covariance of two legs, divisor n − 1. NaN below two observations or with a NaN among them.
 *
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * covariance({ y: [2, 4, 7], x: [1, 2, 3] }); // → 2.5
 * ```
 */
export function covariance(pair: SeriesOf<Pair>): number {
  const { count, products } = coMoments('covariance', pair);
  return varianceOf(products, count);
}

/**
 * The sample covariance of the last `window` pairs, live.
 *
 * @example
 * ```ts
 * const joint = new RollingCovariance({ window: 2 });
 * joint.push({ y: 1, x: 1 }); // → NaN
 * joint.push({ y: 3, x: 2 }); // → 1
 * ```
 */
export class RollingCovariance implements Estimator<Pair, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingCoMoments;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingCoMoments(checkLive('RollingCovariance', options));
  }

  push({ y, x }: Pair): number {
    this.sliding.push(y, x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('covariance');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingCovariance', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingCovariance {
    const { options, ready, sliding } = openRolling('RollingCovariance', snapshot);
    const revived = new RollingCovariance(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * The sample covariance of each window of pairs: same length out, NaN until `minimum` pairs are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * rollingCovariance({ y: [1, 3, 3], x: [1, 2, 4] }, { window: 2 }); // → [NaN, 1, 0]
 * ```
 */
export function rollingCovariance(pair: SeriesOf<Pair>, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingCovariance', options);
  checkSameLength('rollingCovariance', { y: pair.y, x: pair.x });
  const sliding = new SlidingCoMoments(shortened(checked, pair.y.length));
  return sliding.over(toFloat64(pair.y), toFloat64(pair.x), 'covariance');
}
