import { type Json, pack, packAll, unpack, unpackAll } from '../core/snapshot.js';
import { lastFinite } from './sliding-moments.js';

/**
 * The mean of the last `window` observations: the sums of {@link SlidingMoments} without the squares, and twice as fast.
 * There is no need to move an outlying anchor here: a mean cannot cancel against it.
 */
export class SlidingMean {
  /** Observations in the window that are not missing. */
  count: number = 0;
  /** Their mean; NaN while there is none. */
  mean: number = NaN;
  readonly window: number;

  private readonly values: Float64Array;
  private readonly tailSums: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  private turning = 1;
  private anchor = NaN;
  private headSum = 0;
  private headCount = 0;

  constructor(window: number) {
    this.window = window;
    this.values = new Float64Array(window).fill(NaN);
    this.tailSums = new Float64Array(window + 1);
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one observation; the readings are this object's fields. */
  push(x: number): void {
    this.values[this.slot++] = x;
    const distance = x - this.anchor;
    if (distance - distance === 0) {
      this.headSum += distance;
      this.headCount++;
    }
    if (this.slot >= this.turning) this.turn();
    this.measure();
  }

  /** Absorbs a whole block at once where nothing is missing, its means into `means`; returns false where it cannot. */
  pushBlock(series: Float64Array, from: number, means: Float64Array): boolean {
    const { window, values, tailSums, anchor } = this;
    if (this.slot !== 0 || this.tailCounts[0] !== window || from + window > series.length) return false;
    const inverse = 1 / window;
    const last = from + window - 1;
    let sum = 0;
    let i = from;
    let slot = 1;
    for (; i + 3 < last; i += 4, slot += 4) {
      const sum1 = sum + (series[i]! - anchor);
      const sum2 = sum1 + (series[i + 1]! - anchor);
      const sum3 = sum2 + (series[i + 2]! - anchor);
      sum = sum3 + (series[i + 3]! - anchor);
      means[i] = anchor + (sum1 + tailSums[slot]!) * inverse;
      means[i + 1] = anchor + (sum2 + tailSums[slot + 1]!) * inverse;
      means[i + 2] = anchor + (sum3 + tailSums[slot + 2]!) * inverse;
      means[i + 3] = anchor + (sum + tailSums[slot + 3]!) * inverse;
    }
    for (; i < last; i++, slot++) {
      sum += series[i]! - anchor;
      means[i] = anchor + (sum + tailSums[slot]!) * inverse;
    }
    sum += series[last]! - anchor;
    if (sum - sum !== 0) return false; // something was missing: one at a time then
    for (let k = 0; k < window; k++) values[k] = series[from + k]!;
    this.slot = window;
    this.turn();
    this.measure();
    means[last] = this.mean;
    return true;
  }

  private measure(): void {
    const count = this.headCount + this.tailCounts[this.slot]!;
    this.count = count;
    this.mean = this.anchor + (this.headSum + this.tailSums[this.slot]!) * (1 / count);
  }

  private turn(): void {
    const { window, slot } = this;
    const last = lastFinite(this.values, slot);
    this.anchor = last < 0 ? NaN : this.values[last]!;
    if (slot < window) this.turning = last < 0 ? slot + 1 : window;
    else {
      this.slot = 0;
      this.turning = Math.max(last + 1, 1);
    }
    this.sumUp();
  }

  private sumUp(): void {
    const { window, slot, values, anchor, tailSums, tailCounts } = this;
    let sum = 0;
    let count = 0;
    for (let i = window - 1; i >= slot; i--) {
      const distance = values[i]! - anchor;
      if (distance - distance === 0) {
        sum += distance;
        count++;
      }
      tailSums[i] = sum;
      tailCounts[i] = count;
    }
    sum = count = 0;
    for (let i = 0; i < slot; i++) {
      const distance = values[i]! - anchor;
      if (distance - distance === 0) {
        sum += distance;
        count++;
      }
    }
    this.headSum = sum;
    this.headCount = count;
  }

  save(): { [key: string]: Json } {
    const { slot, turning, anchor } = this;
    return { values: packAll(this.values), slot, turning, anchor: pack(anchor) };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.values.set(unpackAll(state['values']));
    this.slot = unpack(state['slot']);
    this.turning = unpack(state['turning']);
    this.anchor = unpack(state['anchor']);
    this.sumUp();
    this.measure();
  }
}
