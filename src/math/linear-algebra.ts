import { QrDecomposition, WrapperMatrix1D } from 'ml-matrix';
import type { Orthogonal } from './orthogonal.js';

/** Householder QR of a matrix given by its columns, of which there are no more than rows. */
export function orthogonalise(columns: readonly Float64Array[]): Orthogonal {
  const rows = columns[0]!.length;
  const entries = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) entries[i * columns.length + j] = column[i]!;
  });
  const decomposition = new QrDecomposition(new WrapperMatrix1D(entries, { rows }));
  const q = decomposition.orthogonalMatrix;
  const r = decomposition.upperTriangularMatrix;
  const orthonormal = columns.map((_, j) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = q.get(i, j);
    return column;
  });
  return { orthonormal, triangle: columns.map((_, j) => Float64Array.from(r.getRow(j))) };
}
