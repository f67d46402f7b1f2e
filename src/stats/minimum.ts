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
 * The least value of a series. NaN for an empty series or one with a NaN in it.
 *
 * @example
 * ```ts
 * minimum([3, 1, 2]); // → 1
 * ```
 */
export function minimum(series: Series): number {
  const values = toFloat64(checkSeries('minimum', 'series', series));
  let found = values[0] ?? NaN;
  for (const value of values) {
    if (Number.isNaN(value)) return NaN;
    if (value < found) found = value;
  }
  return found;
}

/**
 * The least value of the last `window` observations, live.
 *
 * @example
 * ```ts
 * const extreme = new RollingMinimum({ window: 2 });
 * extreme.push(3); // → NaN
 * extreme.push(1); // → 1
 * ```
 */
export class RollingMinimum implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly sliding: SlidingExtreme;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.sliding = new SlidingExtreme(checkLive('RollingMinimum', options), -1);
  }

  push(x: number): number {
    this.value = this.sliding.push(x);
    this.ready ||= this.sliding.count >= this.sliding.minimum;
    return this.value;
  }

  snapshot(): Snapshot {
    return saveRolling('RollingMinimum', this.sliding, this.ready);
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingMinimum {
    const { options, ready, sliding } = openRolling('RollingMinimum', snapshot);
    const revived = new RollingMinimum(options);
    revived.sliding.load(sliding);
    revived.ready = ready;
    revived.value = revived.sliding.read();
    return revived;
  }
}

/**
 * The least value of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * rollingMinimum([3, 1, 2, 2], { window: 2 }); // → [NaN, 1, 1, 2]
 * ```
 */
export function rollingMinimum(series: Series, options: RollingOptions): Float64Array {
  const checked = checkRolling('rollingMinimum', options);
  const values = toFloat64(checkSeries('rollingMinimum', 'series', series));
  const sliding = new SlidingExtreme(shortened(checked, values.length), -1);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = sliding.push(values[i]!);
  return out;
}
