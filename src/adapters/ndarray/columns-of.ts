import type { NumericView } from '../../core/series.js';
import { readPanel } from '../../stats/panel.js';

/**
 * The columns of a matrix by name, which is the way back from {@link panel}: rows are observations. Columns that lie in
 * one piece of a `Float64Array` share its memory; strided ones are copied.
 *
 * A screen or a correlation matrix needs no columns: it takes `{ ...matrix, names }` as it is.
 *
 * @throws DataError where it is no matrix, there are more or fewer names than columns, or two names are the same
 * @example
 * ```ts
 * const prices = panel({ y: [1, 2, 3], x: [4, 5, 6] });
 * columnsOf(prices, ['y', 'x']).x; // → [4, 5, 6]
 * columnsOf(prices.step(-1, 1), ['y', 'x']).y; // → [3, 2, 1]
 * correlationMatrix({ ...prices, names: ['y', 'x'] }).data; // → [1, 1, 1, 1]
 * ```
 */
export function columnsOf<Name extends string>(
  matrix: NumericView,
  names: readonly Name[],
): { readonly [N in Name]: Float64Array } {
  const { data, shape, stride, offset } = matrix;
  const { columns } = readPanel('columnsOf', { data, shape, stride, offset, names }, 0);
  const entries = names.map((name, j) => [name, columns[j]!] as const);
  return Object.fromEntries(entries) as { readonly [N in Name]: Float64Array };
}
