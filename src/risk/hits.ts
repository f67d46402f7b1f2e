import { checkSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Series } from '../core/series.js';

/** count · ln share, 0 where nothing was counted. */
export function termOf(count: number, share: number): number {
  return count === 0 ? 0 : count * Math.log(share);
}

/** Days on which a loss exceeded its value at risk, as 0 and 1; true and false are read alike. */
export function checkHits(who: string, hits: Series | readonly boolean[], least: number): Uint8Array {
  const checked = checkSeries(who, 'hits', hits);
  if (checked.length < least) {
    throw new DataError(
      'too-short',
      `${who}: needs at least ${least} observations, received ${checked.length}`,
    );
  }
  return Uint8Array.from(checked, (hit, i) => {
    if (hit === 0 || hit === 1 || typeof hit === 'boolean') return Number(hit);
    throw new DataError('unreadable', `${who}: hits[${i}] must be 0 or 1, received ${String(hit)}`);
  });
}
