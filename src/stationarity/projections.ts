import { dot } from './dot.js';

/**
 * A response taken apart along its regressors in their order, each less what the earlier ones explain. Every shorter
 * model is a prefix: the squares of the components after it, and the residual, add up to its residual sum of squares.
 */
export interface Projections {
  /** The component along each regressor, with its sign; 0 along one that the earlier ones already span. */
  readonly along: Float64Array;
  /** How many of the first j regressors are independent, for j = 0 … all. */
  readonly rank: Int32Array;
  /** The sum of squares that is left after all regressors. */
  readonly residual: number;
}

/** Sums of products of columns, square and symmetric, row by row. */
export interface Gram {
  readonly size: number;
  readonly entries: Float64Array;
}

// Sums of products square the conditioning: a column of which less than this share is new would cost digits that matter.
const SMALLEST_SHARE = 1e-4;

/**
 * From sums of products, by Cholesky: fast at any length. `order` lists the regressors, the response last.
 * Undefined where a column is so nearly spanned by the earlier ones that {@link projectColumns} must answer.
 */
export function projectGram(gram: Gram, order: readonly number[]): Projections | undefined {
  const n = order.length;
  const triangle = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const source = order[i]! * gram.size;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = gram.entries[source + order[j]!]!;
      for (let k = 0; k < j; k++) sum -= triangle[row + k]! * triangle[other + k]!;
      triangle[row + j] = sum / triangle[other + j]!;
    }
    const square = gram.entries[source + order[i]!]!;
    let left = square;
    for (let k = 0; k < i; k++) left -= triangle[row + k]! * triangle[row + k]!;
    if (!(left > SMALLEST_SHARE * square)) return undefined;
    triangle[row + i] = Math.sqrt(left);
  }
  const last = n * (n - 1);
  return {
    along: triangle.slice(last, last + n - 1),
    rank: Int32Array.from({ length: n }, (_, j) => j),
    residual: triangle[last + n - 1]! ** 2,
  };
}

/**
 * From the columns themselves, by Householder reflections, the response last: slower, and right also where columns
 * nearly coincide. The columns are overwritten.
 */
export function projectColumns(columns: readonly Float64Array[]): Projections {
  const regressors = columns.length - 1;
  const response = columns[regressors]!;
  const rows = response.length;
  const along = new Float64Array(regressors);
  const rank = new Int32Array(regressors + 1);
  const scales = columns.map((column) => sumOfSquares(column, 0));
  let found = 0;
  for (let j = 0; j < regressors; j++) {
    const column = columns[j]!;
    const square = sumOfSquares(column, found);
    if (found < rows && square > (rows * Number.EPSILON) ** 2 * scales[j]!) {
      const pivot = column[found]!;
      const length = Math.sqrt(square);
      column[found] = pivot + (pivot < 0 ? -length : length);
      const weight = 1 / (square + Math.abs(pivot) * length);
      for (let other = j + 1; other <= regressors; other++) reflect(columns[other]!, column, found, weight);
      along[j] = pivot < 0 ? response[found]! : -response[found]!;
      found++;
    }
    rank[j + 1] = found;
  }
  return { along, rank, residual: sumOfSquares(response, found) };
}

function sumOfSquares(column: Float64Array, from: number): number {
  return dot(column, column, from, column.length);
}

/** Mirrors a column in the plane whose normal is `normal` from row `from` on; `weight` is 2 over its squared length. */
function reflect(column: Float64Array, normal: Float64Array, from: number, weight: number): void {
  const step = weight * dot(normal, column, from, column.length);
  for (let t = from; t < column.length; t++) column[t] = column[t]! - step * normal[t]!;
}
