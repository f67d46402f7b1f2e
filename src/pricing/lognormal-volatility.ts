import { millsDifference } from '../math/mills-difference.js';
import { millsRatio } from '../math/mills-ratio.js';
import { normalQuantile } from '../math/normal-quantile.js';
import { quickLog } from '../math/quick-exp.js';
import { guessedDeviation, improvement } from './normal-volatility.js';

/**
 * The s = σ√T at which the option that is out of the money has a price, all in units of √(forward · strike).
 *
 * `x` is |ln(forward/strike)|, `distance` |forward − strike|, `bound` what the option is worth at most, and `rest` bound − price.
 * With h = x/s and t = s/2 the price is φ(h) e^(−t²/2) (R(h − t) − R(h + t)), R the Mills ratio; what it lacks of the bound
 * is the same with R(t + h) + R(t − h). Whichever is smaller is met in its logarithm, which keeps all digits of either tail.
 * A normal price gives the first guess, or, near the bound, the normal quantile; one or two steps of the fourth order follow.
 *
 * Source: the form of the price and the step are those of Jäckel (2015), "Let's Be Rational"; the guesses are ours.
 */
export function lognormalDeviation(x: number, distance: number, price: number, rest: number): number {
  const isNearBound = price > rest;
  let s = isNearBound ? highGuess(x, rest) : lowGuess(x, distance, price);
  for (let step = 0; step < 8; step++) {
    const h = x / s;
    const t = 0.5 * s;
    const squares = 0.5 * (h * h + t * t);
    const d = isNearBound ? restOverSlope(h, t) : millsDifference(h, t);
    const miss = quickLog(((isNearBound ? rest : price) * 2.5066282746310002) / d) + squares;
    const second = (h * h) / s - 0.25 * s;
    const third = second * second - (3 * h * h) / (s * s) - 0.25;
    const change = isNearBound ? improvement(miss, -d, second, third) : improvement(miss, d, second, third);
    const next = s + change;
    s = next > 0.25 * s && next < 4 * s ? next : change > 0 ? 2 * s : 0.5 * s;
    if (Math.abs(change) < 1e-4 * s) break;
  }
  return s;
}

/** (bound − price)/slope: R(t + h) + R(t − h). */
function restOverSlope(h: number, t: number): number {
  return t >= h
    ? millsRatio(t + h) + millsRatio(t - h)
    : millsRatio(t + h) + 2.5066282746310002 * Math.exp(0.5 * (h - t) * (h - t)) - millsRatio(h - t);
}

/** The deviation of a normal price worth as much, corrected for the curvature of the logarithm to two orders. */
export function lowGuess(x: number, distance: number, price: number): number {
  const normal = guessedDeviation(distance, price);
  const s = distance > 0 ? normal * (x / distance) : normal;
  const bend = (s * s) / 24 / Math.sqrt(1 + (x * x) / 60);
  return s * (1 + bend * (1 + 2.1 * bend));
}

/** Exact at the money, where the price lacks 2 Φ(−s/2) of its bound. */
function highGuess(x: number, rest: number): number {
  let s = -2 * normalQuantile(0.5 * Math.min(rest, 0.99));
  for (let turn = 0; turn < 2 && x > 0.1; turn++) {
    const h = x / Math.max(s, Math.sqrt(2 * x));
    s = -2 * normalQuantile(0.5 * Math.min(rest * Math.exp(0.5 * h * h), 0.99));
  }
  return Math.max(s, Math.sqrt(2 * x));
}
