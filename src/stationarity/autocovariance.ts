import { laggedProducts } from './lagged-products.js';

/** Σ u[t]·u[t − k] over all rows that have both, for k = 0 … `lags`. */
export function autoProducts(u: Float64Array, lags: number): Float64Array {
  const padded = new Float64Array(u.length + lags);
  padded.set(u, lags);
  return laggedProducts(padded, padded, lags, padded.length, lags);
}

/**
 * The variance of residuals, what they vary by in the long run, and half the difference of the two, each per residual:
 * neighbours count with Bartlett's weights 1 − k/(lags + 1), and every product is divided by the number of residuals.
 *
 * Source: Newey & West (1987), Econometrica 55, 703–708.
 */
export function longRunVariance(
  u: Float64Array,
  lags: number,
): { readonly variance: number; readonly longRun: number; readonly excess: number } {
  const products = autoProducts(u, lags);
  const variance = products[0]! / u.length;
  let neighbours = 0;
  for (let k = 1; k <= lags; k++) neighbours += (1 - k / (lags + 1)) * products[k]!;
  const excess = neighbours / u.length;
  return { variance, longRun: variance + 2 * excess, excess };
}
