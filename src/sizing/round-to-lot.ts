import { checkChoice, checkFinite, checkOptions, checkPositive, checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { decimalMultiple, decimalProduct, type Rounding, stepsIn } from '../math/decimal.js';

/** The step an exchange trades in, and which way to round to it. */
export interface LotOptions {
  /** The smallest step of a quantity, or of a price: 1, 0.001, 0.25. */
  readonly lot: number;
  /** `'down'` towards zero (default, never more than asked for), `'nearest'`, halves away from zero, or `'up'`. */
  readonly rounding?: 'down' | 'nearest' | 'up';
}

const ROUNDINGS: readonly Rounding[] = ['down', 'nearest', 'up'];

/** More steps than this cannot be counted in a double. */
const MOST_STEPS = 2 ** 53;

/** A whole number of steps, as the decimal a person would print. */
export function roundToStep(who: string, value: number, step: number, rounding: Rounding): number {
  if (Math.abs(value) / step >= MOST_STEPS) {
    throw new DataError('degenerate', `${who}: ${value} holds too many steps of ${step} to count`);
  }
  return decimalMultiple(stepsIn(value, step, rounding), step);
}

/**
 * The quantity an exchange takes: a whole number of lots, the sign kept. Worked out in decimals, so 0.1 + 0.2 is three
 * lots of 0.1, and what only rounding errors keep from a whole number of lots is that number.
 *
 * @throws OptionError where the lot is not above zero; DataError where the quantity is not finite, or holds 2 ** 53 lots
 * @example
 * ```ts
 * roundToLot(0.1 + 0.2, { lot: 0.1 }); // → 0.3
 * roundToLot(0.7 + 0.1, { lot: 0.1 }); // → 0.8
 * roundToLot(-1.23456, { lot: 0.001 }); // → -1.234
 * roundToLot(149, { lot: 100, rounding: 'nearest' }); // → 100
 * ```
 */
export function roundToLot(quantity: number, options: LotOptions): number {
  checkOptions('roundToLot', options, ['lot', 'rounding']);
  const lot = checkPositive('roundToLot', 'lot', options.lot);
  const rounding = checkChoice('roundToLot', 'rounding', options.rounding ?? 'down', ROUNDINGS);
  return roundToStep('roundToLot', finite('roundToLot', 'quantity', quantity), lot, rounding);
}

/** A decision may not rest on a number that is none. */
function finite(who: string, name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new DataError('not-finite', `${who}: ${name} must be a finite number, received ${value}`);
}

/** What an exchange accepts. */
export interface ExchangeRules {
  /** The step of prices. */
  readonly tick: number;
  /** The step of quantities. */
  readonly lot: number;
  /** The smallest quantity, whichever side; one lot unless said. */
  readonly minimumQuantity?: number;
  /** The largest quantity, whichever side; none unless said. */
  readonly maximumQuantity?: number;
  /** The smallest |quantity| · price; none unless said. */
  readonly minimumNotional?: number;
}

/** What can be sent, or why nothing can. */
export interface SendableOrder {
  /** A whole number of lots; 0 where the order cannot be sent. */
  readonly quantity: number;
  /** A whole number of ticks. */
  readonly price: number;
  /** |quantity| · price. */
  readonly notional: number;
  /** Which rule refuses the order; `'none'` where it can be sent. */
  readonly refused: 'none' | 'below-minimum-quantity' | 'below-minimum-notional';
}

/**
 * The order an exchange accepts in place of the one wanted: quantity down to whole lots and to the largest allowed, price
 * to the tick that is no worse than asked (down for a buy, up for a sell), and nothing at all below the minimum.
 *
 * @throws OptionError where a rule is not above zero; DataError where quantity or price is not finite, or the price not above zero
 * @example
 * ```ts
 * const rules = { tick: 0.01, lot: 0.001, minimumNotional: 5 };
 * exchangeFilters({ quantity: 0.12345, price: 100.239 }, rules).quantity; // → 0.123
 * exchangeFilters({ quantity: 0.12345, price: 100.239 }, rules).price; // → 100.23
 * exchangeFilters({ quantity: 0.04, price: 100 }, rules).refused; // → 'below-minimum-notional'
 * ```
 */
export function exchangeFilters(
  order: { readonly quantity: number; readonly price: number },
  rules: ExchangeRules,
): SendableOrder {
  const who = 'exchangeFilters';
  checkRecord(who, 'order', order);
  const names = ['tick', 'lot', 'minimumQuantity', 'maximumQuantity', 'minimumNotional'] as const;
  checkOptions(who, rules, names);
  const tick = checkPositive(who, 'tick', rules.tick);
  const lot = checkPositive(who, 'lot', rules.lot);
  const least = checkPositive(who, 'minimumQuantity', rules.minimumQuantity ?? lot);
  const most =
    rules.maximumQuantity === undefined
      ? Infinity
      : checkPositive(who, 'maximumQuantity', rules.maximumQuantity);
  const leastNotional = checkFinite(who, 'minimumNotional', rules.minimumNotional ?? 0);

  const wanted = finite(who, 'quantity', order.quantity);
  if (!(finite(who, 'price', order.price) > 0)) {
    throw new DataError('degenerate', `${who}: price must be above zero, received ${order.price}`);
  }
  const cut = Math.sign(wanted) * Math.min(Math.abs(wanted), most);
  const quantity = roundToStep(who, cut, lot, 'down');
  const price = roundToStep(who, order.price, tick, wanted < 0 ? 'up' : 'down');
  const notional = decimalProduct(Math.abs(quantity), price);
  const refused =
    quantity === 0 || Math.abs(quantity) < least
      ? 'below-minimum-quantity'
      : notional < leastNotional || price === 0
        ? 'below-minimum-notional'
        : 'none';
  return refused === 'none'
    ? { quantity, price, notional, refused }
    : { quantity: 0, price, notional: 0, refused };
}
