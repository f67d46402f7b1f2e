import { type Json, packAll, unpackAll, unpackInteger } from '../core/snapshot.js';

/** The last `window` observations in order, for a statistic that must look at all of them again. */
export class Recent {
  readonly window: number;
  /** A ring, the oldest at `slot` once it is full. */
  private readonly ring: Float64Array;
  private slot = 0;
  private count = 0;

  constructor(window: number) {
    this.window = window;
    this.ring = new Float64Array(window).fill(NaN);
  }

  push(x: number): void {
    this.ring[this.slot] = x;
    this.slot = this.slot + 1 === this.window ? 0 : this.slot + 1;
    if (this.count < this.window) this.count++;
  }

  /** Whether the window is full. */
  get full(): boolean {
    return this.count === this.window;
  }

  /** The full window, the oldest first; null where it is not full, or something in it is missing. */
  whole(): Float64Array | null {
    if (!this.full || !this.ring.every(Number.isFinite)) return null;
    const values = new Float64Array(this.window);
    values.set(this.ring.subarray(this.slot));
    values.set(this.ring.subarray(0, this.slot), this.window - this.slot);
    return values;
  }

  save(): { [key: string]: Json } {
    return { values: packAll(this.ring), slot: this.slot, count: this.count };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.ring.set(unpackAll(state['values'], this.window));
    this.slot = unpackInteger(state['slot'], 0, this.window - 1);
    this.count = unpackInteger(state['count'], 0, this.window);
  }
}
