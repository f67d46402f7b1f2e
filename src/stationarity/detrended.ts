import { DataError } from '../core/errors.js';
import type { Trend } from './trend.js';
import { largest, unitOf } from './unit.js';

/** A series by itself, about a level, or about a line. */
export type LineTrend = Exclude<Trend, 'quadratic'>;

/** The same series in a unit in which its squares neither overflow nor vanish. */
export function inUnit(series: Float64Array): Float64Array {
  const unit = unitOf(largest(series));
  return unit === 1 ? series : series.map((x) => x / unit);
}

/** What a level or a line leaves of a series, by least squares; a copy where there is no trend. */
export function detrended(series: Float64Array, trend: LineTrend): Float64Array {
  const n = series.length;
  const rest = series.slice();
  if (trend === 'none') return rest;
  for (let t = 0; t < n; t++) rest[t] = series[t]! - series[0]!;
  const half = (n - 1) / 2;
  // The second pass takes away what rounding left of the mean and slope of the first.
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += rest[t]!;
    const mean = sum / n;
    let slope = 0;
    if (trend === 'linear' && n > 1) {
      let moment = 0;
      for (let t = 0; t < n; t++) moment += (t - half) * (rest[t]! - mean);
      slope = (12 * moment) / (n * (n * n - 1));
      // A slope of 26 bits times a count is exact; the next pass takes the remainder.
      const wide = 134217729 * slope;
      if (pass === 0) slope = wide - (wide - slope);
    }
    for (let t = 0; t < n; t++) rest[t] = rest[t]! - mean - slope * (t - half);
  }
  return rest;
}

/** The same, refusing a series of which only rounding is left. */
export function detrendedOrRefused(who: string, series: Float64Array, trend: LineTrend): Float64Array {
  if (series.every((x) => x === series[0]))
    throw new DataError('degenerate', `${who}: series must vary, received ${series[0]} throughout`);
  const rest = detrended(series, trend);
  if (largest(rest) <= 4 * Number.EPSILON * largest(series)) {
    throw new DataError(
      'degenerate',
      `${who}: series must vary about its trend, received one that is its trend`,
    );
  }
  return rest;
}
