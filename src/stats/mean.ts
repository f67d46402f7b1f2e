import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { sum } from '../math/sum.js';
import { checkRolling, openRolling, type RollingOptions, saveRolling } from './rolling.js';
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
  private readonly minimum: number;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    const { window, minimum } = checkRolling('RollingMean', options);
    this.sliding = new SlidingMean(window);
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
    this.value = enough ? sliding.mean : NaN;
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingMean', this.sliding, this.minimum, this.ready);
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
  const { window, minimum } = checkRolling('rollingMean', options);
  const xs = toFloat64(checkSeries('rollingMean', 'series', series));
  const sliding = new SlidingMean(window);
  const out = new Float64Array(xs.length);
  for (let i = 0; i < xs.length; ) {
    if (sliding.pushBlock(xs, i, out)) i += window;
    else {
      sliding.push(xs[i]!);
      out[i++] = sliding.count >= minimum ? sliding.mean : NaN;
    }
  }
  return out;
}
