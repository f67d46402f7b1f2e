import { checkRecord, checkSameLength, checkSeries } from '../core/checks.js';
import { type Series, toFloat64 } from '../core/series.js';

/**
 * Each missing value (NaN) replaced by the last one known. Before the first there is nothing to carry: those stay NaN.
 *
 * @example
 * ```ts
 * fillForward([NaN, 1, NaN, NaN, 2]); // → [NaN, 1, 1, 1, 2]
 * ```
 */
export function fillForward(series: Series): Float64Array {
  const values = toFloat64(checkSeries('fillForward', 'series', series));
  const out = new Float64Array(values.length);
  let last = NaN;
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) last = value;
    out[i] = last;
  }
  return out;
}

/**
 * The rows in which no column is missing (NaN). Infinities stay.
 *
 * @throws DataError `uneven` when the columns differ in length.
 * @example
 * ```ts
 * dropMissing({ y: [1, NaN, 3], x: [4, 5, 6] }); // → { y: [1, 3], x: [4, 6] }
 * ```
 */
export function dropMissing<Columns extends { readonly [Name in keyof Columns]: Series }>(
  columns: Columns,
): { readonly [Name in keyof Columns]: Float64Array } {
  const given = Object.entries<Series>(checkRecord('dropMissing', 'columns', columns));
  const length = given.length > 0 ? checkSameLength('dropMissing', columns) : 0;
  const entries = given.map(([name, series]) => [name, toFloat64(series)] as const);
  const kept: number[] = [];
  for (let i = 0; i < length; i++) {
    if (entries.every(([, series]) => !Number.isNaN(series[i]))) kept.push(i);
  }
  const picked = entries.map(([name, series]) => [name, Float64Array.from(kept, (i) => series[i]!)] as const);
  return Object.fromEntries(picked) as { [Name in keyof Columns]: Float64Array };
}
