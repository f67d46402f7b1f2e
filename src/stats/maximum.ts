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
import { SlidingExtreme } from './sliding-extreme.js';

/**
 * The greatest value of a series. NaN for an empty series or one with a NaN in it.
 *
 * @example
 * ```ts
 * maximum([3, 1, 2]); // → 3
 * ```
 */
export function maximum(series: Series): number {
  const values = toFloat64(checkSeries('maximum', 'series', series));
  let found = values[0] ?? NaN;
  for (const value of values) {
    if (Number.isNaN(value)) return NaN;
    if (value > found) found = value;
  }
  return found;
}

/**
 * The greatest value of the last `window` observations, live.
 *
 * @example
 * ```ts
 * const extreme = new RollingMaximum({ window: 2 });
 * extreme.push(3); // → NaN
 * extreme.push(1); // → 3
 * ```
 */
export class RollingMaximum implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingExtreme;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingExtreme(checkLive('RollingMaximum', options), 1);
  }

  push(x: number): number {
    this.value = this.sliding.push(x);
    this.ready ||= this.sliding.count >= this.sliding.minimum;
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingMaximum', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingMaximum {
    const { options, ready, sliding } = openRolling('RollingMaximum', snapshot);
    const revived = new RollingMaximum(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.value = revived.sliding.read();
    return revived;
  }
}

/**
 * The greatest value of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingMaximum([3, 1, 2, 2], { window: 2 }); // → [NaN, 3, 2, 2]
 * ```
 */
export function rollingMaximum(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingMaximum', options);
  const values = toFloat64(checkSeries('rollingMaximum', 'series', series));
  const sliding = new SlidingExtreme(shortened(checked, values.length), 1);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = sliding.push(values[i]!);
  return out;
}
