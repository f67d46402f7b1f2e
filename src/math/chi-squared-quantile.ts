import jstat from 'jstat';
import { gammaLogDensity, regularizedGamma } from './incomplete-gamma.js';
import { normalQuantile } from './normal-quantile.js';
import { solveChance } from './solve-chance.js';
import { logGamma } from './stirling.js';

/**
 * The x that a chi-squared variable stays below with chance p.
 *
 * @param p a chance; outside [0, 1] the answer is NaN
 * @param df degrees of freedom, above 0, fractions allowed; otherwise the answer is NaN
 * @example
 * ```ts
 * chiSquaredQuantile(0.95, 1); // → 3.84145882069412
 * ```
 */
export function chiSquaredQuantile(p: number, df: number): number {
  if (!(df > 0 && df < Infinity && p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  const shape = df / 2;
  const side = p < 0.5 ? 'lower' : 'upper';
  const start = startingPoint(p, shape);
  if (start < 1e-300) return 2 * start;
  return (
    2 *
    solveChance(
      start,
      p < 0.5 ? p : 1 - p,
      side,
      (x) => regularizedGamma(shape, x, side),
      (x) => gammaLogDensity(shape, x),
    )
  );
}

/** Half the quantile, roughly. */
function startingPoint(p: number, shape: number): number {
  if (shape >= 0.5 && shape <= 5 && p >= 1e-6 && p <= 1 - 1e-6) {
    // Nearer than the formula below where degrees of freedom are few.
    const near = jstat.chisquare.inv(p, 2 * shape) / 2;
    if (near > 0 && near < Infinity) return near;
  }
  // P(a, x) is below x^a / Γ(a + 1), and about that for small x.
  const least = Math.exp((Math.log(p) + logGamma(shape + 1)) / shape);
  // Wilson & Hilferty (1931): the cube root of a chi-squared variable is nearly normal.
  const cubeRoot = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape));
  return cubeRoot > 0.1 ? Math.max(least, shape * cubeRoot ** 3) : least;
}
