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
import { powersOf, shapeOf } from './shape.js';
import { SlidingShape } from './sliding-shape.js';

/**
 * How heavy the tails of a series are: the excess kurtosis, 0 for a normal sample on average, above it with fat tails.
 * NaN below four observations, with a NaN among them, and on a flat series.
 *
 * Source: Joanes & Gill (1998), "Comparing measures of sample skewness and kurtosis", G2; the same in pandas and Excel.
 *
 * @example
 * ```ts
 * kurtosis([1, 2, 3, 4]); // → -1.2
 * kurtosis([0, 0, 0, 1]); // → 4
 * ```
 */
export function kurtosis(series: Series): number {
  return shapeOf('kurtosis', powersOf(toFloat64(checkSeries('kurtosis', 'series', series))));
}

/**
 * The excess kurtosis of the last `window` observations, live: NaN on a flat tape.
 *
 * @example
 * ```ts
 * const tails = new RollingKurtosis({ window: 4 });
 * [1, 2, 3, 4, 5].map((x) => tails.push(x)); // → [NaN, NaN, NaN, -1.2, -1.2]
 * ```
 */
export class RollingKurtosis implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingShape;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingShape(checkLive('RollingKurtosis', options));
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('kurtosis');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingKurtosis', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingKurtosis {
    const { options, ready, sliding } = openRolling('RollingKurtosis', snapshot);
    const revived = new RollingKurtosis(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * The excess kurtosis of each window: same length out, NaN until `minimum` observations are there, with fewer than
 * four, and on a flat window.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingKurtosis([0, 0, 0, 1, 1], { window: 4 }); // → [NaN, NaN, NaN, 4, -6]
 * ```
 */
export function rollingKurtosis(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingKurtosis', options);
  const values = toFloat64(checkSeries('rollingKurtosis', 'series', series));
  const sliding = new SlidingShape(shortened(checked, values.length));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    sliding.push(values[i]!);
    out[i] = sliding.read('kurtosis');
  }
  return out;
}
