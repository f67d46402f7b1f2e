import { DataError } from '../core/errors.js';
import { type Centred, centre } from './centred.js';
import type { Orthogonal, Orthogonalise } from './orthogonal.js';
import { type Precise, solveRefined, solveTransposed } from './refined-fit.js';
import { sum, sumOfSquares } from './sum.js';

/** The regressors of a linear model, centred, of a size near 1, and decomposed. */
export interface Design {
  /** The column of ones, unless there is no intercept, then the slopes. */
  readonly columns: readonly Precise[];
  readonly slopes: readonly Centred[];
  readonly orthogonal: Orthogonal;
  /** Whether some columns are so close to each other that the triangle has lost digits. */
  readonly close: boolean;
}

/** Prepares regressors of one length, or says which of them determines no slope. */
export function designOf(
  who: string,
  regressors: readonly Float64Array[],
  intercept: boolean,
  rows: number,
  orthogonalise: Orthogonalise,
): Design {
  const slopes = regressors.map((column) => centre(column, intercept));
  const ones = { high: new Float64Array(rows).fill(1), low: new Float64Array(rows) };
  const columns = intercept ? [ones, ...slopes] : slopes;
  slopes.forEach((column, j) => {
    if (!column.flat) return;
    const flat = intercept ? 'constant, as the intercept is' : 'zero throughout';
    throw new DataError('degenerate', `${who}: columns[${j}] is ${flat}`);
  });

  const orthogonal = orthogonalise(columns.map((column) => column.high));
  let close = false;
  slopes.forEach((column, j) => {
    const k = columns.length - slopes.length + j;
    const own = Math.abs(orthogonal.triangle[k]![k]!);
    const whole = Math.sqrt(sumOfSquares(column.high));
    // What rounding alone can leave of a column, in its own elements and in the decomposition.
    const noise = Math.sqrt(rows) * (Math.abs(column.mean) + columns.length * whole) + whole;
    if (own <= Number.EPSILON * noise) {
      throw new DataError('degenerate', `${who}: columns[${j}] is a combination of the columns before it`);
    }
    if (own < whole / 1000) close = true;
  });
  return { columns, slopes, orthogonal, close };
}

/** √(wᵀ (columnsᵀ · columns)⁻¹ w): the standard error of w · coefficients, in residual deviations. */
export function spreadAlong({ columns, orthogonal, close }: Design, w: Float64Array): number {
  if (!close) return Math.sqrt(sumOfSquares(solveTransposed(orthogonal.triangle, w)));
  const zeros = new Float64Array(columns[0]!.high.length);
  const { high, low } = solveRefined(columns, orthogonal, { high: zeros, low: zeros }, w);
  return Math.sqrt(sum(w.map((share, j) => share * (high[j]! + low[j]!))));
}
