import { expm1Residual, log1pResidual } from './residuals.js';

// A tail beyond the peak of a density, as a multiple of the density at its edge: ∫₀^∞ exp(−h(s)) ds with h convex,
// h(0) = 0, in a logarithmic coordinate s. Nothing but positive numbers is added, so the far tail keeps its digits.
// Rule: s = exp(t − exp(−t)), equal steps in t (Takahasi & Mori, 1974, for integrands that decay like exp(−s)).

const STEP = 0.12;
const FIRST = -30;
const COUNT = 62;

let nodes: Float64Array | undefined;

/** Node, weight, node, weight, … of the rule above, made on first use. */
function rule(): Float64Array {
  if (nodes) return nodes;
  nodes = new Float64Array(2 * COUNT);
  for (let i = 0; i < COUNT; i++) {
    const t = (FIRST + i) * STEP;
    const decay = Math.exp(-t);
    nodes[2 * i] = Math.exp(t - decay);
    nodes[2 * i + 1] = STEP * nodes[2 * i]! * (1 + decay);
  }
  return nodes;
}

/** The gamma tail: h(s) = slope·s + x·(e^(±s) − 1 ∓ s), slope ≥ 0 and `sign` +1 to the right, −1 to the left. */
export function gammaTailIntegral(slope: number, x: number, sign: number): number {
  const points = rule();
  const scale = 1 / (slope + Math.sqrt(x));
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    const s = scale * points[i]!;
    sum += points[i + 1]! * Math.exp(-slope * s - x * expm1Residual(sign * s));
  }
  return scale * sum;
}

/** The beta tail: h(s) = slope·s + total·[ln(1 + y (eˢ − 1)) − y s], slope ≥ 0. */
export function betaTailIntegral(slope: number, total: number, x: number, y: number): number {
  const points = rule();
  const scale = 1 / (slope + Math.sqrt(total * x * y));
  // The bracket is the same with x for y and −s for s: the smaller of the two cancels less.
  const part = y < x ? y : x;
  const sign = y < x ? 1 : -1;
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    const s = scale * points[i]!;
    const curve = log1pResidual(part * Math.expm1(sign * s)) + part * expm1Residual(sign * s);
    sum += points[i + 1]! * Math.exp(-slope * s - total * curve);
  }
  return scale * sum;
}
