import { checkChoice, checkFiniteSeries, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { largest, unitOf } from './unit.js';

/** How the pull is turned into a time. */
export interface HalfLifeOptions {
  /** `'exact'` (default) compounds the pull per observation; `'linear'` is its approximation for a weak pull. */
  readonly method?: 'exact' | 'linear';
}

/**
 * How many observations a deviation from the mean takes to halve.
 *
 * From the regression Δx[t] = a + λ·x[t−1]: exact −ln 2 / ln(1 + λ), linear −ln 2 / λ. Infinity where there is no pull
 * back (λ ≥ 0); exact 0 where one observation takes the deviation to the mean or beyond (λ ≤ −1).
 *
 * Source: E. P. Chan, Algorithmic Trading (2013), chapter 2, gives the linear form.
 *
 * @param series - finite numbers in order of time, at least three, in any unit.
 * @returns a length of time in observations, from 0 to Infinity.
 * @throws DataError when the series is too short, holds a number that is not finite, or has a level that does not vary.
 * @example
 * ```ts
 * halfLife([16, 8, 4, 2, 1]); // → 1
 * halfLife([16, 8, 4, 2, 1], { method: 'linear' }); // → 1.38629436111989
 * halfLife([1, 2, 4, 8, 16]); // → Infinity
 * ```
 */
export function halfLife(series: Series, options: HalfLifeOptions = {}): number {
  checkOptions('halfLife', options, ['method']);
  const { method = 'exact' } = options;
  checkChoice('halfLife', 'method', method, ['exact', 'linear']);
  const pull = pullOf(toFloat64(checkFiniteSeries('halfLife', 'series', series, 3)));
  if (pull >= 0) return Infinity;
  if (method === 'linear') return -Math.LN2 / pull;
  return pull > -1 ? -Math.LN2 / Math.log1p(pull) : 0;
}

/** λ of Δx[t] = a + λ·x[t−1]. */
function pullOf(series: Float64Array): number {
  const rows = series.length - 1;
  const level = new Float64Array(rows);
  let levels = 0;
  for (let t = 0; t < rows; t++) levels += level[t] = series[t]! - series[0]!;
  for (let t = 0; t < rows; t++) level[t] = level[t]! - levels / rows;
  const drift = (series[rows]! - series[0]!) / rows;
  const change = new Float64Array(rows);
  for (let t = 0; t < rows; t++) change[t] = series[t + 1]! - series[t]! - drift;
  const unit = unitOf(largest(level));
  const step = unitOf(largest(change));
  let products = 0;
  let squares = 0;
  for (let t = 0; t < rows; t++) {
    const deviation = level[t]! / unit;
    products += deviation * (change[t]! / step);
    squares += deviation * deviation;
  }
  if (squares === 0)
    throw new DataError('degenerate', `halfLife: the level must vary, received ${series[0]} throughout`);
  return (products / squares) * (step / unit);
}
