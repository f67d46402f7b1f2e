import { DataError } from '../core/errors.js';
import { normalPdf } from '../math/normal.js';
import { normalQuantile } from '../math/normal-quantile.js';
import { stirlingError } from '../math/stirling.js';
import { studentTQuantile } from '../math/student-t-quantile.js';
import type { TailRisk } from './tail-risk.js';

/** A law of mean 0 and variance 1 by its lower tail: the quantile at p, and the mean below it. */
export interface StandardTail {
  readonly quantile: number;
  readonly mean: number;
}

/** The tail of what has this mean and deviation and a standard law. */
export function scaledTail(mean: number, deviation: number, tail: StandardTail): TailRisk {
  return {
    valueAtRisk: 0 - (mean + deviation * tail.quantile),
    expectedShortfall: 0 - (mean + deviation * tail.mean),
  };
}

/** The lower tail of the standard normal. */
export function normalTail(p: number): StandardTail {
  const quantile = normalQuantile(p);
  return { quantile, mean: -normalPdf(quantile) / p };
}

/** The lower tail of Student's t, scaled to variance 1; more than two degrees of freedom. */
export function studentTTail(p: number, df: number): StandardTail {
  if (df === Infinity) return normalTail(p);
  const scale = Math.sqrt((df - 2) / df);
  const t = studentTQuantile(p, df);
  // Γ(a + ½) / (Γ(a) √a) by Stirling's formula: 1 for the normal, where the gamma functions themselves have no digits left.
  const a = df / 2;
  const logGammas = a * Math.log1p(0.5 / a) - 0.5 + (stirlingError(a + 0.5) - stirlingError(a));
  const logDensity = logGammas - Math.log(2 * Math.PI) / 2 - ((df + 1) / 2) * Math.log1p((t * t) / df);
  // McNeil, Frey & Embrechts (2015), example 2.15.
  const mean = (-Math.exp(logDensity) / p) * ((df + t * t) / (df - 1));
  return { quantile: scale * t, mean: scale * mean };
}

/** How far beyond the quantile a Cornish–Fisher tail must keep rising, in standard deviations. */
const BEYOND = 1;

/**
 * The lower tail of the fourth-order Cornish–Fisher expansion. The mean below its quantile is the integral of the
 * expansion itself.
 *
 * @throws DataError where the quantile does not rise in the tail that is asked for, or anywhere when `everywhere` is set
 */
export function cornishFisherTail(
  who: string,
  p: number,
  skewness: number,
  kurtosis: number,
  everywhere: boolean,
): StandardTail {
  const z = normalQuantile(p);
  const [s, k, s2] = [skewness / 6, kurtosis / 24, (skewness * skewness) / 36];
  const z2 = z * z;
  const quantile = z + (z2 - 1) * s + z * (z2 - 3) * k - z * (2 * z2 - 5) * s2;
  const mean = (-normalPdf(z) / p) * (1 + z * s + (z2 - 1) * k - (2 * z2 - 1) * s2);
  const rises = everywhere
    ? isCornishFisherValid(skewness, kurtosis)
    : isRising(skewness, kurtosis, z - BEYOND, z) && mean <= quantile;
  if (rises) return { quantile, mean };
  const where = everywhere ? '' : ` below ${z.toPrecision(4)} deviations`;
  throw new DataError(
    'degenerate',
    `${who}: the Cornish–Fisher expansion is not a distribution${where} at skewness ${skewness.toPrecision(4)} and excess kurtosis ${kurtosis.toPrecision(4)}`,
  );
}

/** Slope of the expansion's quantile: a z² + b z + c. */
function slope(skewness: number, kurtosis: number): readonly [a: number, b: number, c: number] {
  const square = skewness * skewness;
  return [kurtosis / 8 - square / 6, skewness / 3, 1 - kurtosis / 8 + (5 * square) / 36];
}

/** Whether the quantile rises all the way from one deviation to another. */
function isRising(skewness: number, kurtosis: number, from: number, to: number): boolean {
  const [a, b, c] = slope(skewness, kurtosis);
  const at = (z: number): number => (a * z + b) * z + c;
  const turn = -b / (2 * a);
  return at(from) >= 0 && at(to) >= 0 && !(turn > from && turn < to && at(turn) < 0);
}

/**
 * Whether a Cornish–Fisher expansion with these moments is a distribution: its quantile rises everywhere.
 *
 * Source: Maillard (2012), "A user's guide to the Cornish Fisher expansion"; Chernozhukov, Fernández-Val & Galichon (2010).
 *
 * @param skewness - the population skewness
 * @param excessKurtosis - the population kurtosis less 3
 * @example
 * ```ts
 * isCornishFisherValid(0, 4); // → true
 * isCornishFisherValid(-1, 1); // → false
 * ```
 */
export function isCornishFisherValid(skewness: number, excessKurtosis: number): boolean {
  const [a, b, c] = slope(skewness, excessKurtosis);
  return (a === 0 && b === 0 && c >= 0) || (a > 0 && b * b <= 4 * a * c);
}
