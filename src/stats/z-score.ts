import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { checkRolling, openRolling, type RollingOptions, saveRolling } from './rolling.js';
import { SlidingMoments } from './sliding-moments.js';
import { varianceOf } from './variance.js';

/** Standard deviations from the mean; NaN on a flat window, where there is nothing to measure by. */
function scoreOf(distance: number, squares: number, count: number): number {
  const deviation = Math.sqrt(varianceOf(squares, count));
  return deviation > 0 ? distance / deviation : NaN;
}

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
  private readonly minimum: number;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    const { window, minimum } = checkRolling('ZScore', options);
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
    this.value = enough ? scoreOf(sliding.distance, sliding.squares, sliding.count) : NaN;
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('ZScore', this.sliding, this.minimum, this.ready);
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
  const { window, minimum } = checkRolling('zScore', options);
  const xs = toFloat64(checkSeries('zScore', 'series', series));
  const sliding = new SlidingMoments(window);
  const squares = new Float64Array(window);
  const distances = new Float64Array(window);
  const out = new Float64Array(xs.length);
  for (let i = 0; i < xs.length; ) {
    if (sliding.pushBlock(xs, i, squares, distances)) {
      for (let j = 0; j < window; j++, i++) out[i] = scoreOf(distances[j]!, squares[j]!, window);
    } else {
      sliding.push(xs[i]!);
      out[i++] = sliding.count >= minimum ? scoreOf(sliding.distance, sliding.squares, sliding.count) : NaN;
    }
  }
  return out;
}
