import { DataError } from '../core/errors.js';
import type { NumericView, Series } from '../core/series.js';

/** A square matrix: a view of numbers, or its rows. */
export type SquareMatrix = NumericView | readonly Series[];

/** A matrix of results, by rows. */
export interface Matrix extends NumericView {
  readonly data: Float64Array;
}

/** A square of numbers by rows as the world sees it. */
export function matrixOf(data: Float64Array, size: number): Matrix {
  return { data, shape: [size, size], stride: [size, 1], offset: 0 };
}

/** A symmetric matrix of finite numbers, by rows. */
export function readSymmetric(
  who: string,
  name: string,
  matrix: SquareMatrix,
  size?: number,
): { readonly data: Float64Array; readonly size: number } {
  const read = readSquare(who, name, matrix);
  if (read.size === 0) throw new DataError('too-short', `${who}: ${name} must have at least one row`);
  if (size !== undefined && read.size !== size) {
    throw new DataError(
      'uneven',
      `${who}: ${name} must be ${size} by ${size}, received ${read.size} by ${read.size}`,
    );
  }
  const { data } = read;
  for (let i = 0; i < read.size; i++) {
    for (let j = 0; j < read.size; j++) {
      const entry = data[i * read.size + j]!;
      if (!Number.isFinite(entry))
        throw new DataError('not-finite', `${who}: ${name}[${i}][${j}] is ${entry}`);
      const across = data[j * read.size + i]!;
      const scale = Math.sqrt(Math.abs(data[i * (read.size + 1)]! * data[j * (read.size + 1)]!));
      if (Math.abs(entry - across) > 1e-9 * Math.max(Math.abs(entry), scale)) {
        throw new DataError(
          'disordered',
          `${who}: ${name} must be symmetric, received [${i}][${j}] ${entry} and [${j}][${i}] ${across}`,
        );
      }
    }
  }
  return read;
}

function readSquare(
  who: string,
  name: string,
  matrix: SquareMatrix,
): { readonly data: Float64Array; readonly size: number } {
  if (Array.isArray(matrix)) {
    const rows = matrix as readonly Series[];
    const size = rows.length;
    const data = new Float64Array(size * size);
    rows.forEach((row, i) => {
      if (row?.length !== size) {
        throw new DataError(
          'uneven',
          `${who}: ${name} must be square, received ${size} rows, row ${i} of ${row?.length}`,
        );
      }
      for (let j = 0; j < size; j++) data[i * size + j] = Number(row[j]);
    });
    return { data, size };
  }
  const view = matrix as NumericView;
  const [rows, columns] = view?.shape ?? [];
  if (view?.shape?.length !== 2 || rows !== columns) {
    throw new DataError('uneven', `${who}: ${name} must be a square matrix, received shape ${view?.shape}`);
  }
  const size = rows!;
  const data = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      data[i * size + j] = view.data[view.offset + i * view.stride[0]! + j * view.stride[1]!]!;
    }
  }
  return { data, size };
}
