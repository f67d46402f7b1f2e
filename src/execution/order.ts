import { checkChoice, checkOptions, checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { decimalSum, isMeant } from '../math/decimal.js';

/** Where an order is in its life. The last four are final. */
export type OrderStatus = 'new' | 'partially-filled' | 'filled' | 'cancelled' | 'rejected' | 'expired';

/** An order as it stands: never changed, only replaced by the next. */
export interface Order {
  readonly id: string;
  /** Positive to buy, negative to sell. */
  readonly quantity: number;
  readonly status: OrderStatus;
  /** Signed like the quantity, and never more. */
  readonly filled: number;
  /** quantity − filled, in decimals; what is left of a final order will not be filled. */
  readonly remaining: number;
  /** Mean price of what was filled; NaN before the first fill. */
  readonly averagePrice: number;
  /** Money paid in fees. */
  readonly fees: number;
  /** When it was placed, and when something last happened to it. */
  readonly placed: number;
  readonly updated: number;
}

/** What can happen to an order. */
export type OrderEvent =
  | {
      readonly type: 'fill';
      readonly time: number;
      /** Signed like the order. */
      readonly quantity: number;
      readonly price: number;
      /** 0 unless said; negative for a rebate. */
      readonly fee?: number;
    }
  | { readonly type: 'cancel' | 'reject' | 'expire'; readonly time: number };

/** What ends an order, and as what. */
const ENDS = { cancel: 'cancelled', reject: 'rejected', expire: 'expired' } as const;

/** What may happen in each state. */
const ALLOWED: Readonly<Record<OrderStatus, readonly OrderEvent['type'][]>> = {
  new: ['fill', 'cancel', 'reject', 'expire'],
  'partially-filled': ['fill', 'cancel', 'expire'],
  filled: [],
  cancelled: [],
  rejected: [],
  expired: [],
};

/** What an order begins with. */
export interface PlaceOrderOptions {
  readonly id: string;
  /** Positive to buy, negative to sell; not 0. */
  readonly quantity: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
}

/**
 * A new order, frozen.
 *
 * @throws OptionError where an option is unknown or the id no text; DataError where quantity or time is not finite, or the quantity 0
 * @example
 * ```ts
 * placeOrder({ id: 'a', quantity: 5, time: 0 }).status; // → 'new'
 * ```
 */
export function placeOrder(options: PlaceOrderOptions): Order {
  checkOptions('placeOrder', options, ['id', 'quantity', 'time']);
  if (typeof options.id !== 'string' || options.id === '') {
    throw new OptionError(
      `placeOrder: id must be a text, received ${options.id === '' ? "''" : String(options.id)}`,
    );
  }
  const quantity = finite('placeOrder', 'quantity', options.quantity);
  const placed = finite('placeOrder', 'time', options.time);
  if (quantity === 0) throw new DataError('degenerate', 'placeOrder: quantity must not be 0');
  return Object.freeze({
    id: options.id,
    quantity,
    status: 'new',
    filled: 0,
    remaining: quantity,
    averagePrice: NaN,
    fees: 0,
    placed,
    updated: placed,
  });
}

/**
 * The order after something happened to it; the one before is not touched. What cannot happen in its state is refused, as is a
 * fill of more than remains.
 *
 * @throws OptionError where the event is of no known type, or a fill has an unknown name; DataError where it cannot happen now (`disordered`), goes back in
 * time, fills too much or the wrong side (`degenerate`), or holds what is not finite
 * @example
 * ```ts
 * const order = placeOrder({ id: 'a', quantity: 0.3, time: 0 });
 * const part = advanceOrder(order, { type: 'fill', quantity: 0.1, price: 10, time: 1 });
 * part.remaining; // → 0.2
 * const whole = advanceOrder(part, { type: 'fill', quantity: 0.2, price: 13, time: 2 });
 * whole.status; // → 'filled'
 * whole.averagePrice; // → 12.0000000
 * advanceOrder(whole, { type: 'cancel', time: 3 }); // throws DataError: advanceOrder: order a is filled, it cannot cancel
 * ```
 */
export function advanceOrder(order: Order, event: OrderEvent): Order {
  const who = 'advanceOrder';
  checkRecord(who, 'order', order);
  checkRecord(who, 'event', event);
  const type = checkChoice(who, 'type', event.type, ['fill', 'cancel', 'reject', 'expire'] as const);
  const { id, status, updated } = order;
  if (!ALLOWED[status]?.includes(type)) {
    throw new DataError('disordered', `${who}: order ${id} is ${status}, it cannot ${type}`);
  }
  const time = finite(who, 'time', event.time);
  if (time < updated) {
    throw new DataError(
      'disordered',
      `${who}: order ${id} was last heard of at ${updated}, received ${time}`,
    );
  }
  if (event.type !== 'fill') return Object.freeze({ ...order, status: ENDS[event.type], updated: time });

  checkOptions(who, event, ['type', 'time', 'quantity', 'price', 'fee']);
  checkFilled(who, order);
  const { quantity, price, fee = 0 } = event;
  finite(who, 'quantity', quantity);
  finite(who, 'price', price);
  finite(who, 'fee', fee);
  if (quantity === 0 || quantity > 0 !== order.quantity > 0) {
    const side = order.quantity > 0 ? 'buy' : 'sell';
    throw new DataError('degenerate', `${who}: order ${id} is to ${side}, received a fill of ${quantity}`);
  }
  const total = decimalSum([order.filled, quantity]);
  // What only rounding keeps from the whole order is the whole order.
  const filled = isMeant(total, order.quantity) ? order.quantity : total;
  if (Math.abs(filled) > Math.abs(order.quantity)) {
    const left = decimalSum([order.quantity, -order.filled]);
    throw new DataError('degenerate', `${who}: order ${id} has ${left} left, received ${quantity}`);
  }
  const remaining = decimalSum([order.quantity, -filled]);
  const before = order.filled === 0 ? 0 : order.averagePrice;
  return Object.freeze({
    ...order,
    status: remaining === 0 ? 'filled' : 'partially-filled',
    filled,
    remaining,
    averagePrice: before + ((price - before) * quantity) / filled,
    fees: order.fees + fee,
    updated: time,
  });
}

/** An order says what was filled of it, and never more than all of it; its `remaining` follows from that. */
function checkFilled(who: string, { id, quantity, filled, averagePrice, fees }: Order): void {
  finite(who, 'order.quantity', quantity);
  finite(who, 'order.filled', filled);
  finite(who, 'order.fees', fees);
  if (filled !== 0) finite(who, 'order.averagePrice', averagePrice);
  if (filled * Math.sign(quantity) >= 0 && Math.abs(filled) <= Math.abs(quantity)) return;
  throw new DataError('degenerate', `${who}: order ${id} of ${quantity} cannot have filled ${filled}`);
}

function finite(who: string, name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new DataError('not-finite', `${who}: ${name} must be a finite number, received ${String(value)}`);
}
