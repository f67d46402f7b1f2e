import { DataError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { sum } from '../math/sum.js';

/** Refuses a series with fewer observations than so many lags need. */
export function checkLags(who: string, series: Series, lags: number, least: number): void {
  if (series.length >= least) return;
  throw new DataError(
    'too-short',
    `${who}: needs at least ${least} observations for ${lags} lags, received ${series.length}`,
  );
}

/**
 * Σ (x[t] − mean)(x[t − k] − mean) for k from 0 to `lags`, over that of k = 0: exactly 1 first, NaN throughout on a flat
 * series or one that is not finite. Deviations are from the unrounded mean, so an offset costs nothing.
 */
export function laggedSums(values: Float64Array, lags: number): Float64Array {
  const n = values.length;
  const first = values[0] ?? NaN;
  const sums = new Float64Array(lags + 1).fill(NaN);
  if (!values.every(Number.isFinite) || values.every((value) => value === first)) return sums;
  // To the middle of the range of doubles, and then to units of the greatest deviation: no product leaves it.
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = greatest > 1e100 ? 2 ** -40 : greatest < 1e-100 ? 2 ** 600 : 1;
  const scaled = scale === 1 ? values : values.map((value) => value * scale);
  const mean = sum(scaled) / n;
  const rough = scaled.map((value) => value - mean);
  const rest = sum(rough) / n;
  const widest = rough.reduce((most, distance) => Math.max(most, Math.abs(distance)), 0);
  const unit = 2 ** Math.floor(Math.log2(widest)); // a power of two, so that dividing by it rounds nothing
  const deviations = rough.map((distance) => (distance - rest) / unit);
  const products = new Float64Array(n);
  for (let lag = 0; lag <= lags; lag++) {
    for (let t = lag; t < n; t++) products[t] = deviations[t]! * deviations[t - lag]!;
    sums[lag] = sum(products.subarray(lag));
  }
  const squares = sums[0]!;
  return sums.map((value) => value / squares);
}
