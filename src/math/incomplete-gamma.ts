import { logResidual } from './residuals.js';
import { stirlingError } from './stirling.js';
import { gammaTailIntegral } from './tail-integral.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/** From this shape on the tail is integrated, at one price for all; the expansions take about √shape terms. */
const LARGE = 1e5;

/** The density of ln X at ln x, for a gamma variable X of this shape: x^a e^(−x) / Γ(a). */
export function gammaLogDensity(shape: number, x: number): number {
  const exponent = shape * logResidual(x / shape, (x - shape) / shape) - stirlingError(shape);
  return ONE_OVER_SQRT_2_PI * Math.sqrt(shape) * Math.exp(exponent);
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x): the chance that a gamma variable of
 * this shape is below x, and above it. Each is the density at x times a ratio that varies slowly, so far tails keep
 * their digits; the larger of the two is one minus the smaller.
 *
 * Sources: Abramowitz & Stegun 6.5.29 (series) and 6.5.31 (continued fraction, its even part).
 */
export function regularizedGamma(shape: number, x: number, side: 'lower' | 'upper'): number {
  if (!(shape > 0 && shape < Infinity) || Number.isNaN(x)) return NaN;
  if (x <= 0 || x === Infinity) return x > 0 === (side === 'lower') ? 1 : 0;
  const density = gammaLogDensity(shape, x);
  if (x <= shape + (shape < LARGE ? 1 : 0)) {
    const lower = Math.min(
      1,
      density * (shape < LARGE ? series(shape, x) : gammaTailIntegral(shape - x, x, -1)),
    );
    return side === 'lower' ? lower : 1 - lower;
  }
  const upper = Math.min(
    1,
    density * (shape < LARGE ? fraction(shape, x) : gammaTailIntegral(x - shape, x, 1)),
  );
  return side === 'upper' ? upper : 1 - upper;
}

/** P(a, x) over the density: Σ xⁿ / (a (a+1) … (a+n)). */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Q(a, x) over the density: 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))), by Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 5000; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return value;
}
