import { logResidual } from './residuals.js';
import { stirlingError } from './stirling.js';
import { betaTailIntegral } from './tail-integral.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/** From this size of both shapes on the tail is integrated, at one price for all; the fraction takes about √shape terms. */
const LARGE = 1e5;

/**
 * The chance that a ratio F of two gamma variables, each divided by its shape (first over second), is below or above
 * f. It is the regularised incomplete beta function I_x(p, q) at x = p f / (p f + q), asked in a form that loses
 * nothing where f is near 1 and the shapes are large: f − 1 is exact, x less its mean is not.
 *
 * Each side is the density of ln F times a slowly varying ratio, so far tails keep their digits.
 */
export function ratioChance(p: number, q: number, f: number, side: 'lower' | 'upper'): number {
  if (f <= 0 || f === Infinity) return f > 0 === (side === 'lower') ? 1 : 0;
  const sum = q + p * f;
  const x = (p * f) / sum;
  const y = q / sum;
  const slope = ((f - 1) * p * q) / sum;
  const density = ratioLogDensity(p, q, f);
  const large = p >= LARGE && q >= LARGE;
  // Where neither side is small, take the one whose fraction converges at once.
  if (large ? f < 1 : x * (p + q + 2) < p + 1) {
    const lower = Math.min(
      1,
      density * (large ? betaTailIntegral(-slope, p + q, x, y) : fraction(p, q, x, y, -slope)),
    );
    return side === 'lower' ? lower : 1 - lower;
  }
  const upper = Math.min(
    1,
    density * (large ? betaTailIntegral(slope, p + q, y, x) : fraction(q, p, y, x, slope)),
  );
  return side === 'upper' ? upper : 1 - upper;
}

/** The density of ln F at ln f: x^p y^q / B(p, q), by distances from the peak rather than by huge logarithms. */
export function ratioLogDensity(p: number, q: number, f: number): number {
  const total = p + q;
  const sum = q + p * f;
  const exponent =
    p * logResidual((f * total) / sum, (q * (f - 1)) / sum) +
    q * logResidual(total / sum, (p * (1 - f)) / sum) +
    (stirlingError(total) - stirlingError(p) - stirlingError(q));
  return ONE_OVER_SQRT_2_PI * Math.sqrt(p * (q / total)) * Math.exp(exponent);
}

/**
 * I_x(a, b) over the density: the continued fraction of DiDonato & Morris (1992), ACM TOMS 18, eq. (9), with
 * slope = a y − b x given apart because it cancels; by Lentz's method.
 */
function fraction(a: number, b: number, x: number, y: number, slope: number): number {
  let value = (a * (slope + 1)) / (a + 1);
  let c = value;
  let d = 0;
  for (let m = 1; m < 5000; m++) {
    const middle = a + 2 * m - 1;
    const even = (m * (b - m) * x) / middle;
    const numerator = (even * x * (a + m - 1) * (a + b + m - 1)) / middle;
    const denominator = m + even + ((a + m) * (slope + 1 + m * (1 + y))) / (middle + 2);
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return 1 / value;
}
