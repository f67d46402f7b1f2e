import { scaleFor } from '../math/centred.js';
import { select } from '../math/order.js';
import { meanOfTwo, medianOf } from './median.js';

/** The third quartile of the standard normal: the median of |z|. */
const QUARTILE = 0.6744897501960817;

/** The largest prices held: sums of their products, y · x · x among them, stay in the range of a double. */
const MOST_Y = 2 ** 450;
const MOST_X = 2 ** 230;

/** Below this many observations the scale is always selected among all of them. */
const FEW = 1000;

/** A step of this many median distances is one of the last; where all are looked at anyway, one of so many may be. */
const SHORT = 0.01;
const NEAR = 0.1;

/**
 * A line whose residuals count in full up to a limit and not beyond it, on its way to where it is at rest. Prices are
 * held about an anchor in their midst and near 1 in size, so that squares keep their digits and their range.
 */
export class BoundedLine {
  /** In units of the held prices: v ≈ level + slope · u. */
  slope = 0;
  level = 0;
  /** How much the last step moved the line, at a typical distance from the anchor. */
  moved: number = Infinity;
  readonly v: Float64Array;
  readonly u: Float64Array;
  readonly yAnchor: number;
  readonly xAnchor: number;
  readonly yScale: number;
  readonly xScale: number;
  private readonly ySize: number;
  private readonly xSize: number;
  /** Room for as many sizes of residuals. */
  readonly distances: Float64Array;
  /** The deviation that the last step leads to, where it was one that knows; NaN otherwise. */
  expected: number = NaN;
  /** The median distance found last, and where known its slopes in `level` and `slope`: those of its one or two residuals. */
  private middle = 0;
  private middleByLevel = NaN;
  private middleBySlope = NaN;

  constructor(
    y: Float64Array,
    x: Float64Array,
    private readonly intercept: boolean,
  ) {
    const held = { y: hold(y, intercept, MOST_Y), x: hold(x, intercept, MOST_X) };
    this.v = held.y.values;
    this.yAnchor = held.y.anchor;
    this.yScale = held.y.scale;
    this.ySize = held.y.size;
    this.u = held.x.values;
    this.xAnchor = held.x.anchor;
    this.xScale = held.x.scale;
    this.xSize = held.x.size;
    this.distances = new Float64Array(y.length);
  }

  /** Starts where a line through some of the same prices ended. */
  startAt(other: BoundedLine): void {
    const { yScale, xScale, yAnchor, xAnchor } = this;
    const ratio = (other.slope * other.xScale) / other.yScale;
    const rise = other.yAnchor - yAnchor + ratio * (xAnchor - other.xAnchor);
    this.slope = (ratio * yScale) / xScale;
    this.level = this.intercept ? (rise + other.level / other.yScale) * yScale : 0;
    this.middle = (other.middle / other.yScale) * yScale;
  }

  /** What rounding alone can leave of a typical price. */
  get noise(): number {
    const y = Math.abs(this.yAnchor * this.yScale) + this.ySize;
    const x = Math.abs(this.xAnchor * this.xScale) + this.xSize;
    return 4 * Number.EPSILON * (y + Math.abs(this.slope) * x);
  }

  /** How far rounding alone can move the line. */
  get rounding(): number {
    return 2 * Number.EPSILON * (this.ySize + Math.abs(this.slope) * this.xSize);
  }

  /** How far away another line is, as `moved` counts it. */
  distanceTo(other: { readonly slope: number; readonly level: number }): number {
    return Math.abs(other.slope - this.slope) * this.xSize + Math.abs(other.level - this.level);
  }

  /** median |residual| about zero, over the normal's: the standard deviation, were the residuals normal. */
  deviation(): number {
    const { v, u, slope, level, distances } = this;
    const length = v.length;
    const upper = length >> 1;
    const lower = length % 2 === 1 ? upper : upper - 1;
    // The median is near the last one: only what lies about that has to be sorted out.
    const { middle } = this;
    const reach = length < FEW ? 0 : middle * 0.05;
    let below = 0;
    let near = 0;
    if (reach > 0) {
      for (let i = 0; i < length; i++) {
        const distance = Math.abs(v[i]! - level - slope * u[i]!);
        const ahead = distance - middle;
        distances[near] = distance;
        below += Number(ahead < -reach);
        near += Number(Math.abs(ahead) <= reach);
      }
    }
    this.middleByLevel = NaN;
    const isNear = below <= lower && upper < below + near;
    if (!isNear) {
      for (let i = 0; i < length; i++) distances[i] = Math.abs(v[i]! - level - slope * u[i]!);
      below = 0;
      near = length;
    }
    const top = select(distances, upper - below, 0, near - 1);
    let other = top;
    if (lower < upper && upper > below) {
      other = distances[0]!;
      for (let i = 1; i < upper - below; i++) if (distances[i]! > other) other = distances[i]!;
    }
    this.middle = meanOfTwo(other, top);
    if (this.moved < (isNear ? SHORT : NEAR) * this.middle) this.followMiddle(other, top);
    return this.middle / QUARTILE;
  }

  /** How the middle distances, one or two of those near, change with the line. */
  private followMiddle(other: number, top: number): void {
    const { v, u, slope, level } = this;
    let [found, byLevel, bySlope] = [0, 0, 0];
    for (let i = 0; i < v.length; i++) {
      const residual = v[i]! - level - slope * u[i]!;
      const distance = Math.abs(residual);
      if (distance !== top && distance !== other) continue;
      found++;
      byLevel -= Math.sign(residual);
      bySlope -= Math.sign(residual) * u[i]!;
    }
    this.middleByLevel = byLevel / found;
    this.middleBySlope = bySlope / found;
  }

  /** One step of weighted least squares, residuals beyond the limit weighted down to it. */
  weightedStep(limit: number): void {
    const { v, u, slope, level } = this;
    let [w, wu, wuu, wr, wur] = [0, 0, 0, 0, 0];
    for (let i = 0; i < v.length; i++) {
      const residual = v[i]! - level - slope * u[i]!;
      const distance = Math.abs(residual);
      const weight = distance > limit ? limit / distance : 1;
      const lever = weight * u[i]!;
      w += weight;
      wu += lever;
      wuu += lever * u[i]!;
      wr += weight * residual;
      wur += lever * residual;
    }
    this.step(w, wu, wuu, wr, wur);
  }

  /**
   * One step of Newton's method, exact once it is settled which residuals lie within the limit, and near the end also which
   * is the median one that the limit, `tuning` times their deviation, follows. False, and no step, where those within it
   * determine no line.
   */
  newtonStep(tuning: number, deviation: number): boolean {
    const { v, u, slope, level } = this;
    const limit = tuning * deviation;
    let [n, su, suu, g, gu, beyond, beyondU] = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < v.length; i++) {
      const lever = u[i]!;
      const residual = v[i]! - level - slope * lever;
      const above = Number(residual > limit);
      const below = Number(residual < -limit);
      const within = 1 - above - below;
      // The residual cut off at the limit on either side, without a branch.
      const side = above - below;
      const cut = within * residual + limit * side;
      beyond += side;
      beyondU += side * lever;
      n += within;
      su += within * lever;
      suu += within * lever * lever;
      g += cut;
      gu += cut * lever;
    }
    if (!this.determines(n, su, suu)) return false;
    if (this.intercept && this.middleByLevel < Infinity) {
      this.stepTogether(n, su, suu, g, gu, tuning * beyond, tuning * beyondU, deviation);
    } else this.step(n, su, suu, g, gu);
    return true;
  }

  /** The step after which the line and the deviation agree: the limit pulls by `pull` and `pullU` more for each one more of it. */
  private stepTogether(
    n: number,
    su: number,
    suu: number,
    g: number,
    gu: number,
    pull: number,
    pullU: number,
    deviation: number,
  ): void {
    const byLevel = this.middleByLevel / QUARTILE;
    const bySlope = this.middleBySlope / QUARTILE;
    const a = n - pull * byLevel;
    const b = su - pull * bySlope;
    const c = su - pullU * byLevel;
    const d = suu - pullU * bySlope;
    const determinant = a * d - b * c;
    const lift = (g * d - b * gu) / determinant;
    const rise = (a * gu - c * g) / determinant;
    if (!(determinant > 0.1 * (n * suu - su * su))) {
      this.step(n, su, suu, g, gu);
      return;
    }
    this.move(rise, lift);
    this.expected = deviation + byLevel * lift + bySlope * rise;
  }

  /** Least squares over the residuals within the limit, the others left out. False, and no step, where there is no line. */
  onlyWithin(limit: number): boolean {
    const { v, u, slope, level } = this;
    let [n, su, suu, sr, sur] = [0, 0, 0, 0, 0];
    for (let i = 0; i < v.length; i++) {
      const residual = v[i]! - level - slope * u[i]!;
      if (Math.abs(residual) > limit) continue;
      n++;
      su += u[i]!;
      suu += u[i]! * u[i]!;
      sr += residual;
      sur += residual * u[i]!;
    }
    if (!this.determines(n, su, suu)) return false;
    this.step(n, su, suu, sr, sur);
    return true;
  }

  /** The largest residual among the points that another line has within the limit. */
  largestOf(slope: number, level: number, limit: number): number {
    const { v, u } = this;
    let largest = 0;
    for (let i = 0; i < v.length; i++) {
      if (Math.abs(v[i]! - level - slope * u[i]!) > limit) continue;
      largest = Math.max(largest, Math.abs(v[i]! - this.level - this.slope * u[i]!));
    }
    return largest;
  }

  /** Whether points of these sums lie far enough apart to determine a line. */
  private determines(n: number, su: number, suu: number): boolean {
    return (this.intercept ? suu - (su / n) * su : suu) > 1e-10 * suu;
  }

  private step(w: number, wu: number, wuu: number, wr: number, wur: number): void {
    const mean = this.intercept ? wu / w : 0;
    const rise = (wur - mean * wr) / (wuu - mean * wu);
    const lift = this.intercept ? wr / w - mean * rise : 0;
    this.move(rise, lift);
  }

  private move(rise: number, lift: number): void {
    this.expected = NaN;
    this.slope += rise;
    this.level += lift;
    this.moved = Math.abs(rise) * this.xSize + Math.abs(lift);
  }
}

/**
 * A column about its anchor and near 1 in size; both from a sample of it, so that a wild price has no say, unless it
 * were to come out beyond `most`.
 */
function hold(
  column: Float64Array,
  anchored: boolean,
  most: number,
): { readonly values: Float64Array; readonly anchor: number; readonly scale: number; readonly size: number } {
  const stride = Math.ceil(column.length / 255);
  const sample = Float64Array.from(
    { length: Math.ceil(column.length / stride) },
    (_, i) => column[i * stride]!,
  );
  const anchor = anchored ? medianOf(sample) : 0;
  let size = medianOf(sample.map((value) => distance(value, anchor)));
  if (size === 0) for (const value of column) size = Math.max(size, distance(value, anchor));
  const scale = scaleFor(size);
  const values = new Float64Array(column.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = (column[i]! - anchor) * scale;
    const far = Math.abs(value);
    values[i] = value;
    if (far > largest) largest = far;
  }
  if (largest <= most) return { values, anchor, scale, size: size * scale };

  largest = 0;
  for (const value of column) largest = Math.max(largest, distance(value, anchor));
  const smaller = Math.min(scale, (scaleFor(largest) * most) / 4);
  for (let i = 0; i < values.length; i++) values[i] = (column[i]! / 2 - anchor / 2) * (2 * smaller);
  return { values, anchor, scale: smaller, size: size * smaller };
}

/** How far apart two numbers are, finite where they are. */
function distance(a: number, b: number): number {
  return Math.min(Math.abs(a - b), Number.MAX_VALUE);
}
