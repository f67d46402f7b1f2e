import { type Json, pack, packAll, unpack, unpackAll, unpackInteger } from '../core/snapshot.js';
import { type CoMoment, correlationOf, varianceOf } from './readings.js';
import type { RollingOptions } from './rolling.js';
import { centre, lastFinite, WORST_CANCELLATION } from './sliding-moments.js';

/** Sums over a tail lie side by side: x, y, x², y², xy. */
const STRIDE = 5;

/**
 * The means, spreads and common spread of the last `window` pairs: what covariance, correlation and a regression line
 * are made of. The blocks, anchors and sums of SlidingMoments, for two series at once.
 *
 * A pair of which either side is not finite is missing: it takes its place in the window and counts in nothing.
 */
export class SlidingCoMoments {
  /** Pairs in the window that are not missing. */
  count: number = 0;
  meanY: number = NaN;
  meanX: number = NaN;
  /** Sums of squared deviations of y and of x, and of their products. */
  squaresY: number = NaN;
  squaresX: number = NaN;
  products: number = NaN;
  readonly window: number;
  /** Pairs that must be there for a reading. */
  readonly minimum: number;

  /** The last `window` pairs, NaN on both sides where either is missing. */
  private readonly ys: Float64Array;
  private readonly xs: Float64Array;
  private readonly tails: Float64Array;
  private readonly tailCounts: Int32Array;
  private slot = 0;
  private turning = 1;
  private anchorY = NaN;
  private anchorX = NaN;
  private headX = 0;
  private headY = 0;
  private headXX = 0;
  private headYY = 0;
  private headXY = 0;
  private headCount = 0;
  /** 1 / count, divided anew only when the count changes. */
  private inverse = NaN;

  constructor({ window, minimum }: Required<RollingOptions>) {
    this.window = window;
    this.minimum = minimum;
    this.ys = new Float64Array(window).fill(NaN);
    this.xs = new Float64Array(window).fill(NaN);
    this.tails = new Float64Array(STRIDE * (window + 1));
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one pair; the readings are this object's fields. */
  push(y: number, x: number): void {
    const slot = this.slot++;
    if (y - y === 0 && x - x === 0) {
      this.ys[slot] = y;
      this.xs[slot] = x;
      this.addToHead(y, x);
    } else {
      this.ys[slot] = NaN;
      this.xs[slot] = NaN;
    }
    if (this.slot >= this.turning) this.turn();
    this.measure();
  }

  private addToHead(y: number, x: number): void {
    const dy = y - this.anchorY;
    const dx = x - this.anchorX;
    this.headX += dx;
    this.headY += dy;
    this.headXX += dx * dx;
    this.headYY += dy * dy;
    this.headXY += dx * dy;
    this.headCount++;
  }

  /** Absorbs two whole series of one length and reads every window. */
  over(ys: Float64Array, xs: Float64Array, moment: CoMoment): Float64Array {
    const out = new Float64Array(xs.length);
    for (let i = 0; i < out.length; ) {
      i = this.pushBlocks(ys, xs, i, moment, out);
      if (i === out.length) break;
      this.push(ys[i]!, xs[i]!);
      out[i++] = this.read(moment);
    }
    return out;
  }

  /** What is asked of the window as it stands; NaN where too much is missing. */
  read(moment: CoMoment): number {
    if (this.count < this.minimum) return NaN;
    return moment === 'covariance'
      ? varianceOf(this.products, this.count)
      : correlationOf(this.products, this.squaresY, this.squaresX);
  }

  /** As in {@link SlidingMoments}. */
  private pushBlocks(
    ys: Float64Array,
    xs: Float64Array,
    from: number,
    moment: CoMoment,
    out: Float64Array,
  ): number {
    const { window } = this;
    if (this.slot !== 0) return from;
    let start = from;
    for (let end = from + window; this.tailCounts[0] === window && end <= xs.length; end += window) {
      if (!this.pushBlock(ys, xs, start, moment, out)) break;
      const isDense = this.turnDense(ys, xs, start);
      start = end;
      // To move an outlying anchor takes the pairs themselves; otherwise the last block's are enough.
      if (!isDense || this.isPoor()) this.hold(ys, xs, end);
      if (!isDense) {
        this.slot = window;
        this.turn();
      }
      this.measure();
      out[end - 1] = this.read(moment);
    }
    if (start > from) this.hold(ys, xs, start);
    return start;
  }

  private hold(ys: Float64Array, xs: Float64Array, end: number): void {
    this.ys.set(ys.subarray(end - this.window, end));
    this.xs.set(xs.subarray(end - this.window, end));
  }

  /** Whether cancellation against an anchor costs too much in the block that has just ended. */
  private isPoor(): boolean {
    const { tails, window } = this;
    const inverse = 1 / window;
    const [sumX, sumY, totalX, totalY] = [tails[0]!, tails[1]!, tails[2]!, tails[3]!];
    const squaresX = totalX - sumX * (sumX * inverse);
    const squaresY = totalY - sumY * (sumY * inverse);
    return squaresX * WORST_CANCELLATION < totalX || squaresY * WORST_CANCELLATION < totalY;
  }

  /** The windows that end inside a block; false where an anchor is an outlier or something is missing. */
  private pushBlock(
    ys: Float64Array,
    xs: Float64Array,
    start: number,
    moment: CoMoment,
    out: Float64Array,
  ): boolean {
    const { window, tails, anchorY, anchorX } = this;
    const isCovariance = moment === 'covariance';
    const inverse = 1 / window;
    const last = start + window - 1;
    let headX = 0;
    let headY = 0;
    let headXX = 0;
    let headYY = 0;
    let headXY = 0;
    // Numbers rather than names of constants: those are read anew in every round.
    for (let i = start, at = 5; i < last; i++, at += 5) {
      const dy = ys[i]! - anchorY;
      const dx = xs[i]! - anchorX;
      headX += dx;
      headY += dy;
      headXX += dx * dx;
      headYY += dy * dy;
      headXY += dx * dy;
      const sumX = headX + tails[at]!;
      const sumY = headY + tails[at + 1]!;
      const totalX = headXX + tails[at + 2]!;
      const totalY = headYY + tails[at + 3]!;
      const shiftY = sumY * inverse;
      const squaresX = totalX - sumX * (sumX * inverse);
      const squaresY = totalY - sumY * shiftY;
      if (!(squaresX * 16 >= totalX && squaresY * 16 >= totalY)) return false;
      const products = headXY + tails[at + 4]! - sumX * shiftY;
      out[i] = isCovariance ? varianceOf(products, window) : correlationOf(products, squaresY, squaresX);
    }
    return Number.isFinite(ys[last]) && Number.isFinite(xs[last]);
  }

  private measure(): void {
    const { tails, slot } = this;
    const at = STRIDE * slot;
    const count = this.headCount + this.tailCounts[slot]!;
    if (count !== this.count) {
      this.count = count;
      this.inverse = 1 / count;
    }
    const { inverse } = this;
    const sumX = this.headX + tails[at]!;
    const sumY = this.headY + tails[at + 1]!;
    const totalX = this.headXX + tails[at + 2]!;
    const totalY = this.headYY + tails[at + 3]!;
    const shiftX = sumX * inverse;
    const shiftY = sumY * inverse;
    const squaresX = totalX - sumX * shiftX;
    const squaresY = totalY - sumY * shiftY;
    const poor = squaresX * WORST_CANCELLATION < totalX || squaresY * WORST_CANCELLATION < totalY;
    if (poor && this.recentred()) {
      this.measure();
      return;
    }
    this.meanX = this.anchorX + shiftX;
    this.meanY = this.anchorY + shiftY;
    this.squaresX = squaresX < 0 ? 0 : squaresX;
    this.squaresY = squaresY < 0 ? 0 : squaresY;
    this.products = this.headXY + tails[at + 4]! - sumX * shiftY;
  }

  /** The block has ended, or the anchor has left the window: anchor at the newest pair there is. */
  private turn(): void {
    const { window, slot } = this;
    if (slot === window && this.turnDense(this.ys, this.xs, 0)) return;
    // Still nothing to anchor at: then there is nothing to sum either, and the next observation asks again.
    if (slot < window && Number.isNaN(this.anchorX) && Number.isNaN(this.xs[slot - 1])) {
      this.turning = slot + 1;
      return;
    }
    const last = lastFinite(this.xs, slot);
    this.anchorX = last < 0 ? NaN : this.xs[last]!;
    this.anchorY = last < 0 ? NaN : this.ys[last]!;
    if (slot < window) this.turning = last < 0 ? slot + 1 : window;
    else {
      this.slot = 0;
      this.turning = Math.max(last + 1, 1);
    }
    this.sumUp();
  }

  /** As in {@link SlidingMoments}. */
  private turnDense(ys: Float64Array, xs: Float64Array, start: number): boolean {
    const { window, tails, tailCounts } = this;
    const last = start + window - 1;
    const anchorY = ys[last]!;
    const anchorX = xs[last]!;
    let sumX = 0;
    let sumY = 0;
    let totalX = 0;
    let totalY = 0;
    let totalXY = 0;
    for (let i = last, at = 5 * (window - 1); i >= start; i--, at -= 5) {
      const dy = ys[i]! - anchorY;
      const dx = xs[i]! - anchorX;
      sumX += dx;
      sumY += dy;
      totalX += dx * dx;
      totalY += dy * dy;
      totalXY += dx * dy;
      tails[at] = sumX;
      tails[at + 1] = sumY;
      tails[at + 2] = totalX;
      tails[at + 3] = totalY;
      tails[at + 4] = totalXY;
    }
    if (totalX - totalX !== 0 || totalY - totalY !== 0) return false;
    if (tailCounts[0] !== window) for (let i = 0; i < window; i++) tailCounts[i] = window - i;
    this.anchorY = anchorY;
    this.anchorX = anchorX;
    this.slot = 0;
    this.turning = window;
    this.clearHead();
    return true;
  }

  /** Moves the anchors to the means; false when they stand there already. */
  private recentred(): boolean {
    const y = centre(this.ys);
    const x = centre(this.xs);
    if ((y === this.anchorY && x === this.anchorX) || !Number.isFinite(y) || !Number.isFinite(x))
      return false;
    this.anchorY = y;
    this.anchorX = x;
    this.turning = this.window;
    this.sumUp();
    return true;
  }

  private sumUp(): void {
    const { window, slot, ys, xs, tails, tailCounts } = this;
    this.clearHead();
    for (let i = window - 1; i >= slot; i--) {
      if (!Number.isNaN(xs[i])) this.addToHead(ys[i]!, xs[i]!);
      tails[STRIDE * i] = this.headX;
      tails[STRIDE * i + 1] = this.headY;
      tails[STRIDE * i + 2] = this.headXX;
      tails[STRIDE * i + 3] = this.headYY;
      tails[STRIDE * i + 4] = this.headXY;
      tailCounts[i] = this.headCount;
    }
    this.clearHead();
    for (let i = 0; i < slot; i++) if (!Number.isNaN(xs[i])) this.addToHead(ys[i]!, xs[i]!);
  }

  private clearHead(): void {
    this.headX = this.headY = this.headXX = this.headYY = this.headXY = 0;
    this.headCount = 0;
  }

  /** What a line through the pairs of the window leaves of their y, squared and summed: as many steps as pairs. */
  residualSquares({ ratio, intercept }: { readonly ratio: number; readonly intercept: number }): number {
    // About the means, unless the line goes through the origin.
    const throughMeans = intercept !== 0;
    const [aboutY, aboutX] = throughMeans ? [this.meanY, this.meanX] : [0, 0];
    let squares = 0;
    for (let i = 0; i < this.window; i++) {
      if (Number.isNaN(this.xs[i])) continue;
      const left = this.ys[i]! - aboutY - ratio * (this.xs[i]! - aboutX);
      squares += left * left;
    }
    return squares;
  }

  save(): { [key: string]: Json } {
    const { slot, turning, anchorY, anchorX } = this;
    const [ys, xs] = [packAll(this.ys), packAll(this.xs)];
    return { ys, xs, slot, turning, anchorY: pack(anchorY), anchorX: pack(anchorX) };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.ys.set(unpackAll(state['ys'], this.window));
    this.xs.set(unpackAll(state['xs'], this.window));
    this.slot = unpackInteger(state['slot'], 0, this.window - 1);
    this.turning = unpackInteger(state['turning'], this.slot + 1, this.window);
    this.anchorY = unpack(state['anchorY']);
    this.anchorX = unpack(state['anchorX']);
    this.sumUp();
    this.measure();
  }
}
