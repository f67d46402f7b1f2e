import { DataError } from '../core/errors.js';
import type { NumericView, Series } from '../core/series.js';

/** A covariance matrix: its rows, or a strided view such as an `ndarray`. */
export type CovarianceMatrix = readonly Series[] | NumericView;

/** Entries that mirror each other may differ by this share of the variances they belong to. */
const MIRRORED = 1e-9;

/** A covariance matrix taken apart: how each asset moves, and how they move together. */
export interface Assets {
  readonly count: number;
  /** Standard deviations, all above zero. */
  readonly deviations: Float64Array;
  /** Correlations, row by row, symmetric with ones on the diagonal. */
  readonly correlation: Float64Array;
}

/** Element (i, j). */
function entryOf(covariance: CovarianceMatrix, i: number, j: number): number {
  if (!('data' in covariance)) return covariance[i]![j]!;
  const { data, stride, offset } = covariance;
  return data[offset + i * stride[0]! + j * stride[1]!]!;
}

/** Rows and columns; −1 where a row has another length. */
function shapeOf(covariance: CovarianceMatrix): readonly [number, number] {
  if ('data' in covariance) return [covariance.shape[0] ?? 0, covariance.shape[1] ?? 0];
  const columns = covariance[0]?.length ?? 0;
  return [covariance.length, Array.from(covariance).every((row) => row?.length === columns) ? columns : -1];
}

/**
 * The checked matrix: square, finite, symmetric, variances above zero. Whether it is positive is for the one who
 * decomposes it.
 */
export function checkCovariance(who: string, covariance: CovarianceMatrix): Assets {
  if (typeof covariance !== 'object' || covariance === null) {
    throw new DataError('unreadable', `${who}: covariance must be rows of numbers, received ${covariance}`);
  }
  const [count, columns] = shapeOf(covariance);
  if (!(count > 0) || count !== columns) {
    throw new DataError('uneven', `${who}: covariance must be square with at least one asset`);
  }
  const deviations = new Float64Array(count);
  const correlation = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const entry = entryOf(covariance, i, j);
      if (!Number.isFinite(entry)) {
        throw new DataError('not-finite', `${who}: covariance[${i}][${j}] is ${String(entry)}`);
      }
    }
    const variance = entryOf(covariance, i, i);
    if (!(variance > 0)) {
      throw new DataError(
        'degenerate',
        `${who}: variances must be above zero, covariance[${i}][${i}] is ${variance}`,
      );
    }
    deviations[i] = Math.sqrt(variance);
  }
  for (let i = 0; i < count; i++) {
    correlation[i * count + i] = 1;
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [entryOf(covariance, i, j), entryOf(covariance, j, i)];
      const size = deviations[i]! * deviations[j]!;
      if (Math.abs(lower - upper) > MIRRORED * size) {
        throw new DataError(
          'degenerate',
          `${who}: covariance must be symmetric, [${i}][${j}] is ${lower} and [${j}][${i}] is ${upper}`,
        );
      }
      correlation[i * count + j] = correlation[j * count + i] = (lower / 2 + upper / 2) / size;
    }
  }
  return { count, deviations, correlation };
}

/** The lower Cholesky factor of a symmetric matrix of `n` rows, or nothing where it is not positive definite. */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * n + k]! * lower[j * n + k]!;
      if (i > j) lower[i * n + j] = rest / lower[j * n + j]!;
      // Of a variance of 1, what rounding errors could have made is nothing.
      else if (rest > 1e-14 * matrix[i * n + i]!) lower[i * n + i] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return lower;
}

/** The solution of L Lᵀ x = b. */
export function solve(lower: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

/** The Cholesky factor of the correlations, refused where there is none. */
export function checkPositiveDefinite(who: string, { correlation, count }: Assets): Float64Array {
  const lower = cholesky(correlation, count);
  if (lower) return lower;
  throw new DataError(
    'degenerate',
    `${who}: covariance must be positive definite: some mix of the assets has no variance, or a negative one`,
  );
}
