import { type Json, packAll, unpackAll, unpackInteger } from '../core/snapshot.js';
import { between } from '../math/quantile.js';
import type { RollingOptions } from './rolling.js';

/** The last `window` observations, kept in order of size: any quantile of them in no time, a step in one short move. */
export class SlidingRanks {
  /** Observations in the window that are not missing. */
  count: number = 0;
  readonly window: number;
  readonly minimum: number;

  /** A ring, NaN where something is missing. */
  private readonly values: Float64Array;
  /** The first `count` are those of the ring that are not missing, ascending. */
  private readonly sorted: Float64Array;
  private slot = 0;

  constructor({ window, minimum }: Required<RollingOptions>) {
    this.window = window;
    this.minimum = minimum;
    this.values = new Float64Array(window).fill(NaN);
    this.sorted = new Float64Array(window);
  }

  push(x: number): void {
    const value = x - x === 0 ? x : NaN;
    const { sorted, slot } = this;
    const leaving = this.values[slot]!;
    if (leaving - leaving === 0) {
      sorted.copyWithin(this.placeOf(leaving), this.placeOf(leaving) + 1, this.count);
      this.count--;
    }
    if (value - value === 0) {
      const place = this.placeOf(value);
      sorted.copyWithin(place + 1, place, this.count);
      sorted[place] = value;
      this.count++;
    }
    this.values[slot] = value;
    this.slot = slot + 1 === this.window ? 0 : slot + 1;
  }

  /** Hyndman & Fan (1996), type 7; NaN where too much is missing. */
  quantile(probability: number): number {
    const { count, sorted } = this;
    if (count < this.minimum || count === 0) return NaN;
    const place = (count - 1) * probability;
    const k = Math.floor(place);
    return place === k ? sorted[k]! : between(sorted[k]!, sorted[k + 1]!, place - k);
  }

  /** How many come before `value`: what is below it, and −0 before 0. */
  private placeOf(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    if (Object.is(value, 0)) while (low < this.count && Object.is(this.sorted[low], -0)) low++;
    return low;
  }

  save(): { [key: string]: Json } {
    return { values: packAll(this.values), slot: this.slot };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.values.set(unpackAll(state['values'], this.window));
    this.slot = unpackInteger(state['slot'], 0, this.window - 1);
    const known = this.values.filter((value) => value - value === 0).sort();
    this.sorted.set(known);
    this.count = known.length;
  }
}
