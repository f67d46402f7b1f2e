import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { sum } from '../math/sum.js';
import { mean } from './mean.js';
import { varianceOf } from './readings.js';
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
 * The sample variance, divisor n − 1. NaN below two observations or with a NaN among them; exactly 0 on a flat series.
 * Two passes with the correction of Chan, Golub & LeVeque (1983), eq. 1.7.
 *
 * @example
 * ```ts
 * variance([1, 2, 4.5]); // → 3.25
 * variance([60000.3, 60000.3]); // → 0
 * ```
 */
export function variance(series: Series): number {
  const n = checkSeries('variance', 'series', series).length;
  const centre = mean(series);
  const squares = new Float64Array(n);
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const distance = series[i]! - centre;
    distances[i] = distance;
    squares[i] = distance * distance;
  }
  const rest = sum(distances);
  return varianceOf(Math.max(sum(squares) - (rest * rest) / n, 0), n);
}

/**
 * The sample variance of the last `window` observations, live: never negative, exactly 0 on a flat tape.
 *
 * @example
 * ```ts
 * const spread = new RollingVariance({ window: 2 });
 * spread.push(1); // → NaN
 * spread.push(3); // → 2
 * ```
 */
export class RollingVariance implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingMoments;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingMoments(checkLive('RollingVariance', options));
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('variance');
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingVariance', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingVariance {
    const { options, ready, sliding } = openRolling('RollingVariance', snapshot);
    const revived = new RollingVariance(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.read();
    return revived;
  }
}

/**
 * The sample variance of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingVariance([1, 3, 3, 3.5], { window: 2 }); // → [NaN, 2, 0, 0.125]
 * ```
 */
export function rollingVariance(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingVariance', options);
  const xs = toFloat64(checkSeries('rollingVariance', 'series', series));
  const sliding = new SlidingMoments(shortened(checked, xs.length));
  return sliding.over(xs, 'variance');
}
