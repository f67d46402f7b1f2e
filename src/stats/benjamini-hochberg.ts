import { checkSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';

/**
 * P-values of many tests, adjusted for their number: keep those at most q, and on average no more than the share q of
 * what is kept is chance. In the order given; NaN stays NaN and does not count as a test.
 *
 * Holds for tests that are independent or that err together, as those of many pairs of one market mostly do.
 *
 * Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300.
 *
 * @param pValues - from 0 to 1, or NaN
 * @throws DataError where a p-value is none, naming it
 * @example
 * ```ts
 * benjaminiHochberg([0.01, 0.04, 0.03, 0.5]); // → [0.04, 0.05333333333333, 0.05333333333333, 0.5]
 * ```
 */
export function benjaminiHochberg(pValues: Series): Float64Array {
  const values = toFloat64(checkSeries('benjaminiHochberg', 'pValues', pValues));
  const tests: number[] = [];
  values.forEach((p, i) => {
    if (p < 0 || p > 1)
      throw new DataError(
        'unreadable',
        `benjaminiHochberg: pValues[${i}] must be from 0 to 1, received ${p}`,
      );
    if (!Number.isNaN(p)) tests.push(i);
  });
  const sorted = Float64Array.from(tests, (i) => values[i]!).sort();
  // Equal p-values share one rank, the last of theirs.
  const adjusted = new Float64Array(sorted.length);
  let least = 1;
  for (let rank = sorted.length; rank > 0; rank--) {
    const scaled = sorted[rank - 1]! * (sorted.length / rank);
    if (scaled < least) least = scaled;
    adjusted[rank - 1] = least;
  }
  return values.map((p) => (Number.isNaN(p) ? NaN : adjusted[lastRank(sorted, p)]!));
}

/** The last place of a value in a sorted list that holds it. */
function lastRank(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
