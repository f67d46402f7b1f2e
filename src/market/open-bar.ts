import { type Json, pack, unpack } from '../core/snapshot.js';
import type { Bar } from './bar.js';
import type { BarTable } from './bar-columns.js';
import type { Trade } from './trade.js';

const FIELDS = [
  'open',
  'high',
  'low',
  'close',
  'earliest',
  'latest',
  'weight',
  'turnover',
  'unpriced',
  'count',
  'until',
] as const;

/** The bar that trades are still falling into. */
export class OpenBar {
  // NaN until a trade with a finite price has come.
  open: number = NaN;
  high: number = NaN;
  low: number = NaN;
  close: number = NaN;
  /** Times of the trades that gave the open and the close. */
  earliest: number = NaN;
  latest: number = NaN;
  /** Size and price × size of the trades with a finite price, summed in the order they came. */
  weight = 0;
  turnover = 0;
  /** Size of the trades without one. */
  unpriced = 0;
  count = 0;
  /** `follow` takes trades before this; none, until it is set. */
  until: number = -Infinity;

  get volume(): number {
    return this.weight + this.unpriced;
  }

  get vwap(): number {
    if (this.weight === 0) return this.close;
    const mean = this.turnover / this.weight;
    // Rounding may carry the mean past the prices it is made of.
    return mean < this.low ? this.low : mean > this.high ? this.high : mean;
  }

  /** Any trade: opening, without a price, or older than the newest. */
  add(time: number, price: number, quantity: number): void {
    const size = Math.abs(quantity);
    this.count++;
    if (!Number.isFinite(price)) {
      this.unpriced += size;
      return;
    }
    if (!(time >= this.earliest)) {
      this.open = price;
      this.earliest = time;
    }
    if (!(time < this.latest)) {
      this.close = price;
      this.latest = time;
    }
    if (!(price <= this.high)) this.high = price;
    if (!(price >= this.low)) this.low = price;
    this.weight += size;
    this.turnover += price * size;
  }

  /** The usual case of `add`: the next trade in time, before `until`, with a price. False when it is another case. */
  follow({ time, price, quantity }: Trade): boolean {
    if (!(time < this.until && time >= this.latest && price - price === 0)) return false;
    if (typeof price !== 'number' || typeof quantity !== 'number' || typeof time !== 'number') return false;
    const size = Math.abs(quantity);
    if (price > this.high) this.high = price;
    if (price < this.low) this.low = price;
    this.close = price;
    this.latest = time;
    this.count++;
    this.weight += size;
    this.turnover += price * size;
    return true;
  }

  /** The whole bar at once: trades `from` up to `to`, in order. The same sums as `add` one by one. */
  fold(prices: Float64Array, quantities: Float64Array, from: number, to: number): void {
    const open = prices[from]!;
    let high = open;
    let low = open;
    let weight = 0;
    let turnover = 0;
    let i = from;
    for (; i + 3 < to; i += 4) {
      const a = prices[i]!;
      const b = prices[i + 1]!;
      const c = prices[i + 2]!;
      const d = prices[i + 3]!;
      if (a > high || b > high || c > high || d > high) {
        if (a > high) high = a;
        if (b > high) high = b;
        if (c > high) high = c;
        if (d > high) high = d;
      }
      if (a < low || b < low || c < low || d < low) {
        if (a < low) low = a;
        if (b < low) low = b;
        if (c < low) low = c;
        if (d < low) low = d;
      }
      const sizeA = Math.abs(quantities[i]!);
      const sizeB = Math.abs(quantities[i + 1]!);
      const sizeC = Math.abs(quantities[i + 2]!);
      const sizeD = Math.abs(quantities[i + 3]!);
      weight = weight + sizeA + sizeB + sizeC + sizeD;
      turnover = turnover + a * sizeA + b * sizeB + c * sizeC + d * sizeD;
    }
    for (; i < to; i++) {
      const price = prices[i]!;
      const size = Math.abs(quantities[i]!);
      if (price > high) high = price;
      if (price < low) low = price;
      weight += size;
      turnover += price * size;
    }
    this.clear();
    // One price that is not finite leaves a turnover that is not finite: then trade by trade.
    if (turnover - turnover !== 0) {
      for (let i = from; i < to; i++) this.add(i, prices[i]!, quantities[i]!);
      return;
    }
    this.open = open;
    this.high = high;
    this.low = low;
    this.close = prices[to - 1]!;
    this.weight = weight;
    this.turnover = turnover;
    this.count = to - from;
  }

  clear(): void {
    this.open = this.high = this.low = this.close = this.earliest = this.latest = NaN;
    this.weight = this.turnover = this.unpriced = this.count = 0;
    this.until = -Infinity;
  }

  bar(time: number): Bar {
    const { open, high, low, close, volume, count, vwap } = this;
    return { time, open, high, low, close, volume, count, vwap };
  }

  appendTo(table: BarTable, time: number): void {
    table.append(time, this.open, this.high, this.low, this.close, this.volume, this.count, this.vwap);
  }

  snapshot(): { readonly [field: string]: Json } {
    return Object.fromEntries(FIELDS.map((field) => [field, pack(this[field])]));
  }

  restore(state: { readonly [field: string]: Json }): void {
    for (const field of FIELDS) this[field] = unpack(state[field]);
  }
}
