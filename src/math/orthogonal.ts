/** A tall matrix as orthonormal columns times an upper triangle: `columns[j][i] = Σ orthonormal[k][i] · triangle[k][j]`. */
export interface Orthogonal {
  readonly orthonormal: readonly Float64Array[];
  readonly triangle: readonly Float64Array[];
}

/** A way to take a matrix apart, given by its columns. */
export type Orthogonalise = (columns: readonly Float64Array[]) => Orthogonal;

/**
 * By Gram–Schmidt, each column cleaned twice: enough for a constant and one centred column, which are orthogonal but
 * for rounding, and a fiftieth of the weight of a general decomposition.
 *
 * Source: Giraud, Langou & Rozložník (2005), "The loss of orthogonality in the Gram-Schmidt orthogonalization process".
 */
export function orthogonaliseFew(columns: readonly Float64Array[]): Orthogonal {
  const orthonormal = columns.map((column) => column.slice());
  const triangle = columns.map(() => new Float64Array(columns.length));
  orthonormal.forEach((column, j) => {
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        const shared = dot(orthonormal[k]!, column);
        triangle[k]![j]! += shared;
        for (let i = 0; i < column.length; i++) column[i]! -= shared * orthonormal[k]![i]!;
      }
    }
    const length = Math.sqrt(dot(column, column));
    triangle[j]![j] = length;
    for (let i = 0; i < column.length; i++) column[i]! /= length;
  });
  return { orthonormal, triangle };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
