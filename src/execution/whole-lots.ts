import { checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { decimalMultiple, stepsIn } from '../math/decimal.js';

/** More lots than this cannot be split in doubles to within one of them. */
const MOST_LOTS = 2 ** 50;

/** An order in lots, which is what may be split. */
export interface Lots {
  readonly count: number;
  readonly lot: number;
}

/** The order as a whole number of lots; refused where it is none. */
export function checkLots(who: string, quantity: number, lot: number): Lots {
  checkPositive(who, 'lot', lot);
  if (!Number.isFinite(quantity)) {
    throw new DataError(
      'not-finite',
      `${who}: quantity must be a finite number, received ${String(quantity)}`,
    );
  }
  if (Math.abs(quantity) / lot > MOST_LOTS) {
    throw new DataError(
      'degenerate',
      `${who}: quantity of ${quantity} holds too many lots of ${lot} to split`,
    );
  }
  const count = stepsIn(quantity, lot, 'down');
  if (count !== stepsIn(quantity, lot, 'up')) {
    throw new DataError(
      'degenerate',
      `${who}: quantity must be a whole number of lots of ${lot}, received ${quantity}`,
    );
  }
  return { count, lot };
}

/**
 * The order split by the share of it that is to be done by the end of each slice, the last of which is 1. What is done by
 * then is rounded, so that children are whole, sum exactly and are within one lot of the ideal split.
 */
export function splitLots({ count, lot }: Lots, done: readonly number[]): Float64Array {
  const out = new Float64Array(done.length);
  let before = 0;
  done.forEach((share, i) => {
    const now = i === done.length - 1 ? count : Math.sign(count) * Math.round(Math.abs(count) * share);
    out[i] = decimalMultiple(now - before, lot);
    before = now;
  });
  return out;
}
