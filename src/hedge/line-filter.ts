import { type Json, pack, unpack, unpackInteger, unpackPart } from '../core/snapshot.js';

const LOG_TAU: number = Math.log(2 * Math.PI);

/** What is known of a line, and how surely: [ratio, intercept] with their covariance. */
export interface LinePrior {
  readonly ratio: number;
  readonly intercept: number;
  /** Row by row; symmetric, no variance below zero. */
  readonly covariance: readonly [readonly [number, number], readonly [number, number]];
}

/**
 * A symmetric 2 × 2 matrix without a negative direction, as [[1, u], [0, 1]] · diag(d1, d2) · its transpose.
 */
export interface Factors {
  readonly d1: number;
  readonly d2: number;
  readonly u: number;
}

/** The factors of a covariance. A d1 that rounding took below zero is zero. */
export function factorsOf([[a, b], [, c]]: LinePrior['covariance']): Factors {
  const u = c > 0 ? b / c : 0;
  return { d1: Math.max(a - u * b, 0), d2: c, u };
}

/**
 * The line through pairs that come one by one, as a Gaussian state [ratio, intercept] seen through y = [x, 1] · state +
 * noise. The covariance is held by its factors d1, d2, u, whose update multiplies and adds what is positive: no number of
 * steps makes it negative.
 *
 * Without a prior the start is diffuse, exactly: the first pair gives a level at its x, the next pair of another x the line.
 *
 * Source: Bierman (1977), "Factorization Methods for Discrete Sequential Estimation", chapters V and VI; for the diffuse
 * start Durbin & Koopman (2012), "Time Series Analysis by State Space Methods", chapter 5.
 */
export class LineFilter {
  ratio: number = NaN;
  intercept: number = NaN;
  d1: number = NaN;
  d2: number = NaN;
  u: number = NaN;
  /** What is known: 0 nothing, 1 a level at one x, 2 the line. */
  known = 0;
  /** The level at `atX` and its variance, while that is all. */
  level: number = NaN;
  levelVariance: number = NaN;
  atX: number = NaN;
  /** y less what was expected of it, and the variance of that; NaN where there is no such thing. */
  innovation: number = NaN;
  innovationVariance: number = NaN;
  /** Innovations so far, their squares over their variances, and their variances: as a sum of logarithms and a product. */
  terms = 0;
  squares = 0;
  logs = 0;
  product = 1;

  constructor(prior?: LinePrior) {
    if (!prior) return;
    this.ratio = prior.ratio;
    this.intercept = prior.intercept;
    const { d1, d2, u } = factorsOf(prior.covariance);
    this.d1 = d1;
    this.d2 = d2;
    this.u = u;
    this.known = 2;
  }

  /** Σ ln of the innovations' variances. */
  get logVariances(): number {
    return this.logs + Math.log(this.product);
  }

  /** The Gaussian log-likelihood of the innovations so far. */
  get logLikelihood(): number {
    return -0.5 * (this.terms * LOG_TAU + this.logVariances + this.squares);
  }

  /** The state moves by a step of this covariance. */
  drift({ d1, d2, u }: Factors): void {
    if (this.known === 2) {
      const sum = this.d2 + d2;
      if (sum > 0) {
        const gap = this.u - u;
        this.d1 += d1 + gap * gap * (this.d2 / sum) * d2;
        this.u = (this.u * this.d2 + u * d2) / sum;
        this.d2 = sum;
      } else this.d1 += d1;
    } else if (this.known === 1) this.levelVariance += levelDrift({ d1, d2, u }, this.atX);
  }

  /** The state is known `factor` times less surely, but never so little that it leaves the range of a double. */
  forget(factor: number): void {
    if (this.d1 < 1e150) this.d1 *= factor;
    if (this.d2 < 1e150) this.d2 *= factor;
  }

  /** A pair is seen. What is not finite, or too large to be squared, is not. */
  see(y: number, x: number, noise: number): void {
    if (this.known < 2) {
      this.begin(y, x, noise);
      return;
    }
    const { d1, d2, u } = this;
    const f2 = u * x + 1;
    const v1 = d1 * x;
    const v2 = d2 * f2;
    const inner = noise + v1 * x;
    const variance = inner + v2 * f2;
    const innovation = y - this.ratio * x - this.intercept;
    this.innovation = innovation;
    this.innovationVariance = variance;
    // Finite both, or else nothing was seen.
    if (!(variance * 0 + innovation * 0 === 0)) {
      if (!(variance < Infinity)) this.innovationVariance = NaN;
      this.innovation = NaN;
      return;
    }
    const gain = innovation / variance;
    this.ratio += (v1 + u * v2) * gain;
    this.intercept += v2 * gain;
    this.u = (u * noise - v1) / inner;
    this.d1 = (d1 * noise) / inner;
    this.d2 = (d2 * inner) / variance;
    this.count((innovation / variance) * innovation, variance);
  }

  private begin(y: number, x: number, noise: number): void {
    this.innovation = NaN;
    this.innovationVariance = NaN;
    if (!Number.isFinite(y) || !Number.isFinite(x)) return;
    const { level, levelVariance: p, atX } = this;
    if (this.known === 0) {
      this.level = y;
      this.levelVariance = noise;
      this.atX = x;
      this.known = 1;
    } else if (x === atX) {
      const variance = p + noise;
      const innovation = y - level;
      if (!Number.isFinite(innovation)) return;
      this.innovation = innovation;
      this.innovationVariance = variance;
      this.level += (p / variance) * innovation;
      this.levelVariance = (p * noise) / variance;
      this.count((innovation / variance) * innovation, variance);
    } else this.determine(y, x, noise);
  }

  /** The line through the level and a pair of another x, whose errors are independent. */
  private determine(y: number, x: number, noise: number): void {
    const { level, levelVariance: p, atX } = this;
    const run = x - atX;
    const ratio = (y - level) / run;
    const intercept = y - ratio * x;
    const sum = atX * atX * noise + x * x * p;
    const d1 = (noise / sum) * p;
    const d2 = sum / run / run;
    if (!(Number.isFinite(ratio + intercept) && d1 < Infinity && d2 < Infinity && d2 > 0)) return;
    this.ratio = ratio;
    this.intercept = intercept;
    this.d1 = d1;
    this.d2 = d2;
    this.u = -(atX * noise + x * p) / sum;
    this.known = 2;
  }

  /** Takes an innovation's square over its variance, and that, into the likelihood. */
  count(square: number, variance: number): void {
    this.terms++;
    this.squares += square;
    const before = this.product;
    this.product *= variance;
    // One logarithm for many variances.
    if (isCommon(this.product)) return;
    const isWhole = this.product > 0 && this.product < Infinity;
    this.logs += isWhole ? Math.log(this.product) : Math.log(before) + Math.log(variance);
    this.product = 1;
  }

  get ratioVariance(): number {
    return this.d1 + this.u * this.u * this.d2;
  }

  save(): Json {
    const packed = FIELDS.map((field) => [field, pack(this[field])]);
    return {
      ...Object.fromEntries(packed),
      logs: pack(this.logs),
      product: pack(this.product),
      known: this.known,
    };
  }

  load(saved: Json): void {
    const state = unpackPart(saved);
    for (const field of FIELDS) this[field] = unpack(state[field]);
    this.logs = unpack(state['logs']);
    this.product = unpack(state['product']);
    this.known = unpackInteger(state['known'], 0, 2);
  }
}

const FIELDS = [
  'ratio',
  'intercept',
  'd1',
  'd2',
  'u',
  'level',
  'levelVariance',
  'atX',
  'innovation',
  'innovationVariance',
  'terms',
  'squares',
] as const;

/** Whether a positive number is so far from the ends of the double range that its products with others like it are too. */
export function isCommon(size: number): boolean {
  return size > 1e-100 && size < 1e100;
}

/** The variance that a step of the state gives to the level at x. */
export function levelDrift({ d1, d2, u }: Factors, x: number): number {
  return d1 * x * x + d2 * (u * x + 1) * (u * x + 1);
}
