import { checkSameLength } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { coMoments } from './co-moments.js';
import { correlationOf } from './readings.js';
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
 * Pearson's correlation of two legs, from −1 to 1. NaN where a leg is flat, has a NaN in it, or is shorter than two.
 *
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * correlation({ y: [2, 4, 6], x: [1, 2, 3] }); // → 1
 * correlation({ y: [1, 3, 2], x: [1, 2, 3] }); // → 0.5
 * ```
 */
export function correlation(pair: SeriesOf<Pair>): number {
  const { products, squaresY, squaresX } = coMoments('correlation', pair);
  return correlationOf(products, squaresY, squaresX);
}

/**
 * Pearson's correlation of the last `window` pairs, live: never beyond ±1, NaN while a side is flat.
 *
 * @example
 * ```ts
 * const together = new RollingCorrelation({ window: 2 });
 * together.push({ y: 1, x: 1 }); // → NaN
 * together.push({ y: 3, x: 2 }); // → 1
 * ```
 */
export class RollingCorrelation implements Estimator<Pair, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingCoMoments;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingCoMoments(checkLive('RollingCorrelation', options));
  }

  push({ y, x }: Pair): number {
    this.sliding.push(y, x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('correlation');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingCorrelation', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingCorrelation {
    const { options, ready, sliding } = openRolling('RollingCorrelation', snapshot);
    const revived = new RollingCorrelation(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * Pearson's correlation of each window of pairs: same length out, NaN until `minimum` pairs are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * rollingCorrelation({ y: [1, 3, 2], x: [1, 2, 3] }, { window: 3 }); // → [NaN, NaN, 0.5]
 * ```
 */
export function rollingCorrelation(pair: SeriesOf<Pair>, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingCorrelation', options);
  checkSameLength('rollingCorrelation', { y: pair.y, x: pair.x });
  const sliding = new SlidingCoMoments(shortened(checked, pair.y.length));
  return sliding.over(toFloat64(pair.y), toFloat64(pair.x), 'correlation');
}
