import { type Json, packAll, unpackAll, unpackInteger } from '../core/snapshot.js';
import type { RollingOptions } from './rolling.js';

/**
 * The greatest of the last `window` observations (`sign` 1), or the least (`sign` −1): constant time an observation.
 * Blocks of the window's length, the greatest of each tail of the block before, and of the head of this one.
 *
 * Source: van Herk (1992), "A fast algorithm for local minimum and maximum filters".
 */
export class SlidingExtreme {
  /** Observations in the window that are not missing. */
  count: number = 0;
  readonly window: number;
  readonly minimum: number;

  private readonly sign: 1 | -1;
  /** The last `window` observations times the sign: this block's below `slot`, those of the block before from there on. */
  private readonly values: Float64Array;
  private readonly tails: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  private head = -Infinity;
  private headCount = 0;

  constructor({ window, minimum }: Required<RollingOptions>, sign: 1 | -1) {
    this.window = window;
    this.minimum = minimum;
    this.sign = sign;
    this.values = new Float64Array(window).fill(NaN);
    this.tails = new Float64Array(window + 1).fill(-Infinity);
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one observation and returns the extreme; NaN where too much is missing. */
  push(x: number): number {
    const value = x - x === 0 ? this.sign * x : NaN;
    this.values[this.slot++] = value;
    if (value > this.head) this.head = value;
    if (value - value === 0) this.headCount++;
    if (this.slot === this.window) {
      this.slot = 0;
      this.sumUp();
    }
    return this.read();
  }

  read(): number {
    this.count = this.headCount + this.tailCounts[this.slot]!;
    if (this.count < this.minimum) return NaN;
    const tail = this.tails[this.slot]!;
    return this.sign * (this.head > tail ? this.head : tail);
  }

  private sumUp(): void {
    const { window, slot, values, tails, tailCounts } = this;
    let greatest = -Infinity;
    let count = 0;
    for (let i = window - 1; i >= slot; i--) {
      const value = values[i]!;
      if (value > greatest) greatest = value;
      if (value - value === 0) count++;
      tails[i] = greatest;
      tailCounts[i] = count;
    }
    this.head = -Infinity;
    this.headCount = 0;
    for (let i = 0; i < slot; i++) {
      const value = values[i]!;
      if (value > this.head) this.head = value;
      if (value - value === 0) this.headCount++;
    }
  }

  save(): { [key: string]: Json } {
    return { values: packAll(this.values), slot: this.slot };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.values.set(unpackAll(state['values'], this.window));
    this.slot = unpackInteger(state['slot'], 0, this.window - 1);
    this.sumUp();
  }
}
