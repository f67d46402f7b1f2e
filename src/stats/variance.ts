import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { sum } from '../math/sum.js';
import { mean } from './mean.js';
import { checkRolling, openRolling, type RollingOptions, saveRolling } from './rolling.js';
import { SlidingMoments } from './sliding-moments.js';

/** The sample variance (divisor n − 1) of `count` observations from their sum of squared deviations. */
export function varianceOf(squares: number, count: number): number {
  return count > 1 ? squares / (count - 1) : NaN;
}

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
  private readonly minimum: number;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    const { window, minimum } = checkRolling('RollingVariance', options);
    this.sliding = new SlidingMoments(window);
    this.minimum = minimum;
  }

  push(x: number): number {
    this.sliding.push(x);
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    const enough = sliding.count >= this.minimum;
    this.ready ||= enough;
    this.value = enough ? varianceOf(sliding.squares, sliding.count) : NaN;
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingVariance', this.sliding, this.minimum, this.ready);
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
  const { window, minimum } = checkRolling('rollingVariance', options);
  const xs = toFloat64(checkSeries('rollingVariance', 'series', series));
  const sliding = new SlidingMoments(window);
  const squares = new Float64Array(window);
  const distances = new Float64Array(window);
  const out = new Float64Array(xs.length);
  for (let i = 0; i < xs.length; ) {
    if (sliding.pushBlock(xs, i, squares, distances)) {
      for (let j = 0; j < window; j++, i++) out[i] = varianceOf(squares[j]!, window);
    } else {
      sliding.push(xs[i]!);
      out[i++] = sliding.count >= minimum ? varianceOf(sliding.squares, sliding.count) : NaN;
    }
  }
  return out;
}
