/** Where a rule samples and how much each sample counts. */
export interface Rule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Rule>();

/** Gauss–Legendre on [0, 1], made once for each size: exact for polynomials of degree 2n − 1. */
export function gaussLegendre(size: number): Rule {
  const known = rules.get(size);
  if (known) return known;
  const points = new Float64Array(size);
  const weights = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (size + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= size; k++) {
        [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
      }
      slope = (size * (x * value - previous)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    points[size - 1 - i] = 0.5 * (1 + x);
    weights[size - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  const rule = { points, weights };
  rules.set(size, rule);
  return rule;
}

/** The angles at which a time integral is sampled: sin² is the share of time gone by, cos² what is left. */
export interface Angles {
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
  /** Weight of each sample in an integral over the share of time gone by. */
  readonly weight: Float64Array;
}

/**
 * Double-exponential (tanh–sinh) samples of ∫₀¹ f(t) dt with t = sin²θ: roots of t and of 1 − t at both ends, which the
 * boundary and the diffusion bring, are smooth in θ, and a sharp layer or a logarithm at either end is met by the rule.
 */
export function angles(half: number): Angles {
  const step = 3.1 / half;
  const sine: number[] = [];
  const cosine: number[] = [];
  const weight: number[] = [];
  for (let j = -half; j <= half; j++) {
    const t = j * step;
    // θ = π/2 · 1/(1 + e^(−2w)), its distance from π/2 kept apart so that neither end loses its digits
    const w = 0.5 * Math.PI * Math.sinh(t);
    const near = 0.5 * Math.PI * (1 / (1 + Math.exp(-2 * w)));
    const rest = 0.5 * Math.PI * (1 / (1 + Math.exp(2 * w)));
    const s = w < 0 ? Math.sin(near) : Math.cos(rest);
    const c = w < 0 ? Math.cos(near) : Math.sin(rest);
    const slope = (0.5 * Math.PI * 0.25 * Math.PI * Math.cosh(t)) / Math.cosh(w) ** 2;
    sine.push(s);
    cosine.push(c);
    weight.push(step * slope * 2 * s * c);
  }
  return {
    sine: Float64Array.from(sine),
    cosine: Float64Array.from(cosine),
    weight: Float64Array.from(weight),
  };
}

/** The same with Gauss–Legendre points in θ: for smooth integrands. */
export function gaussAngles(size: number): Angles {
  const { points, weights } = gaussLegendre(size);
  const sine = points.map((x) => Math.sin(0.5 * Math.PI * x));
  const cosine = points.map((x) => Math.sin(0.5 * Math.PI * (1 - x)));
  const weight = weights.map((w, j) => 0.5 * Math.PI * w * 2 * sine[j]! * cosine[j]!);
  return { sine, cosine, weight };
}

/**
 * Writes into `row` from `start` the n weights that turn values at the Chebyshev points of (0, 1], the first at 1, into the
 * value at x of their polynomial that is 0 at 0.
 * Source: Berrut & Trefethen (2004), "Barycentric Lagrange interpolation", eq. 4.2 and 5.4.
 */
export function interpolation(row: Float64Array, start: number, n: number, x: number): void {
  let total = (n % 2 === 0 ? 0.5 : -0.5) / x;
  for (let k = 0; k < n; k++) {
    const gap = x - Math.sin((0.5 * Math.PI * (n - k)) / n) ** 2;
    if (gap === 0) {
      row.fill(0, start, start + n);
      row[start + k] = 1;
      return;
    }
    row[start + k] = ((k % 2 === 0 ? 1 : -1) * (k === 0 ? 0.5 : 1)) / gap;
    total += row[start + k]!;
  }
  for (let k = 0; k < n; k++) row[start + k]! /= total;
}
