import { type Json, pack, unpack, unpackPart } from '../core/snapshot.js';
import { type Factors, isCommon, LineFilter, type LinePrior } from './line-filter.js';

/** What is known of a line after each of many pairs. */
export interface LineColumns {
  readonly ratio: Float64Array;
  readonly intercept: Float64Array;
  readonly ratioError: Float64Array;
  readonly interceptError: Float64Array;
  readonly innovation: Float64Array;
  readonly innovationDeviation: Float64Array;
}

const EMPTY: Float64Array = new Float64Array(0);

/** Where only the end is of interest. */
const NONE: LineColumns = {
  ratio: EMPTY,
  intercept: EMPTY,
  ratioError: EMPTY,
  interceptError: EMPTY,
  innovation: EMPTY,
  innovationDeviation: EMPTY,
};

/**
 * A line that drifts between pairs: the steps of {@link LineFilter}, drift and pair at once. The factors after the next drift
 * are found while the pair is seen, so that no division waits for another: with M = inner (d2 + q2) + d2 f2² q2 the next
 * d2 is M / variance, and the next u has the divisor M. All that makes up d1 and d2 is positive here too.
 *
 * The prior is that of the first pair: no drift comes before it.
 */
export class DriftingLine {
  /** What is known after the last pair. */
  readonly now: LineFilter;
  /** Whether the next pair's factors, after its drift, are known already, and what they are. */
  private isAhead: boolean = false;
  private d1: number = NaN;
  private d2: number = NaN;
  private u: number = NaN;

  constructor(
    private readonly noise: number,
    private readonly drift: Factors,
    prior?: LinePrior,
  ) {
    this.now = new LineFilter(prior);
    this.d1 = this.now.d1;
    this.d2 = this.now.d2;
    this.u = this.now.u;
    this.isAhead = prior !== undefined;
  }

  /** One pair. */
  push(y: number, x: number): void {
    const { now } = this;
    if (!this.isAhead) {
      now.drift(this.drift);
      this.d1 = now.d1;
      this.d2 = now.d2;
      this.u = now.u;
      this.isAhead = now.known === 2;
    }
    if (this.isAhead && this.seeAhead(y, x)) return;
    if (this.isAhead) {
      now.d1 = this.d1;
      now.d2 = this.d2;
      now.u = this.u;
      this.isAhead = false;
    }
    now.see(y, x, this.noise);
  }

  /** Sees a pair and the factors after the next drift; false, and nothing done, where a size or a gap asks for care. */
  private seeAhead(y: number, x: number): boolean {
    const { now, noise } = this;
    const { d1: q1, d2: q2, u: qu } = this.drift;
    const { d1, d2, u } = this;
    const f2 = u * x + 1;
    const v1 = d1 * x;
    const v2 = d2 * f2;
    const inner = noise + v1 * x;
    const outer = d2 * (f2 * f2);
    const variance = inner + outer;
    const m = inner * (d2 + q2) + outer * q2;
    const innovation = y - now.ratio * x - now.intercept;
    const perInner = 1 / inner;
    const perVariance = 1 / variance;
    const perM = 1 / m;
    const gain = innovation * perVariance;
    const lever = u * noise - v1;
    const rest = d2 * inner;
    const uNow = lever * perInner;
    const d1Now = d1 * (noise * perInner);
    const gap = uNow - qu;
    const d1Next = d1Now + q1 + gap * gap * (rest * perM) * q2;
    const uNext = (lever * d2 + qu * q2 * variance) * perM;
    if (!(isCommon(m) && isCommon(variance) && (innovation + d1Next + uNext) * 0 === 0)) return false;
    now.innovation = innovation;
    now.innovationVariance = variance;
    now.ratio += (v1 + u * v2) * gain;
    now.intercept += v2 * gain;
    now.u = uNow;
    now.d1 = d1Now;
    now.d2 = rest * perVariance;
    now.count(gain * innovation, variance);
    this.u = uNext;
    this.d1 = d1Next;
    this.d2 = m * perVariance;
    return true;
  }

  /** Whole series of pairs; writes what is known after each to the columns, where there are any. */
  over(ys: Float64Array, xs: Float64Array, columns: LineColumns = NONE): void {
    const { now } = this;
    for (let i = 0; i < ys.length; i++) {
      i = this.seeAllAhead(ys, xs, i, columns);
      if (i === ys.length) return;
      this.push(ys[i]!, xs[i]!);
      if (columns === NONE) continue;
      columns.ratio[i] = now.ratio;
      columns.intercept[i] = now.intercept;
      columns.ratioError[i] = Math.sqrt(now.ratioVariance);
      columns.interceptError[i] = Math.sqrt(now.d2);
      columns.innovation[i] = now.innovation;
      columns.innovationDeviation[i] = Math.sqrt(now.innovationVariance);
    }
  }

  /** As many pairs as need no care, by the steps of {@link seeAhead} on locals; returns where it stopped. */
  private seeAllAhead(ys: Float64Array, xs: Float64Array, from: number, columns: LineColumns): number {
    if (!this.isAhead) return from;
    const { now, noise } = this;
    const { d1: q1, d2: q2, u: qu } = this.drift;
    const { ratio: ratios, intercept: intercepts, innovation: innovations } = columns;
    const { ratioError, interceptError, innovationDeviation } = columns;
    const isKept = columns !== NONE;
    let { d1, d2, u } = this;
    let { d1: d1Now, d2: d2Now, u: uNow, ratio, intercept, squares, product, logs } = now;
    let i = from;
    for (; i < ys.length; i++) {
      const x = xs[i]!;
      const f2 = u * x + 1;
      const v1 = d1 * x;
      const v2 = d2 * f2;
      const inner = noise + v1 * x;
      const outer = d2 * (f2 * f2);
      const variance = inner + outer;
      const m = inner * (d2 + q2) + outer * q2;
      const innovation = ys[i]! - ratio * x - intercept;
      const perInner = 1 / inner;
      const perVariance = 1 / variance;
      const perM = 1 / m;
      const gain = innovation * perVariance;
      const lever = u * noise - v1;
      const rest = d2 * inner;
      const uSeen = lever * perInner;
      const d1Seen = d1 * (noise * perInner);
      const gap = uSeen - qu;
      const d1Next = d1Seen + q1 + gap * gap * (rest * perM) * q2;
      const uNext = (lever * d2 + qu * q2 * variance) * perM;
      if (!(isCommon(m) && isCommon(variance) && (innovation + d1Next + uNext) * 0 === 0)) break;
      ratio += (v1 + u * v2) * gain;
      intercept += v2 * gain;
      uNow = uSeen;
      d1Now = d1Seen;
      d2Now = rest * perVariance;
      u = uNext;
      d1 = d1Next;
      d2 = m * perVariance;
      squares += gain * innovation;
      product *= variance;
      if (!isCommon(product)) {
        logs += Math.log(product);
        product = 1;
      }
      if (!isKept) continue;
      ratios[i] = ratio;
      intercepts[i] = intercept;
      ratioError[i] = Math.sqrt(d1Now + uNow * uNow * d2Now);
      interceptError[i] = Math.sqrt(d2Now);
      innovations[i] = innovation;
      innovationDeviation[i] = Math.sqrt(variance);
    }
    Object.assign(now, { d1: d1Now, d2: d2Now, u: uNow, ratio, intercept, squares, product, logs });
    now.terms += i - from;
    this.d1 = d1;
    this.d2 = d2;
    this.u = u;
    return i;
  }

  save(): Json {
    const { isAhead, d1, d2, u } = this;
    return { now: this.now.save(), isAhead, d1: pack(d1), d2: pack(d2), u: pack(u) };
  }

  load(saved: Json): void {
    const { now, isAhead, d1, d2, u } = unpackPart(saved);
    this.now.load(now!);
    this.isAhead = isAhead === true;
    this.d1 = unpack(d1);
    this.d2 = unpack(d2);
    this.u = unpack(u);
  }
}
