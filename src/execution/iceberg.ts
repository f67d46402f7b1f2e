import { checkBetween, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { decimalMultiple } from '../math/decimal.js';
import { Random } from '../math/random.js';
import { checkLots } from './whole-lots.js';

/** An order, and how much of it may be seen. */
export interface IcebergOptions {
  /** Positive to buy, negative to sell; a whole number of lots. */
  readonly quantity: number;
  /** Shown at a time: a whole number of lots, not signed. */
  readonly display: number;
  /** The smallest step of a quantity; 1 unless said. */
  readonly lot?: number;
  /** Varies each tip by up to this share of `display`, so that it is not recognised by its size; 0 unless said. */
  readonly jitter?: number;
  /** Which variation; 0 unless said. */
  readonly seed?: number;
}

/**
 * The tips an order is shown by, one after another: whole lots, together exactly the order.
 *
 * @throws OptionError where an option is out of range; DataError where a quantity is not a whole number of lots
 * @example
 * ```ts
 * iceberg({ quantity: 250, display: 100 }); // → [100, 100, 50]
 * ```
 */
export function iceberg(options: IcebergOptions): Float64Array {
  const who = 'iceberg';
  checkOptions(who, options, ['quantity', 'display', 'lot', 'jitter', 'seed']);
  const lot = options.lot ?? 1;
  const { count } = checkLots(who, options.quantity, lot);
  const shown = checkLots(who, options.display, lot).count;
  if (!(shown > 0)) throw new DataError('degenerate', `${who}: display must be at least one lot`);
  const jitter = checkBetween(who, 'jitter', options.jitter ?? 0, 0, 1);
  const random = new Random(checkInteger(who, 'seed', options.seed ?? 0, 0));
  if (Math.abs(count) / shown > 1e7) {
    throw new DataError('degenerate', `${who}: display is too small, it takes more than 1e7 tips`);
  }
  const tips: number[] = [];
  for (let left = Math.abs(count); left > 0; ) {
    const varied = jitter > 0 ? Math.round(shown * (1 + jitter * (2 * random.uniform() - 1))) : shown;
    const tip = Math.min(Math.max(varied, 1), left);
    tips.push(decimalMultiple(Math.sign(count) * tip, lot));
    left -= tip;
  }
  return Float64Array.from(tips);
}
