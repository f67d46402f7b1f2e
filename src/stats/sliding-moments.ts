import { type Json, pack, packAll, unpack, unpackAll } from '../core/snapshot.js';

/** The anchor moves when cancellation against it would cost more than five bits. */
export const WORST_CANCELLATION = 32;

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
 * The mean and the spread of the last `window` observations: constant time an observation, no drift, nothing remembered
 * of what has left.
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
  /** Their mean; NaN while there is none. */
  mean: number = NaN;
  /** The newest observation less the mean, free of the rounding of the mean itself. */
  distance: number = NaN;
  /** The sum of squared deviations from the mean: never negative, exactly 0 on a flat window. */
  squares: number = NaN;
  readonly window: number;

  /** The last `window` observations: this block's below `slot`, those left of the block before from `slot` on. */
  private readonly values: Float64Array;
  private readonly tailSums: Float64Array;
  private readonly tailSquares: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  /** The slot at which the anchor leaves the window, or the block ends. */
  private turning = 1;
  private anchor = NaN;
  private headSum = 0;
  private headSquares = 0;
  private headCount = 0;

  constructor(window: number) {
    this.window = window;
    this.values = new Float64Array(window).fill(NaN);
    this.tailSums = new Float64Array(window + 1);
    this.tailSquares = new Float64Array(window + 1);
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one observation; the readings are this object's fields. */
  push(x: number): void {
    const value = x - x === 0 ? x : NaN;
    this.values[this.slot++] = value;
    const distance = value - this.anchor;
    if (distance - distance === 0) {
      this.headSum += distance;
      this.headSquares += distance * distance;
      this.headCount++;
    }
    if (this.slot >= this.turning) this.turn();
    this.measure(value);
  }

  /**
   * Absorbs a whole block at once where it is dense and well centred, the sums of squares into `squares` and the
   * distances of each observation from its mean into `distances`; returns false, unchanged, where it is not.
   */
  pushBlock(series: Float64Array, from: number, squares: Float64Array, distances: Float64Array): boolean {
    const { window, values, tailSums, tailSquares, anchor } = this;
    if (this.slot !== 0 || this.tailCounts[0] !== window || from + window > series.length) return false;
    const inverse = 1 / window;
    const last = window - 1;
    let sum = 0;
    let square = 0;
    for (let j = 0; j < last; j++) {
      const distance = series[from + j]! - anchor;
      sum += distance;
      square += distance * distance;
      const sums = sum + tailSums[j + 1]!;
      const total = square + tailSquares[j + 1]!;
      const shift = sums * inverse;
      const spread = total - sums * shift;
      if (!(spread * WORST_CANCELLATION >= total)) return false; // an outlying anchor, or something missing
      squares[j] = spread;
      distances[j] = distance - shift;
    }
    const end = series[from + last]!;
    if (!Number.isFinite(end)) return false;
    // The block is now the one before: sums of its tails, as in sumUp, with nothing missing.
    this.anchor = end;
    sum = square = 0;
    for (let j = last; j >= 0; j--) {
      const value = series[from + j]!;
      const distance = value - end;
      sum += distance;
      square += distance * distance;
      values[j] = value;
      tailSums[j] = sum;
      tailSquares[j] = square;
    }
    this.measure(end);
    squares[last] = this.squares;
    distances[last] = this.distance;
    return true;
  }

  private measure(x: number, recentred = false): void {
    const count = this.headCount + this.tailCounts[this.slot]!;
    const sum = this.headSum + this.tailSums[this.slot]!;
    const square = this.headSquares + this.tailSquares[this.slot]!;
    const shift = sum * (1 / count);
    const spread = square - sum * shift;
    if (spread * WORST_CANCELLATION < square && !recentred && this.recentred()) {
      this.measure(x, true);
      return;
    }
    this.count = count;
    this.mean = this.anchor + shift;
    this.distance = x - this.anchor - shift;
    this.squares = spread < 0 ? 0 : spread;
  }

  /** The block has ended, or the anchor has left the window: anchor at the newest observation there is. */
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
    this.values.set(unpackAll(state['values']));
    this.slot = unpack(state['slot']);
    this.turning = unpack(state['turning']);
    this.anchor = unpack(state['anchor']);
    this.sumUp();
    this.measure(this.slot > 0 ? this.values[this.slot - 1]! : this.values[this.window - 1]!);
  }
}
