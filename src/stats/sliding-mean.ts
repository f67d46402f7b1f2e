import { type Json, pack, packAll, unpack, unpackAll, unpackInteger } from '../core/snapshot.js';
import type { RollingOptions } from './rolling.js';
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
  /** Observations that must be there for a reading. */
  readonly minimum: number;

  private readonly values: Float64Array;
  private tailSums: Float64Array;
  /** Room for the tail sums of a block while those of the block before are still read. */
  private spareSums: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  private turning = 1;
  private anchor = NaN;
  private headSum = 0;
  private headCount = 0;
  /** 1 / count, divided anew only when the count changes. */
  private inverse = NaN;

  constructor({ window, minimum }: Required<RollingOptions>) {
    this.window = window;
    this.minimum = minimum;
    this.values = new Float64Array(window).fill(NaN);
    this.tailSums = new Float64Array(window + 1);
    this.spareSums = new Float64Array(window + 1);
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one observation; the readings are this object's fields. */
  push(x: number): void {
    const slot = this.slot;
    this.values[slot] = x;
    const distance = x - this.anchor;
    if (distance - distance === 0) {
      this.headSum += distance;
      this.headCount++;
    }
    this.slot = slot + 1;
    if (slot + 1 >= this.turning) this.turn();
    this.measure();
  }

  /** Absorbs a whole series and reads every window. */
  over(series: Float64Array): Float64Array {
    const out = new Float64Array(series.length);
    for (let i = 0; i < out.length; ) {
      i = this.pushBlocks(series, i, out);
      if (i === out.length) break;
      this.push(series[i]!);
      out[i++] = this.read();
    }
    return out;
  }

  /**
   * Absorbs as many whole blocks as have nothing missing, by the steps of `push` without its questions, their means into
   * `means`; returns where it stopped.
   */
  private pushBlocks(series: Float64Array, from: number, means: Float64Array): number {
    const { window } = this;
    if (this.slot !== 0 || this.tailCounts[0] !== window) return from;
    const inverse = 1 / window;
    let start = from;
    for (; start + window <= series.length; start += window) {
      const tail = this.blockMeans(series, start, means);
      if (tail - tail !== 0) break; // something was missing: one at a time then
      const tails = this.spareSums;
      this.spareSums = this.tailSums;
      this.tailSums = tails;
      this.anchor = series[start + window - 1]!;
      means[start + window - 1] = this.anchor + tail * inverse;
    }
    if (start === from) return from;
    this.values.set(series.subarray(start - window, start));
    this.turning = window;
    this.headSum = this.headCount = 0;
    this.measure();
    return start;
  }

  /**
   * The means of the windows that end inside a block, its head sums going forwards, and on the way its own tail sums going
   * backwards: two sums that do not wait for each other. Returns the last tail sum; NaN where anything is missing.
   */
  private blockMeans(series: Float64Array, start: number, means: Float64Array): number {
    const { window, tailSums, spareSums, anchor } = this;
    const inverse = 1 / window;
    const last = start + window - 1;
    const next = series[last]!;
    let sum = 0;
    let tail = 0;
    let i = start;
    let slot = 1;
    // Slot 0 stands for the whole block: the tails run one step further than the heads.
    let back = window - 1;
    for (; i + 3 < last; i += 4, slot += 4, back -= 4) {
      const place = start + back;
      const sum0 = sum + (series[i]! - anchor);
      const tail0 = tail + (series[place]! - next);
      const sum1 = sum0 + (series[i + 1]! - anchor);
      const tail1 = tail0 + (series[place - 1]! - next);
      const sum2 = sum1 + (series[i + 2]! - anchor);
      const tail2 = tail1 + (series[place - 2]! - next);
      sum = sum2 + (series[i + 3]! - anchor);
      tail = tail2 + (series[place - 3]! - next);
      means[i] = anchor + (sum0 + tailSums[slot]!) * inverse;
      means[i + 1] = anchor + (sum1 + tailSums[slot + 1]!) * inverse;
      means[i + 2] = anchor + (sum2 + tailSums[slot + 2]!) * inverse;
      means[i + 3] = anchor + (sum + tailSums[slot + 3]!) * inverse;
      spareSums[back] = tail0;
      spareSums[back - 1] = tail1;
      spareSums[back - 2] = tail2;
      spareSums[back - 3] = tail;
    }
    for (; i < last; i++, slot++, back--) {
      sum += series[i]! - anchor;
      tail += series[start + back]! - next;
      means[i] = anchor + (sum + tailSums[slot]!) * inverse;
      spareSums[back] = tail;
    }
    tail += series[start]! - next;
    spareSums[0] = tail;
    return tail + (sum - sum);
  }

  /** The mean as it stands; NaN where too much is missing. */
  read(): number {
    return this.count >= this.minimum ? this.mean : NaN;
  }

  private measure(): void {
    const { slot } = this;
    const count = this.headCount + this.tailCounts[slot]!;
    if (count !== this.count) {
      this.count = count;
      this.inverse = 1 / count;
    }
    this.mean = this.anchor + (this.headSum + this.tailSums[slot]!) * this.inverse;
  }

  private turn(): void {
    const { window, slot } = this;
    if (slot === window && this.turnDense(this.values, 0)) return;
    // Still nothing to anchor at: then there is nothing to sum either, and the next observation asks again.
    if (slot < window && Number.isNaN(this.anchor) && Number.isNaN(this.values[slot - 1])) {
      this.turning = slot + 1;
      return;
    }
    const last = lastFinite(this.values, slot);
    this.anchor = last < 0 ? NaN : this.values[last]!;
    if (slot < window) this.turning = last < 0 ? slot + 1 : window;
    else {
      this.slot = 0;
      this.turning = Math.max(last + 1, 1);
    }
    this.sumUp();
  }

  /** As in {@link SlidingMoments}. */
  private turnDense(series: Float64Array, start: number): boolean {
    const { window, values, tailSums, tailCounts } = this;
    const anchor = series[start + window - 1]!;
    let sum = 0;
    let slot = window - 1;
    for (; slot > 0; slot -= 2) {
      const x1 = series[start + slot]!;
      const x0 = series[start + slot - 1]!;
      const sum1 = sum + (x1 - anchor);
      sum = sum1 + (x0 - anchor);
      values[slot] = x1;
      values[slot - 1] = x0;
      tailSums[slot] = sum1;
      tailSums[slot - 1] = sum;
    }
    if (slot === 0) {
      sum += series[start]! - anchor;
      values[0] = series[start]!;
      tailSums[0] = sum;
    }
    if (sum - sum !== 0) return false;
    if (tailCounts[0] !== window) for (let i = 0; i < window; i++) tailCounts[i] = window - i;
    this.anchor = anchor;
    this.slot = 0;
    this.turning = window;
    this.headSum = this.headCount = 0;
    return true;
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
    this.values.set(unpackAll(state['values'], this.window));
    this.slot = unpackInteger(state['slot'], 0, this.window - 1);
    this.turning = unpackInteger(state['turning'], this.slot + 1, this.window);
    this.anchor = unpack(state['anchor']);
    this.sumUp();
    this.measure();
  }
}
