import type { BarTable } from './bar-columns.js';
import type { Buckets } from './buckets.js';

/** The most flat bars for one silence, live or whole: a longer one is left as it is, nobody waits for those. */
export const MOST_FLAT = 1_000_000;

/** Fills the silence between two stretches with bars at the last price. */
export function fillFlat(
  table: BarTable,
  buckets: Buckets,
  before: number,
  after: number,
  price: number,
): void {
  if (after - before - 1 > MOST_FLAT) return;
  for (let i = before + 1; i < after; i++) table.appendFlat(buckets.opening(i), price);
}
