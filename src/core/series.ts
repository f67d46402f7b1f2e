/** Numbers in order, read only: an array, a typed array, or anything indexed with a length. */
export type Series = ArrayLike<number>;

/** The same fields as `Row`, each holding a whole series. */
export type SeriesOf<Row> = { readonly [Field in keyof Row]: Series };

/** The same fields as `Row`, each holding a column of results. */
export type ColumnsOf<Row> = { readonly [Field in keyof Row]: Float64Array };

/**
 * A matrix or panel as strided memory, the shape of an `ndarray`: element (i, j) of a matrix is
 * `data[offset + i * stride[0] + j * stride[1]]`. A real `ndarray` is such a view, and is read without copying.
 */
export interface NumericView {
  readonly data: Series;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** Two legs of one trade idea: `y` is explained, `x` explains. */
export interface Pair {
  readonly y: number;
  readonly x: number;
}

/** A value that claims to be a number: what is none, such as the null that JSON writes for NaN, is missing. */
export function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

/** A series as a Float64Array: itself when it is one, a copy otherwise. Kernels then see one shape of array. */
export function toFloat64(series: Series): Float64Array {
  return series instanceof Float64Array ? series : Float64Array.from(series, asNumber);
}
