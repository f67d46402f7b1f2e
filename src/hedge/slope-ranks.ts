import { select } from '../math/order.js';
import { SlopeOrder } from './slope-order.js';

/** So many slopes are held at once: it takes about as long to list 80 a point as to count twice more. */
const most = (points: number): number => Math.max(8 * points, Math.min(80 * points, 2 ** 18));

/** How many slopes lie below a slope and how many at it. */
interface Mark {
  readonly slope: number;
  readonly below: number;
  readonly tied: number;
}

/**
 * Slopes between all pairs of points by their rank, exactly, without holding more of them than a few for each point:
 * a sample of slopes suggests two on either side of the one sought, inversions count the ranks of these, and so on until
 * the slopes between them are few enough to be listed. The sample decides how long it takes, never what comes out.
 *
 * Source: Matoušek (1991), "Randomized optimal algorithm for slope selection", Inf. Process. Lett. 39.
 */
export class SlopeRanks {
  /** How many slopes there are. */
  readonly count: number;
  private readonly points: SlopeOrder;
  private readonly marks: Mark[];
  private sample: Float64Array | null = null;
  /** Slopes of the ranks from `first` on, in no order. */
  private listed: Float64Array = new Float64Array(0);
  private first = 0;
  private state = 1;

  constructor(y: Float64Array, x: Float64Array) {
    this.points = new SlopeOrder(y, x);
    this.count = this.points.pairs;
    this.marks = [
      { slope: -Infinity, below: 0, tied: 0 },
      { slope: Infinity, below: this.count, tied: 0 },
    ];
  }

  /** The slope with `rank` others before it; `rank` is trusted to be from 0 to `count` − 1. */
  at(rank: number): number {
    for (;;) {
      const place = rank - this.first;
      if (place >= 0 && place < this.listed.length) return select(this.listed, place);
      const tied = this.approach(rank, rank);
      if (tied !== undefined) return tied;
    }
  }

  /** Lists the slopes of the ranks from `first` to `last` together, where they are few: it saves time, no more. */
  prepare(first: number, last: number): void {
    if (last - first > most(this.points.y.length) / 2) return;
    for (let step = 0; step < 4; step++) {
      if (last < this.first + this.listed.length || this.approach(first, last) !== undefined) return;
    }
  }

  /** One step nearer to listing the slopes of the ranks from `first` to `last`, or the slope that the first is tied at. */
  private approach(first: number, last: number): number | undefined {
    const low = this.marks.filter((mark) => mark.below <= first).at(-1)!;
    const start = low.below + low.tied;
    if (first < start) return low.slope;
    const high = this.marks.find((mark) => mark.below > last)!;
    const between = high.below - start;
    if (between <= most(this.points.y.length)) this.list(low, high, start);
    else if (!this.narrow(low, high, (first - start + 0.5) / between, (last - start + 0.5) / between)) {
      return low.slope;
    }
    return undefined;
  }

  /** Lists the slopes between two marks: the pairs of points that change places from one to the other. */
  private list(low: Mark, high: Mark, start: number): void {
    const { points } = this;
    const between = high.below - start;
    const order = points.along(low.slope, true).slice();
    const after = points.along(high.slope, false);
    // Points by their place at the upper mark, and these places in their order at the lower one.
    const y = new Float64Array(order.length);
    const x = new Float64Array(order.length);
    const places = new Uint32Array(order.length);
    for (let place = 0; place < after.length; place++) {
      const point = after[place]!;
      y[place] = points.y[point]!;
      x[place] = points.x[point]!;
      places[point] = place;
    }
    for (let i = 0; i < order.length; i++) order[i] = places[order[i]!]!;
    // Sorting them by insertion makes exactly the changes sought.
    const slopes = new Float64Array(between);
    let length = 0;
    for (let i = 1; i < order.length; i++) {
      const place = order[i]!;
      const height = y[place]!;
      const lever = x[place]!;
      let j = i - 1;
      for (; j >= 0 && order[j]! > place; j--) {
        const other = order[j]!;
        order[j + 1] = other;
        slopes[length++] = (height - y[other]!) / (lever - x[other]!);
      }
      order[j + 1] = place;
    }
    // Where rounding hid a pair at the upper mark, that is where its slope is.
    this.listed = slopes.fill(high.slope, length);
    this.first = start;
  }

  /** Marks a slope on either side of those sought, which lie from a share `p` to `q` of the way; false where none is. */
  private narrow(low: Mark, high: Mark, p: number, q: number): boolean {
    this.sample ??= this.drawAll();
    let inside: Float64Array = this.sample.filter((slope) => slope > low.slope && slope < high.slope);
    if (inside.length < 32) inside = this.drawBetween(low, high);
    const { length } = inside;
    if (length === 0) return false;
    // A sample's rank strays by √(m p (1 − p)).
    const left = Math.floor(length * p - 1.5 * Math.sqrt(length * p * (1 - p)) - 0.5);
    const right = Math.ceil(length * q + 1.5 * Math.sqrt(length * q * (1 - q)) + 0.5);
    if (left < 0 && right >= length) this.mark(inside[length >> 1]!);
    if (left >= 0) this.mark(inside[left]!);
    if (right < length && !(left >= 0 && inside[right] === inside[left])) this.mark(inside[right]!);
    return true;
  }

  private mark(slope: number): void {
    const { points, marks } = this;
    points.count(slope);
    const { below, tied } = points;
    marks.splice(
      marks.findIndex((mark) => mark.slope > slope),
      0,
      { slope, below, tied },
    );
  }

  /** Slopes of pairs drawn from all, in order. */
  private drawAll(): Float64Array {
    const { points } = this;
    const slopes = new Float64Array(Math.min(10_000, points.y.length));
    let drawn = 0;
    for (let i = 0; i < slopes.length; i++) {
      const slope = points.slope(this.draw(), this.draw());
      if (Number.isFinite(slope)) slopes[drawn++] = slope;
    }
    return slopes.subarray(0, drawn).sort();
  }

  /** Slopes between two marks, of points drawn from all to every other point, in order. */
  private drawBetween(low: Mark, high: Mark): Float64Array {
    const { points } = this;
    const slopes: number[] = [];
    for (let draw = 0; draw < 64 && slopes.length < 500; draw++) {
      const point = this.draw();
      for (let other = 0; other < points.y.length; other++) {
        const slope = points.slope(point, other);
        if (slope > low.slope && slope < high.slope) slopes.push(slope);
      }
    }
    return Float64Array.from(slopes).sort();
  }

  /** A point at random, well enough for a sample that only sets the pace. Numerical Recipes (1992), section 7.1. */
  private draw(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * this.points.y.length);
  }
}
