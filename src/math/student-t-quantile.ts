import jstat from 'jstat';
import { ratioChance, ratioLogDensity } from './incomplete-beta.js';
import { normalQuantile } from './normal-quantile.js';
import { solveChance } from './solve-chance.js';
import { logGamma } from './stirling.js';
import { NORMAL_DF } from './student-t.js';

/**
 * The x that a Student variable stays below with chance p. It keeps its relative accuracy near p = ½, where it
 * goes to 0.
 *
 * @param p a chance; outside [0, 1] the answer is NaN
 * @param df degrees of freedom, above 0, fractions allowed, Infinity is the normal; otherwise the answer is NaN
 * @example
 * ```ts
 * studentTQuantile(0.975, 10); // → 2.22813885198627
 * ```
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(df > 0 && p >= 0 && p <= 1)) return NaN;
  if (df >= NORMAL_DF || p === 0 || p === 1) return normalQuantile(p);
  if (p === 0.5) return 0;
  const size = p < 0.5 ? sizeOfQuantile(p, 0.5 - p, df) : sizeOfQuantile(1 - p, p - 0.5, df);
  return p < 0.5 ? -size : size;
}

/** The t > 0 with chance `tail` to its right and `middle` between 0 and it. */
function sizeOfQuantile(tail: number, middle: number, df: number): number {
  const side = middle < 0.25 ? 'lower' : 'upper';
  const power = powerTail(tail, df);
  if (power > 1e9 * Math.sqrt(df)) return power;
  return solveChance(
    startingPoint(tail, df, power),
    2 * (side === 'lower' ? middle : tail),
    side,
    (t) => ratioChance(0.5, df / 2, t * t, side),
    (t) => 2 * ratioLogDensity(0.5, df / 2, t * t),
  );
}

/** The quantile if the tail were its leading term, (t/√df)^(−df) / (df B(df/2, ½)), all the way. */
function powerTail(tail: number, df: number): number {
  const logBeta = logGamma(df / 2) + logGamma(0.5) - logGamma((df + 1) / 2);
  return Math.sqrt(df) * Math.exp(-(Math.log(tail) + Math.log(df) + logBeta) / df);
}

/** The quantile, roughly. */
function startingPoint(tail: number, df: number, power: number): number {
  if (df >= 1 && df <= 3 && tail > 1e-6 && tail < 0.499) {
    // Nearer than the formula below where degrees of freedom are few.
    const near = jstat.studentt.inv(1 - tail, df);
    if (near > 0 && near < Infinity) return near;
  }
  if (df < 1) return power;
  // Wallace (1959): z² ≈ df ln(1 + t²/df), with the constants of Bailey (1980).
  const z = normalQuantile(tail);
  const stretched = (z * z * (df - 5 / 6)) / (df - 2 / 3 + 0.1 / df) ** 2;
  return stretched > 600 ? power : Math.sqrt(df * Math.expm1(stretched));
}
