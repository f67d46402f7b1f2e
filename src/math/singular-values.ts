import { Matrix, SingularValueDecomposition } from 'ml-matrix';

/** The singular values of a square matrix, largest first, and the left singular vector of each. */
export interface SingularValues {
  readonly values: Float64Array;
  readonly left: readonly Float64Array[];
}

/** Takes apart a square matrix given by its rows. Values are right to a few units in the last place of the largest. */
export function singularValues(rows: readonly Float64Array[]): SingularValues {
  const size = rows.length;
  const matrix = new Matrix(size, size);
  rows.forEach((row, i) => {
    row.forEach((entry, j) => {
      matrix.set(i, j, entry);
    });
  });
  const { diagonal, leftSingularVectors } = new SingularValueDecomposition(matrix, {
    computeRightSingularVectors: false,
  });
  const order = diagonal.map((_, k) => k).sort((a, b) => diagonal[b]! - diagonal[a]!);
  return {
    values: Float64Array.from(order, (k) => diagonal[k]!),
    left: order.map((k) => Float64Array.from(leftSingularVectors.getColumn(k))),
  };
}
