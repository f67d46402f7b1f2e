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
 * Which way a series leans: the adjusted Fisher–Pearson skewness, above 0 with a long tail of gains, below with one of losses.
 * NaN below three observations, with a NaN among them, and on a flat series.
 *
 * Source: Joanes & Gill (1998), "Comparing measures of sample skewness and kurtosis", G1; the same in pandas and Excel.
 *
 * @example
 * ```ts
 * skewness([1, 2, 3]); // → 0
 * skewness([1, 2, 6]); // → 1.457862967321305
 * ```
 */
export function skewness(series: Series): number {
  return shapeOf('skewness', powersOf(toFloat64(checkSeries('skewness', 'series', series))));
}

/**
 * The adjusted skewness of the last `window` observations, live: NaN on a flat tape.
 *
 * @example
 * ```ts
 * const lean = new RollingSkewness({ window: 3 });
 * [1, 2, 6, 10].map((x) => lean.push(x)); // → [NaN, NaN, 1.457862967321305, 0]
 * ```
 */
export class RollingSkewness implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingShape;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingShape(checkLive('RollingSkewness', options));
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('skewness');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingSkewness', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingSkewness {
    const { options, ready, sliding } = openRolling('RollingSkewness', snapshot);
    const revived = new RollingSkewness(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * The adjusted skewness of each window: same length out, NaN until `minimum` observations are there, with fewer than
 * three, and on a flat window.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingSkewness([1, 2, 6, 6, 6], { window: 3 }); // → [NaN, NaN, 1.457862967321305, -1.7320508075688772, NaN]
 * ```
 */
export function rollingSkewness(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingSkewness', options);
  const values = toFloat64(checkSeries('rollingSkewness', 'series', series));
  const sliding = new SlidingShape(shortened(checked, values.length));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    sliding.push(values[i]!);
    out[i] = sliding.read('skewness');
  }
  return out;
}
