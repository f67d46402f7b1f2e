import { DataError } from '../core/errors.js';
import { scaleFor } from '../math/centred.js';

/** A column whose differences and slopes are doubles, and the power of two it was multiplied by. */
export interface Ordinary {
  readonly values: Float64Array;
  readonly scale: number;
}

/** A column as it is, or brought to a size near 1 where its numbers come near the ends of the double range. */
export function ordinary(column: Float64Array): Ordinary {
  let size = 0;
  for (let i = 0; i < column.length; i++) {
    const distance = Math.abs(column[i]!);
    if (distance > size) size = distance;
  }
  if (size === 0 || (size > 1e-100 && size < 1e100)) return { values: column, scale: 1 };
  const scale = scaleFor(size);
  return { values: column.map((value) => value * scale), scale };
}

/** Refuses an x that never moves. */
export function checkMoves(who: string, x: Float64Array): void {
  for (let i = 1; i < x.length; i++) if (x[i] !== x[0]) return;
  throw new DataError('degenerate', `${who}: x must move, received ${x.length} times ${x[0]}`);
}

/** Refuses a ratio that no double can hold. */
export function checkRatio(who: string, ratio: number): number {
  if (Number.isFinite(ratio)) return ratio;
  throw new DataError('degenerate', `${who}: the ratio, ${ratio}, is beyond the range of a double`);
}
