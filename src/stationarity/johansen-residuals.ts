import { DataError } from '../core/errors.js';
import { type Orthogonal, orthogonaliseFew } from '../math/orthogonal.js';
import { detrended, type LineTrend } from './detrended.js';
import { dot } from './dot.js';
import { orthonormalBasis, removeFrom } from './orthonormal-basis.js';

/** Changes and the levels before them, both less trend and the changes of `lags` observations before. */
export function residualsOf(
  system: readonly Float64Array[],
  trend: LineTrend,
  lags: number,
): { changes: Float64Array[]; levels: Float64Array[] } {
  const level = system.map((column) => detrended(column, trend));
  const steps = level.map((column) => column.subarray(1).map((x, t) => x - column[t]!));
  const rows = steps[0]!.length;
  const past = Array.from({ length: lags }, (_, k) =>
    steps.map((step) => step.slice(lags - 1 - k, rows - 1 - k)),
  );
  const constant = trend === 'none' ? [] : [new Float64Array(rows - lags).fill(1)];
  const basis = orthonormalBasis([...constant, ...past.flat()]);
  const changes = steps.map((step) => step.slice(lags));
  const levels = level.map((column) => column.slice(lags, rows));
  for (const column of [...changes, ...levels]) removeFrom(column, basis);
  return { changes, levels };
}

/** Orthonormal columns and their triangle, or which column is nothing but rounding, alone or beside the earlier ones. */
export function decomposed(
  who: string,
  columns: readonly Float64Array[],
  sizes: readonly number[],
  verb: 'is' | 'changes as',
): Orthogonal {
  const orthogonal = orthogonaliseFew(columns);
  columns.forEach((column, j) => {
    const grain = 4 * Number.EPSILON * Math.sqrt(column.length) * sizes[j]!;
    if (orthogonal.triangle[j]![j]! > grain) return;
    const alone = dot(column, column, 0, column.length) <= grain * grain;
    const others = alone ? 'its trend and lags' : 'the columns before it';
    throw new DataError('degenerate', `${who}: columns[${j}] ${verb} a combination of ${others}`);
  });
  return orthogonal;
}
