import { DataError } from '../../core/errors.js';
import type { NumericView } from '../../core/series.js';
import { columnsOf } from './columns-of.js';
import { type Ndarray, toNdarray } from './ndarray.js';

/** One entry of a matrix over pairs of names. */
export interface MatrixEntry {
  /** The name of the row. */
  readonly y: string;
  /** The name of the column. */
  readonly x: string;
  readonly value: number;
}

/**
 * The entries of a square matrix over names, row by row, without the diagonal and what is NaN: a screen's p-values back
 * from their ndarray, say.
 *
 * @throws DataError where the matrix is not square in the names
 * @example
 * ```ts
 * const screen = toNdarray({ data: [NaN, 0.04, NaN, NaN], shape: [2, 2], stride: [2, 1], offset: 0 });
 * pairsOf(screen, ['KO', 'PEP']); // → [{ y: 'KO', x: 'PEP', value: 0.04 }]
 * ```
 */
export function pairsOf(matrix: NumericView, names: readonly string[]): MatrixEntry[] {
  const [rows] = matrix.shape;
  if (rows !== names.length) {
    throw new DataError('uneven', `pairsOf: needs ${rows} names for ${rows} rows, received ${names.length}`);
  }
  const columns = Object.values(columnsOf(matrix, names));
  return names.flatMap((y, i) =>
    names.flatMap((x, j) => {
      const value = columns[j]![i]!;
      return i === j || Number.isNaN(value) ? [] : [{ y, x, value }];
    }),
  );
}

/**
 * Entries as a square ndarray over names, NaN where there is none: the way back from {@link pairsOf}.
 *
 * @throws DataError where an entry has a name that is not among them
 * @example
 * ```ts
 * matrixOf([{ y: 'KO', x: 'PEP', value: 0.04 }], ['KO', 'PEP']).get(0, 1); // → 0.04
 * ```
 */
export function matrixOf(entries: Iterable<MatrixEntry>, names: readonly string[]): Ndarray {
  const count = names.length;
  const data = new Float64Array(count * count).fill(NaN);
  const at = new Map(names.map((name, i) => [name, i]));
  const place = (name: string): number => {
    const found = at.get(name);
    if (found !== undefined) return found;
    throw new DataError('unreadable', `matrixOf: '${name}' is not among the names`);
  };
  for (const { y, x, value } of entries) data[place(y) * count + place(x)] = value;
  return toNdarray({ data, shape: [count, count], stride: [count, 1], offset: 0 });
}
