import { checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { symmetricEigen } from './eigen.js';
import { type Matrix, matrixOf, readSymmetric, type SquareMatrix } from './matrix.js';

export interface NearestCorrelationOptions {
  /** The search ends when no entry moves by more; 1e-12 unless said. */
  readonly tolerance?: number;
  /** Rounds at most; 10,000 unless said. */
  readonly iterations?: number;
}

/**
 * The correlation matrix nearest to a symmetric one that is none: ones on the diagonal, no combination of negative variance,
 * and the least sum of squared differences. Correlations that were stressed by hand, or estimated each on its own days, are
 * mended so.
 *
 * Source: Higham (2002), "Computing the nearest correlation matrix: a problem from finance", IMA Journal of Numerical Analysis
 * 22, 329–343: alternating projections with Dykstra's correction.
 *
 * @param matrix - symmetric
 * @throws DataError where the matrix is not square, symmetric and finite, or the rounds do not suffice
 * @example
 * ```ts
 * const mended = nearestCorrelation([
 *   [1, 1, 0],
 *   [1, 1, 1],
 *   [0, 1, 1],
 * ]);
 * mended.data; // → [1, 0.76069, 0.15730, 0.76069, 1, 0.76069, 0.15730, 0.76069, 1]
 * ```
 */
export function nearestCorrelation(matrix: SquareMatrix, options: NearestCorrelationOptions = {}): Matrix {
  const who = 'nearestCorrelation';
  checkOptions(who, options, ['tolerance', 'iterations']);
  const tolerance = checkPositive(who, 'tolerance', options.tolerance ?? 1e-12);
  const iterations = checkInteger(who, 'iterations', options.iterations ?? 10_000);
  const { data, size } = readSymmetric(who, 'matrix', matrix);
  let near = data.slice();
  let correction = new Float64Array(data.length);
  for (let round = 0; round < iterations; round++) {
    const moved = near.map((entry, i) => entry - correction[i]!);
    const projected = withoutNegative(moved, size);
    correction = projected.map((entry, i) => entry - moved[i]!);
    const next = projected.slice();
    for (let i = 0; i < size; i++) next[i * size + i] = 1;
    let change = 0;
    for (let i = 0; i < next.length; i++) change = Math.max(change, Math.abs(next[i]! - near[i]!));
    near = next;
    if (change <= tolerance) return matrixOf(near.map(clipped), size);
  }
  throw new DataError('degenerate', `${who}: ${iterations} rounds do not reach a tolerance of ${tolerance}`);
}

const clipped = (entry: number): number => Math.max(-1, Math.min(1, entry));

/** The nearest matrix without negative eigenvalues. */
function withoutNegative(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, size);
  const out = new Float64Array(size * size);
  values.forEach((value, k) => {
    if (value <= 0) return;
    for (let i = 0; i < size; i++) {
      const left = value * vectors[k * size + i]!;
      for (let j = 0; j <= i; j++) out[i * size + j] = out[i * size + j]! + left * vectors[k * size + j]!;
    }
  });
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) out[j * size + i] = out[i * size + j]!;
  return out;
}
