import { select } from '../math/order.js';
import { SlopeOrder } from './slope-order.js';

/** So many slopes are held at once: it takes about as long to list 4 a point as to count once more. */
const most = (points: number): number => Math.max(4 * points, 2 ** 14);

/** How many slopes lie below a slope and how many at it. */
interface Mark {
  readonly slope: number;
  readonly below: number;
  readonly tied: number;
  /** The points in their order there, where nothing is tied. */
  readonly order?: Uint32Array;
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
  readonly points: SlopeOrder;
  private readonly marks: Mark[];
  private sample: Float64Array | null = null;
  private places: Uint32Array | null = null;
  /** Slopes of the ranks from `first` on, in no order. */
  private listed: Float64Array = new Float64Array(0);
  private first = 0;
  private state = 1;
  /** How many slopes there were between the marks at the step before. */
  private between: number = Infinity;
  /** Steps in a row that did not halve them. */
  private slow = 0;

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
    for (this.between = Infinity; ; ) {
      const place = rank - this.first;
      if (place >= 0 && place < this.listed.length) return select(this.listed, place);
      const tied = this.approach(rank, rank);
      if (tied !== undefined) return tied;
    }
  }

  /** Lists the slopes of the ranks from `first` to `last` together, where they are few: it saves time, no more. */
  prepare(first: number, last: number): void {
    if (last - first > most(this.points.y.length) / 2) return;
    this.between = Infinity;
    for (let step = 0; step < 8; step++) {
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
    this.slow = between > this.between / 2 ? this.slow + 1 : 0;
    this.between = between;
    if (between <= most(this.points.y.length)) this.list(low, high, start);
    else {
      const [p, q] = [(first - start + 0.5) / between, (last - start + 0.5) / between];
      const guess = this.slow > 2 ? NaN : this.guess(low, high, between, (p + q) / 2);
      if (guess > low.slope && guess < high.slope) this.mark(guess);
      else if (!this.narrow(low, high, p, q)) return low.slope;
    }
    return undefined;
  }

  /** A slope a share `p` of the way from mark to mark, or a little beyond what is sought where one mark is near. */
  private guess(low: Mark, high: Mark, between: number, p: number): number {
    if (low.slope > -Infinity && high.slope < Infinity && between < this.count / 8) {
      // So near each other that the slopes between are spread evenly, but for chance.
      const isNear = Math.min(p, 1 - p) * between < most(this.points.y.length) / 4;
      const chance = 4 / Math.sqrt(between);
      const share = !isNear ? p : p < 0.5 ? 2 * p + chance : 2 * p - 1 - chance;
      return low.slope + share * (high.slope - low.slope);
    }
    this.sample ??= this.drawAll();
    const { sample, count } = this;
    const target = low.below + low.tied + p * between;
    // From the nearer mark, whose rank is known, by as many slopes of the sample as there should be.
    const isLow = low.slope > -Infinity && (high.slope === Infinity || p < 0.5);
    const mark = isLow ? low : high;
    if (Math.abs(mark.slope) === Infinity) return sample[Math.floor(p * sample.length)] ?? NaN;
    const steps = ((target - mark.below) / count) * sample.length;
    const chance = 1.5 * Math.sqrt(Math.abs(steps)) + 1;
    const place = placeOf(sample, mark.slope) + steps + (isLow ? chance : -chance);
    return sample[Math.floor(place)] ?? NaN;
  }

  /** Lists the slopes between two marks: the pairs of points that change places from one to the other. */
  private list(low: Mark, high: Mark, start: number): void {
    const { points } = this;
    const between = high.below - start;
    const order = (low.order ?? points.along(low.slope, true)).slice();
    const after = high.order ?? points.along(high.slope, false);
    // The points' places at the upper mark, in their order at the lower one.
    this.places ??= new Uint32Array(order.length);
    const { places } = this;
    for (let place = 0; place < after.length; place++) places[after[place]!] = place;
    for (let i = 0; i < order.length; i++) order[i] = places[order[i]!]!;
    // Sorting them by insertion makes exactly the changes sought.
    const { y, x } = points;
    const slopes = new Float64Array(between);
    let length = 0;
    for (let i = 1; i < order.length; i++) {
      const place = order[i]!;
      if (order[i - 1]! < place) continue;
      const height = y[after[place]!]!;
      const lever = x[after[place]!]!;
      let j = i - 1;
      for (; j >= 0 && order[j]! > place; j--) {
        const other = order[j]!;
        order[j + 1] = other;
        slopes[length++] = (height - y[after[other]!]!) / (lever - x[after[other]!]!);
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
    const order = points.count(slope);
    const { below, tied } = points;
    const mark = { slope, below, tied };
    const isKept = tied === 0 && marks.length < 20;
    marks.splice(
      marks.findIndex((other) => other.slope > slope),
      0,
      isKept ? { ...mark, order: order.slice() } : mark,
    );
  }

  /** Slopes of pairs drawn from all, in order. */
  private drawAll(): Float64Array {
    const { points } = this;
    const slopes = new Float64Array(Math.min(4096, points.y.length));
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

/** How many of the sorted values are below one. */
function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
