import { checkFinite, checkOptions, checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { decimalSum, isMeant } from '../math/decimal.js';

/** What was bought (positive) or sold (negative), at what price. A `time` and an `instrument` may be there too. */
export interface ExecutionFill {
  readonly quantity: number;
  readonly price: number;
  /** Money paid; 0 unless said. */
  readonly fee?: number;
}

/** What was decided, and what came of it. */
export interface ImplementationShortfallOptions {
  /** Decided on: positive to buy, negative to sell. */
  readonly quantity: number;
  /** The price when it was decided: what the paper portfolio trades at. */
  readonly decisionPrice: number;
  /** The price when the order reached the market; the decision's unless said. */
  readonly arrivalPrice?: number;
  readonly fills: readonly ExecutionFill[];
  /** The price at the end, at which what was not filled is judged; needed where something was not. */
  readonly finalPrice?: number;
}

/** What it cost to do it in a market rather than on paper. Money; a loss is positive. */
export interface ImplementationShortfall {
  /** The price ran before the order arrived, on what was filled. */
  readonly delay: number;
  /** Fills beside the price at arrival. */
  readonly execution: number;
  /** What was not filled, from the decision to the end. */
  readonly opportunity: number;
  readonly fees: number;
  /** All four: paper profit less real profit. */
  readonly total: number;
  /** The total in hundredths of a per cent of the money decided on. */
  readonly basisPoints: number;
  readonly filled: number;
  readonly unfilled: number;
  /** NaN where nothing was filled. */
  readonly averagePrice: number;
}

/** Fills together. */
interface Filled {
  readonly quantity: number;
  /** Σ quantity · (price − about). */
  readonly money: (about: number) => number;
  readonly fees: number;
}

function checkFills(who: string, fills: readonly ExecutionFill[]): Filled {
  checkRecord(who, 'fills', fills);
  if (!Array.isArray(fills)) throw new DataError('unreadable', `${who}: fills must be an array`);
  fills.forEach((fill: ExecutionFill, i) => {
    checkRecord(who, `fills[${i}]`, fill);
    checkOptions(who, fill, ['quantity', 'price', 'fee', 'time', 'instrument']);
    for (const name of ['quantity', 'price', 'fee'] as const) {
      const value = name === 'fee' ? (fill.fee ?? 0) : fill[name];
      if (!Number.isFinite(value))
        throw new DataError('not-finite', `${who}: fills[${i}].${name} is ${String(value)}`);
    }
  });
  return {
    quantity: decimalSum(fills.map(({ quantity }) => quantity)),
    money: (about) => fills.reduce((total, { quantity, price }) => total + quantity * (price - about), 0),
    fees: fills.reduce((total, { fee = 0 }) => total + fee, 0),
  };
}

/**
 * How far a real portfolio falls behind the paper one that trades at once at the decision's price, and why.
 *
 * Source: Perold (1988), "The implementation shortfall: paper versus reality"; Wagner & Edwards (1993) for the split.
 *
 * @throws OptionError where an option is out of range or a fill has an unknown name; DataError where a fill is not finite
 * or not on the order's side, together they are more than the order, or something was not filled and there is no final price
 * @example
 * ```ts
 * const fills = [{ quantity: 500, price: 50.4, fee: 5 }, { quantity: 300, price: 50.6, fee: 3 }];
 * const cost = implementationShortfall({ quantity: 1000, decisionPrice: 50, arrivalPrice: 50.2, fills, finalPrice: 51 });
 * cost.delay; // → 160.0000000
 * cost.execution; // → 220.0000000
 * cost.opportunity; // → 200.0000000
 * cost.total; // → 588.0000000
 * ```
 */
export function implementationShortfall(options: ImplementationShortfallOptions): ImplementationShortfall {
  const who = 'implementationShortfall';
  checkOptions(who, options, ['quantity', 'decisionPrice', 'arrivalPrice', 'fills', 'finalPrice']);
  const quantity = checkFinite(who, 'quantity', options.quantity);
  const decision = checkFinite(who, 'decisionPrice', options.decisionPrice);
  const arrival = checkFinite(who, 'arrivalPrice', options.arrivalPrice ?? decision);
  const { quantity: sum, money, fees } = checkFills(who, options.fills);
  if (quantity === 0) throw new DataError('degenerate', `${who}: quantity must not be 0`);
  const wrong = options.fills.findIndex((fill) => fill.quantity * Math.sign(quantity) < 0);
  if (wrong >= 0) {
    const side = quantity > 0 ? 'buy' : 'sell';
    throw new DataError(
      'degenerate',
      `${who}: the order is to ${side}, fills[${wrong}].quantity is ${options.fills[wrong]!.quantity}`,
    );
  }
  // What only rounding keeps from the whole order is the whole order.
  const filled = isMeant(sum, quantity) ? quantity : sum;
  if (Math.abs(filled) > Math.abs(quantity)) {
    throw new DataError(
      'degenerate',
      `${who}: fills must be part of the order of ${quantity}, received ${filled}`,
    );
  }
  const unfilled = decimalSum([quantity, -filled]);
  if (unfilled !== 0 && options.finalPrice === undefined) {
    throw new DataError('too-short', `${who}: needs a finalPrice for the ${unfilled} not filled`);
  }
  const final = checkFinite(who, 'finalPrice', options.finalPrice ?? decision);
  const delay = filled * (arrival - decision);
  const execution = money(arrival);
  const opportunity = unfilled * (final - decision);
  const total = delay + execution + opportunity + fees;
  return {
    delay,
    execution,
    opportunity,
    fees,
    total,
    basisPoints: (total / Math.abs(quantity * decision)) * 1e4,
    filled,
    unfilled,
    averagePrice: decision + money(decision) / filled,
  };
}

/** Fills, and the prices they are to be held against. */
export interface SlippageOptions {
  readonly fills: readonly ExecutionFill[];
  /** The price when the order reached the market. */
  readonly arrival?: number;
  /** The market's mean price weighted by volume while the order worked. */
  readonly vwap?: number;
  /** The closing price. */
  readonly close?: number;
}

/** How much worse than each price the fills were, in basis points of it; NaN where it was not given. */
export interface Slippage {
  readonly averagePrice: number;
  readonly arrival: number;
  readonly vwap: number;
  readonly close: number;
}

/**
 * How much worse than the arrival price, the market's VWAP and the close an order was filled, in basis points: positive is a
 * loss, whichever side. Fees are not counted.
 *
 * @throws OptionError where an option is unknown or a price is not finite; DataError where a fill is not, or together they
 * are nothing
 * @example
 * ```ts
 * const { arrival, vwap } = slippage({ fills: [{ quantity: -10, price: 99 }], arrival: 100, vwap: 98.5 });
 * arrival; // → 100.00000
 * vwap; // → -50.76142
 * ```
 */
export function slippage(options: SlippageOptions): Slippage {
  const who = 'slippage';
  checkOptions(who, options, ['fills', 'arrival', 'vwap', 'close']);
  const { quantity, money } = checkFills(who, options.fills);
  if (quantity === 0) throw new DataError('degenerate', `${who}: fills must have a quantity on one side`);
  const against = (name: 'arrival' | 'vwap' | 'close'): number => {
    const price = options[name];
    return price === undefined
      ? NaN
      : (money(checkFinite(who, name, price)) / Math.abs(quantity * price)) * 1e4;
  };
  return {
    averagePrice: money(0) / quantity,
    arrival: against('arrival'),
    vwap: against('vwap'),
    close: against('close'),
  };
}
