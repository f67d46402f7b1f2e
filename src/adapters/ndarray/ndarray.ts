import construct from 'ndarray';
import { checkSameLength } from '../../core/checks.js';
import { DataError } from '../../core/errors.js';
import type { NumericView, Series } from '../../core/series.js';
import { checkView } from '../../core/view.js';

/** A real `ndarray`, as the package of that name makes it: strided memory with views that share it. */
export interface Ndarray extends NumericView {
  readonly data: Series;
  readonly size: number;
  readonly dimension: number;
  get(...index: number[]): number;
  set(...indexAndValue: number[]): number;
  /** Fixes some axes (a number) and keeps the others (null). */
  pick(...index: (number | null)[]): Ndarray;
  transpose(...axes: number[]): Ndarray;
  lo(...from: number[]): Ndarray;
  hi(...length: number[]): Ndarray;
  step(...by: number[]): Ndarray;
}

/**
 * A view as a real ndarray over the same memory: nothing is copied, and writing to one writes to the other.
 *
 * The `ndarray` package compiles code when it runs, which a strict Content-Security-Policy forbids; hence a subpath of
 * its own, and a core that reads ndarrays but never makes one.
 *
 * @throws DataError where shape and stride differ in length or reach outside the data
 * @example
 * ```ts
 * const matrix = toNdarray({ data: Float64Array.of(1, 2, 3, 4), shape: [2, 2], stride: [2, 1], offset: 0 });
 * matrix.get(1, 0); // → 3
 * ```
 */
export function toNdarray(view: NumericView): Ndarray {
  checkView('toNdarray', 'view', view);
  const { data, shape, stride, offset } = view;
  return construct(data as Float64Array, [...shape], [...stride], offset) as unknown as Ndarray;
}

/**
 * Columns of one length as a two-dimensional ndarray, a row an observation and a column a series, in the order of
 * the keys. The numbers are copied once.
 *
 * @throws DataError where the columns differ in length, or there are none
 * @example
 * ```ts
 * panel({ y: [1, 2, 3], x: [4, 5, 6] }).get(2, 1); // → 6
 * ```
 */
export function panel(columns: { readonly [name: string]: Series }): Ndarray {
  const series = Object.values(columns);
  if (series.length === 0) throw new DataError('too-short', 'panel: needs at least 1 column, received 0');
  const rows = checkSameLength('panel', columns);
  const data = new Float64Array(rows * series.length);
  series.forEach((column, j) => {
    for (let i = 0; i < rows; i++) data[j * rows + i] = column[i]!;
  });
  return toNdarray({ data, shape: [rows, series.length], stride: [1, rows], offset: 0 });
}
