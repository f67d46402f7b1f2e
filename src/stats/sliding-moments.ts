import { type Json, pack, packAll, unpack, unpackAll, unpackInteger } from '../core/snapshot.js';
import { type Moment, momentOf } from './readings.js';
import type { RollingOptions } from './rolling.js';

/** The anchor moves when cancellation against it would cost more than four bits. */
export const WORST_CANCELLATION = 16;

/** The greatest index below `end` of a finite value, or -1. */
export function lastFinite(values: Float64Array, end: number): number {
  let i = end - 1;
  while (i >= 0 && !Number.isFinite(values[i])) i--;
  return i;
}

/** The mean of the finite values, in two passes; the value itself where they are all one. */
export function centre(values: Float64Array): number {
  const first = values[lastFinite(values, values.length)] ?? NaN;
  let mean = first;
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0;
    let count = 0;
    for (const value of values) {
      const distance = value - mean;
      if (distance - distance !== 0) continue;
      sum += distance;
      count++;
    }
    mean += sum / count;
  }
  return mean;
}

/**
 * The spread of the last `window` observations: constant time an observation, no drift, nothing remembered of what has
 * left.
 *
 * The stream is cut into blocks of `window`, aligned to its start. While a block fills, every window is a tail of the
 * block before and a head of this one: suffix sums of the former, made once when it ended, plus prefix sums of the
 * latter. Nothing is ever subtracted from a running total, so an outlier that has left leaves no trace. Sums are of
 * distances to an anchor, the last observation of the block before, which is in every window it serves. Where it
 * turns out to be an outlier itself, the mean of the window takes its place and the sums are made anew.
 *
 * An observation that is not finite is missing: it takes its place in the window and counts in nothing.
 */
export class SlidingMoments {
  /** Observations in the window that are not missing. */
  count: number = 0;
  /** The newest observation less the mean, free of the rounding of the mean itself. */
  distance: number = NaN;
  /** The sum of squared deviations from the mean: never negative, exactly 0 on a flat window. */
  squares: number = NaN;
  readonly window: number;
  /** Observations that must be there for a reading. */
  readonly minimum: number;

  /** The last `window` observations: this block's below `slot`, those left of the block before from `slot` on. */
  private readonly values: Float64Array;
  private tailSums: Float64Array;
  private tailSquares: Float64Array;
  /** Room for the sums of a block's tails while those of the block before are still read. */
  private spareSums: Float64Array;
  private spareSquares: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  /** The slot at which the anchor leaves the window, or the block ends. */
  private turning = 1;
  private anchor = NaN;
  private headSum = 0;
  private headSquares = 0;
  private headCount = 0;
  /** 1 / count and 1 / (count − 1), divided anew only when the count changes. */
  private inverse = NaN;
  private share = NaN;

  constructor({ window, minimum }: Required<RollingOptions>) {
    this.window = window;
    this.minimum = minimum;
    this.values = new Float64Array(window).fill(NaN);
    this.tailSums = new Float64Array(window + 1);
    this.tailSquares = new Float64Array(window + 1);
    this.spareSums = new Float64Array(window + 1);
    this.spareSquares = new Float64Array(window + 1);
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one observation; the readings are this object's fields. */
  push(x: number): void {
    const slot = this.slot;
    this.values[slot] = x;
    const distance = x - this.anchor;
    if (distance - distance === 0) {
      this.headSum += distance;
      this.headSquares += distance * distance;
      this.headCount++;
    }
    this.slot = slot + 1;
    if (slot + 1 >= this.turning) this.turn();
    this.measure(x);
  }

  /** Absorbs a whole series and reads every window. */
  over(series: Float64Array, moment: Moment): Float64Array {
    const out = new Float64Array(series.length);
    for (let i = 0; i < out.length; ) {
      i = this.pushBlocks(series, i, moment, out);
      if (i === out.length) break;
      this.push(series[i]!);
      out[i++] = this.read(moment);
    }
    return out;
  }

  /**
   * Absorbs as many whole blocks as are dense and well centred, by the steps of `push` without its questions, writes
   * what is asked of each window to `out`, and returns where it stopped.
   */
  private pushBlocks(series: Float64Array, from: number, moment: Moment, out: Float64Array): number {
    const { window } = this;
    if (this.slot !== 0 || this.tailCounts[0] !== window) return from;
    const inverse = 1 / window;
    const share = 1 / (window - 1);
    let start = from;
    for (; start + window <= series.length; start += window) {
      if (!this.pushBlock(series, start, moment, out)) break;
      const { spareSums, spareSquares } = this;
      const sum = spareSums[0]!;
      const square = spareSquares[0]!;
      const shift = sum * inverse;
      const squares = square - sum * shift;
      if (!(squares * WORST_CANCELLATION >= square)) break;
      this.spareSums = this.tailSums;
      this.spareSquares = this.tailSquares;
      this.tailSums = spareSums;
      this.tailSquares = spareSquares;
      this.anchor = series[start + window - 1]!;
      out[start + window - 1] = momentOf(moment, 0 - shift, squares, window, share);
    }
    if (start === from) return from;
    this.values.set(series.subarray(start - window, start));
    this.turning = window;
    this.headSum = this.headSquares = this.headCount = 0;
    this.measure(this.anchor);
    return start;
  }

  /**
   * What is asked of the windows that end inside a block, its head sums going forwards, and on the way the sums of its own
   * tails going backwards: sums that do not wait for each other. False where the anchor is an outlier or something is missing.
   */
  private pushBlock(series: Float64Array, start: number, moment: Moment, out: Float64Array): boolean {
    const { window, tailSums, tailSquares, spareSums, spareSquares, anchor } = this;
    const worst = WORST_CANCELLATION; // a local is a constant to the engine, in bundles too
    const inverse = 1 / window;
    const share = 1 / (window - 1);
    const next = series[start + window - 1]!;
    let sum = 0;
    let square = 0;
    let tail = 0;
    let tailSquare = 0;
    let back = window - 1;
    for (let slot = 1; slot < window; slot++, back--) {
      const i = start + slot - 1;
      const distance = series[i]! - anchor;
      const behind = series[start + back]! - next;
      sum += distance;
      tail += behind;
      square += distance * distance;
      tailSquare += behind * behind;
      spareSums[back] = tail;
      spareSquares[back] = tailSquare;
      const sums = sum + tailSums[slot]!;
      const total = square + tailSquares[slot]!;
      const shift = sums * inverse;
      const squares = total - sums * shift;
      if (!(squares * worst >= total)) return false;
      out[i] = momentOf(moment, distance - shift, squares, window, share);
    }
    const behind = series[start]! - next;
    tail += behind;
    tailSquare += behind * behind;
    spareSums[0] = tail;
    spareSquares[0] = tailSquare;
    return tailSquare - tailSquare === 0;
  }

  /** What is asked of the window as it stands; NaN where too much is missing. */
  read(moment: Moment): number {
    if (this.count < this.minimum) return NaN;
    return momentOf(moment, this.distance, this.squares, this.count, this.share);
  }

  private measure(x: number): void {
    const { slot } = this;
    const count = this.headCount + this.tailCounts[slot]!;
    if (count !== this.count) {
      this.count = count;
      this.inverse = 1 / count;
      this.share = 1 / (count - 1);
    }
    const sum = this.headSum + this.tailSums[slot]!;
    const square = this.headSquares + this.tailSquares[slot]!;
    const shift = sum * this.inverse;
    const squares = square - sum * shift;
    if (squares * WORST_CANCELLATION < square && this.recentred()) {
      this.measure(x);
      return;
    }
    this.distance = x - this.anchor - shift;
    this.squares = squares < 0 ? 0 : squares;
  }

  /** The block has ended, or the anchor has left the window: anchor at the newest observation there is. */
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

  /**
   * The block has ended with nothing missing in it: the sums of its tails, two observations at a time. The block is in
   * `series` from `start` on. False, after taking in the values alone, where something is missing.
   */
  private turnDense(series: Float64Array, start: number): boolean {
    const { window, values, tailSums, tailSquares, tailCounts } = this;
    const anchor = series[start + window - 1]!;
    let sum = 0;
    let square = 0;
    let slot = window - 1;
    for (; slot > 0; slot -= 2) {
      const x1 = series[start + slot]!;
      const x0 = series[start + slot - 1]!;
      const distance1 = x1 - anchor;
      const distance0 = x0 - anchor;
      const sum1 = sum + distance1;
      const square1 = square + distance1 * distance1;
      sum = sum1 + distance0;
      square = square1 + distance0 * distance0;
      values[slot] = x1;
      values[slot - 1] = x0;
      tailSums[slot] = sum1;
      tailSums[slot - 1] = sum;
      tailSquares[slot] = square1;
      tailSquares[slot - 1] = square;
    }
    if (slot === 0) {
      const distance = series[start]! - anchor;
      sum += distance;
      square += distance * distance;
      values[0] = series[start]!;
      tailSums[0] = sum;
      tailSquares[0] = square;
    }
    if (square - square !== 0) return false;
    if (tailCounts[0] !== window) for (let i = 0; i < window; i++) tailCounts[i] = window - i;
    this.anchor = anchor;
    this.slot = 0;
    this.turning = window;
    this.headSum = this.headSquares = this.headCount = 0;
    return true;
  }

  /** Moves the anchor to the mean; false when it stands there already. */
  private recentred(): boolean {
    const anchor = centre(this.values);
    if (anchor === this.anchor || !Number.isFinite(anchor)) return false;
    this.anchor = anchor;
    this.turning = this.window;
    this.sumUp();
    return true;
  }

  private sumUp(): void {
    const { window, slot, values, anchor, tailSums, tailSquares, tailCounts } = this;
    let sum = 0;
    let square = 0;
    let count = 0;
    for (let i = window - 1; i >= slot; i--) {
      const distance = values[i]! - anchor;
      if (distance - distance === 0) {
        sum += distance;
        square += distance * distance;
        count++;
      }
      tailSums[i] = sum;
      tailSquares[i] = square;
      tailCounts[i] = count;
    }
    sum = square = count = 0;
    for (let i = 0; i < slot; i++) {
      const distance = values[i]! - anchor;
      if (distance - distance === 0) {
        sum += distance;
        square += distance * distance;
        count++;
      }
    }
    this.headSum = sum;
    this.headSquares = square;
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
    this.measure(this.slot > 0 ? this.values[this.slot - 1]! : this.values[this.window - 1]!);
  }
}
