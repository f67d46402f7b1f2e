import { type Json, pack, packAll, unpack, unpackAll, unpackInteger } from '../core/snapshot.js';
import type { RollingOptions } from './rolling.js';
import {
  kurtosisOf,
  LEAST_FOURTH,
  MOST_FOURTH,
  powersOfScaled,
  type Shape,
  shapeOf,
  skewnessOf,
} from './shape.js';
import { centre, lastFinite } from './sliding-moments.js';

/** Sums over a tail lie side by side: of distances, their squares, cubes and fourth powers. */
const STRIDE = 4;

/** The anchor moves when it is farther from the mean than √3 deviations: third and fourth powers then lose two bits more. */
const WORST_CANCELLATION = 4;

/** The power of two that brings the widest distance from a point to about 1. */
function unitOf(values: Float64Array, point: number): number {
  let widest = 0;
  for (const value of values) {
    const distance = Math.abs(value - point);
    if (distance > widest) widest = distance;
  }
  return 2 ** -Math.min(Math.max(Math.floor(Math.log2(widest)), -1000), 1000);
}

/**
 * The lopsidedness and the tails of the last `window` observations: the blocks and anchors of SlidingMoments with the
 * third and fourth powers beside the squares. Constant time an observation, no drift, nothing remembered of what has
 * left. The anchor is the mean of the block before, for powers of outlying distances cancel badly.
 *
 * An observation that is not finite is missing: it takes its place in the window and counts in nothing.
 */
export class SlidingShape {
  /** Observations in the window that are not missing. */
  count: number = 0;
  readonly window: number;
  /** Observations that must be there for a reading. */
  readonly minimum: number;

  /** The last `window` observations, NaN where one is missing: this block's below `slot`, older ones from there on. */
  private readonly values: Float64Array;
  private readonly tails: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  private anchor = NaN;
  /** A power of two that distances are multiplied by: 1, but where fourth powers would leave the range of a double. */
  private unit = 1;
  private head1 = 0;
  private head2 = 0;
  private head3 = 0;
  private head4 = 0;
  private headCount = 0;
  /** The newest observation that is not missing, and how many in a row have been equal to it, to `window` at most. */
  private newest = NaN;
  private run = 0;

  constructor({ window, minimum }: Required<RollingOptions>) {
    this.window = window;
    this.minimum = minimum;
    this.values = new Float64Array(window).fill(NaN);
    this.tails = new Float64Array(STRIDE * (window + 1));
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one observation. */
  push(x: number): void {
    if (x - x === 0) {
      if (Number.isNaN(this.anchor)) this.anchor = x;
      this.values[this.slot] = x;
      this.addToHead(x);
      this.run = x === this.newest ? Math.min(this.run + 1, this.window) : 1;
      this.newest = x;
    } else {
      this.values[this.slot] = NaN;
    }
    if (++this.slot === this.window) {
      this.slot = 0;
      const last = lastFinite(this.values, this.window);
      const middle = centre(this.values);
      // The mean of numbers near the end of the range can be beyond it.
      if (last >= 0) this.anchor = Number.isFinite(middle) ? middle : this.values[last]!;
      this.sumUp();
    }
    this.count = this.headCount + this.tailCounts[this.slot]!;
  }

  private addToHead(x: number): void {
    const distance = (x - this.anchor) * this.unit;
    const square = distance * distance;
    this.head1 += distance;
    this.head2 += square;
    this.head3 += square * distance;
    this.head4 += square * square;
    this.headCount++;
  }

  /** What is asked of the window as it stands; NaN where too much is missing and on a flat window. */
  read(shape: Shape): number {
    const { count, tails } = this;
    if (count < this.minimum || this.run >= count) return NaN;
    const at = STRIDE * this.slot;
    const first = this.head1 + tails[at]!;
    const second = this.head2 + tails[at + 1]!;
    const third = this.head3 + tails[at + 2]!;
    const fourth = this.head4 + tails[at + 3]!;
    const shift = first / count;
    const squares = second - first * shift;
    const inRange = fourth > LEAST_FOURTH && fourth < MOST_FOURTH;
    if (!(inRange && squares * WORST_CANCELLATION >= second)) {
      return this.refitted(inRange) ? this.read(shape) : shapeOf(shape, powersOfScaled(this.known()));
    }
    return shape === 'skewness'
      ? skewnessOf(count, squares, third - shift * (3 * second - 2 * first * shift))
      : kurtosisOf(count, squares, fourth - shift * (4 * third - shift * (6 * second - 3 * first * shift)));
  }

  private known(): Float64Array {
    return this.values.filter((value) => !Number.isNaN(value));
  }

  /** Moves the anchor to the mean, and the unit to the widest distance where need be; false when both stand there. */
  private refitted(inRange: boolean): boolean {
    const anchor = centre(this.values);
    const unit = inRange ? this.unit : unitOf(this.values, anchor);
    if ((anchor === this.anchor && unit === this.unit) || !Number.isFinite(anchor)) return false;
    this.anchor = anchor;
    this.unit = unit;
    this.sumUp();
    return true;
  }

  private sumUp(): void {
    const { window, slot, values, tails, tailCounts } = this;
    this.clearHead();
    for (let i = window - 1; i >= slot; i--) {
      if (!Number.isNaN(values[i])) this.addToHead(values[i]!);
      tails[STRIDE * i] = this.head1;
      tails[STRIDE * i + 1] = this.head2;
      tails[STRIDE * i + 2] = this.head3;
      tails[STRIDE * i + 3] = this.head4;
      tailCounts[i] = this.headCount;
    }
    this.clearHead();
    for (let i = 0; i < slot; i++) if (!Number.isNaN(values[i])) this.addToHead(values[i]!);
  }

  private clearHead(): void {
    this.head1 = this.head2 = this.head3 = this.head4 = 0;
    this.headCount = 0;
  }

  save(): { [key: string]: Json } {
    const { slot, anchor, unit } = this;
    return { values: packAll(this.values), slot, anchor: pack(anchor), unit: pack(unit) };
  }

  load(state: { readonly [key: string]: Json }): void {
    const { window, values } = this;
    values.set(unpackAll(state['values'], window));
    this.slot = unpackInteger(state['slot'], 0, window - 1);
    this.anchor = unpack(state['anchor']);
    this.unit = unpack(state['unit']);
    this.sumUp();
    this.count = this.headCount + this.tailCounts[this.slot]!;
    // From the newest back.
    for (let age = 1; age <= window; age++) {
      const value = values[(this.slot - age + window) % window]!;
      if (Number.isNaN(value)) continue;
      if (this.run === 0) this.newest = value;
      if (value !== this.newest) break;
      this.run++;
    }
  }
}
