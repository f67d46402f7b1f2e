import { DataError } from '../core/errors.js';
import type { BarTable } from './bar-columns.js';
import type { Buckets } from './buckets.js';

/** The most flat bars one silence may give: 640 MB of columns. */
const MOST_FLAT = 10_000_000;

/** Whether the silence between two stretches is longer than anybody means to fill. */
export function tooManyFlat(before: number, after: number): boolean {
  return after - before - 1 > MOST_FLAT;
}

/** Fills the silence between two stretches with bars at the last price. */
export function fillFlat(
  table: BarTable,
  buckets: Buckets,
  before: number,
  after: number,
  price: number,
): void {
  for (let i = before + 1; i < after; i++) table.appendFlat(buckets.opening(i), price);
}

/** The complaint about such a silence. */
export function flatError(who: string, buckets: Buckets, before: number, after: number): DataError {
  const opening = buckets.opening(before + 1);
  return new DataError(
    'degenerate',
    `${who}: gaps 'flat' fills at most ${MOST_FLAT} bars, the silence from ${opening} needs ${after - before - 1}; use a longer every, or 'skip'`,
  );
}
