import { type Json, pack, packAll, unpack, unpackAll } from '../core/snapshot.js';
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

  constructor(window: number) {
    this.window = window;
    this.ys = new Float64Array(window).fill(NaN);
    this.xs = new Float64Array(window).fill(NaN);
    this.tails = new Float64Array(STRIDE * (window + 1));
    this.tailCounts = new Int32Array(window + 1);
  }

  /** Absorbs one pair; the readings are this object's fields. */
  push(y: number, x: number): void {
    const slot = this.slot++;
    const known = Number.isFinite(y) && Number.isFinite(x);
    this.ys[slot] = known ? y : NaN;
    this.xs[slot] = known ? x : NaN;
    if (known) this.addToHead(y, x);
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

  private measure(recentred = false): void {
    const { tails } = this;
    const at = STRIDE * this.slot;
    const count = this.headCount + this.tailCounts[this.slot]!;
    const inverse = 1 / count;
    const sumX = this.headX + tails[at]!;
    const sumY = this.headY + tails[at + 1]!;
    const totalX = this.headXX + tails[at + 2]!;
    const totalY = this.headYY + tails[at + 3]!;
    const shiftX = sumX * inverse;
    const shiftY = sumY * inverse;
    const squaresX = totalX - sumX * shiftX;
    const squaresY = totalY - sumY * shiftY;
    const poor = squaresX * WORST_CANCELLATION < totalX || squaresY * WORST_CANCELLATION < totalY;
    if (poor && !recentred && this.recentred()) {
      this.measure(true);
      return;
    }
    this.count = count;
    this.meanX = this.anchorX + shiftX;
    this.meanY = this.anchorY + shiftY;
    this.squaresX = squaresX < 0 ? 0 : squaresX;
    this.squaresY = squaresY < 0 ? 0 : squaresY;
    this.products = this.headXY + tails[at + 4]! - sumX * shiftY;
  }

  /** The block has ended, or the anchor has left the window: anchor at the newest pair there is. */
  private turn(): void {
    const { window, slot } = this;
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

  save(): { [key: string]: Json } {
    const { slot, turning, anchorY, anchorX } = this;
    const [ys, xs] = [packAll(this.ys), packAll(this.xs)];
    return { ys, xs, slot, turning, anchorY: pack(anchorY), anchorX: pack(anchorX) };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.ys.set(unpackAll(state['ys']));
    this.xs.set(unpackAll(state['xs']));
    this.slot = unpack(state['slot']);
    this.turning = unpack(state['turning']);
    this.anchorY = unpack(state['anchorY']);
    this.anchorX = unpack(state['anchorX']);
    this.sumUp();
    this.measure();
  }
}
