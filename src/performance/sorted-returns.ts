import { type Json, packAll, unpackAll } from '../core/snapshot.js';
import { between } from '../math/quantile.js';

/** All returns so far in order, for quantiles. Adding one moves those above it: fast to a hundred thousand. */
export class SortedReturns {
  private values: Float64Array = new Float64Array(16);
  private count = 0;

  add(r: number): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(2 * this.count);
      grown.set(this.values);
      this.values = grown;
    }
    const { values } = this;
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! <= r) low = middle + 1;
      else high = middle;
    }
    values.copyWithin(low + 1, low, this.count++);
    values[low] = r;
  }

  /** The type 7 quantile; NaN where there are none. */
  quantile(p: number): number {
    if (this.count === 0) return NaN;
    const place = (this.count - 1) * p;
    const k = Math.floor(place);
    return place === k ? this.values[k]! : between(this.values[k]!, this.values[k + 1]!, place - k);
  }

  save(): Json {
    return packAll(this.values.subarray(0, this.count));
  }

  load(state: Json | undefined): void {
    this.values = unpackAll(state);
    this.count = this.values.length;
    if (this.count === 0) this.values = new Float64Array(16);
  }
}
