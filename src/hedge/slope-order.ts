import { Argsort } from './argsort.js';
import { Inversions } from './inversions.js';

/**
 * Points in order of x, then of y, seen along lines of one slope: two of them change places as that slope passes the
 * slope between them. So the slopes below s are the inversions of y − s · x, without looking at each pair.
 *
 * Source: Cole, Salowe, Steiger & Szemerédi (1989), "An optimal-time algorithm for slope selection", SIAM J. Comput. 18(4).
 */
export class SlopeOrder {
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** Pairs of points that differ in x. */
  readonly pairs: number;
  /** Pairs whose slope is below, and is but for rounding, the one asked for last. */
  below = 0;
  tied = 0;
  /** How many points share one y, for each y that several have; and the same of x. */
  readonly runsY: readonly number[];
  readonly runsX: readonly number[];
  /** The greatest distances to the anchors. */
  private readonly height: number;
  private readonly lever: number;
  private readonly yAnchor: number;
  private readonly xAnchor: number;
  private readonly keys: Float64Array;
  private readonly argsort: Argsort;
  private readonly inversions: Inversions;

  constructor(y: Float64Array, x: Float64Array) {
    const { length } = y;
    const argsort = new Argsort(length);
    const byY = argsort.order(y).slice();
    this.runsY = runsOf(argsort.sorted);
    const keys = new Float64Array(length);
    for (let i = 0; i < length; i++) keys[i] = x[byY[i]!]! + 0;
    const byX = argsort.order(keys);
    this.runsX = runsOf(argsort.sorted);
    this.y = new Float64Array(length);
    this.x = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      this.y[i] = y[byY[byX[i]!]!]!;
      this.x[i] = keys[byX[i]!]!;
    }
    // Prices about the middle ones lose fewer digits to the products with s.
    this.yAnchor = y[byY[length >> 1]!]!;
    this.xAnchor = this.x[length >> 1]!;
    this.height = Math.max(y[byY[length - 1]!]! - this.yAnchor, this.yAnchor - y[byY[0]!]!);
    this.lever = Math.max(this.x[length - 1]! - this.xAnchor, this.xAnchor - this.x[0]!);
    this.pairs = pairsOf(length) - this.runsX.reduce((level, run) => level + pairsOf(run), 0);
    this.keys = keys;
    this.argsort = argsort;
    this.inversions = new Inversions(y.length);
  }

  /** The slope between two points. */
  slope(i: number, j: number): number {
    return (this.y[j]! - this.y[i]!) / (this.x[j]! - this.x[i]!);
  }

  /** Counts the slopes below and at s; returns the points in the order just below it, good until the next call. */
  count(s: number): Uint32Array {
    const order = this.along(s, false);
    this.below = this.inversions.of(order);
    return order;
  }

  /** The points in the order that holds just below the slope s, or just above it; counts the ties at it. */
  along(s: number, above: boolean): Uint32Array {
    const { y, x, keys, xAnchor, yAnchor } = this;
    for (let i = 0; i < keys.length; i++) {
      keys[i] = y[i]! - yAnchor - s * (x[i]! - xAnchor) + 0;
    }
    if (Math.abs(s) === Infinity) for (let i = 0; i < keys.length; i++) keys[i] = s > 0 ? -x[i]! + 0 : x[i]!;
    const order = this.argsort.order(keys);
    this.tied = 0;
    if (Math.abs(s) === Infinity) return order;
    // No pair of keys is rounded by more than this.
    const most = 2 * Number.EPSILON * (this.height + Math.abs(s) * this.lever);
    const { sorted } = this.argsort;
    let start = 0;
    for (let end = 1; end <= order.length; end++) {
      if (end < order.length) {
        const isApart = sorted[end]! - sorted[end - 1]! > most;
        if (!isApart && this.isTie(order[end - 1]!, order[end]!, s)) continue;
      }
      if (end - start > 1) this.arrange(order, start, end, above);
      start = end;
    }
    return order;
  }

  /** Whether the keys of two points, neighbours in their order, differ by no more than their rounding. */
  private isTie(i: number, j: number, s: number): boolean {
    const { y, x, keys, xAnchor, yAnchor } = this;
    const gap = keys[j]! - keys[i]!;
    if (gap === 0) return true;
    const heights = Math.abs(y[i]! - yAnchor) + Math.abs(y[j]! - yAnchor);
    const levers = Math.abs(x[i]! - xAnchor) + Math.abs(x[j]! - xAnchor);
    return gap <= Number.EPSILON * (heights + Math.abs(s) * levers);
  }

  /** Puts points whose keys are tied in the order below s, which is their own, or above it: x falls, y rises. */
  private arrange(order: Uint32Array, start: number, end: number, above: boolean): void {
    const group = order.subarray(start, end);
    for (let i = 1; i < group.length; i++) {
      if (group[i]! > group[i - 1]!) continue;
      group.sort();
      break;
    }
    const length = end - start;
    const { x } = this;
    let level = 0;
    let run = 1;
    for (let i = 1; i <= length; i++) {
      if (i < length && x[group[i]!] === x[group[i - 1]!]) run++;
      else {
        level += (run * (run - 1)) / 2;
        if (above) group.subarray(i - run, i).reverse();
        run = 1;
      }
    }
    // Each run of one x was turned round, and now the whole is.
    if (above) group.reverse();
    this.tied += (length * (length - 1)) / 2 - level;
  }
}

function pairsOf(points: number): number {
  return (points * (points - 1)) / 2;
}

/** The lengths of runs of one value. */
function runsOf(sorted: Float64Array): number[] {
  const runs: number[] = [];
  let run = 1;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[i - 1]) run++;
    else {
      if (run > 1) runs.push(run);
      run = 1;
    }
  }
  return runs;
}
