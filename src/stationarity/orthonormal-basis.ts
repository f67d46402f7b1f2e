import { dot } from './dot.js';

/** Takes from a column what it shares with orthonormal ones; twice, so that rounding leaves nothing. */
export function removeFrom(column: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const shared = dot(direction, column, 0, column.length);
      for (let t = 0; t < column.length; t++) column[t] = column[t]! - shared * direction[t]!;
    }
  }
}

/** Orthonormal columns that span the given ones, in order; a column that the earlier ones span adds none. */
export function orthonormalBasis(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rows = column.length;
    const whole = dot(column, column, 0, rows);
    const rest = column.slice();
    removeFrom(rest, basis);
    const square = dot(rest, rest, 0, rows);
    if (square <= (rows * Number.EPSILON) ** 2 * whole) continue;
    const length = Math.sqrt(square);
    for (let t = 0; t < rows; t++) rest[t] = rest[t]! / length;
    basis.push(rest);
  }
  return basis;
}
