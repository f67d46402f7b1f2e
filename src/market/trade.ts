import { checkRecord, checkSameLength } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { asNumber, type SeriesOf, toFloat64 } from '../core/series.js';

/** One print on the tape. */
export interface Trade {
  /** Milliseconds since 1970 UTC; fractions allowed. */
  readonly time: number;
  /** A price that is not finite is no price: the trade still counts in volume and count. */
  readonly price: number;
  /** Signed or not: a bar's volume takes its size, whichever side it was. */
  readonly quantity: number;
  readonly id?: number | string;
}

/** A tape as columns of one length, in the order of arrival. */
export interface TradeColumns {
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
}

/** A tape as rows, or as columns of any kind of array. */
export type Trades = Iterable<Trade> | SeriesOf<TradeColumns>;

/**
 * A tape of rows as columns. A field that is missing becomes NaN; ids are not kept.
 *
 * @example
 * ```ts
 * const tape = tradeColumns([{ time: 0, price: 100, quantity: 2 }, { time: 5, price: 101, quantity: 1 }]);
 * tape.price; // → [100, 101]
 * ```
 */
export function tradeColumns(trades: Iterable<Trade>): TradeColumns {
  checkRecord('tradeColumns', 'trades', trades);
  const rows = Array.isArray(trades) ? (trades as readonly Trade[]) : Array.from(trades);
  const time = new Float64Array(rows.length);
  const price = new Float64Array(rows.length);
  const quantity = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const trade = rows[i];
    time[i] = asNumber(trade?.time);
    price[i] = asNumber(trade?.price);
    quantity[i] = asNumber(trade?.quantity);
  }
  return { time, price, quantity };
}

/**
 * A tape of columns as rows, made one at a time as they are asked for.
 *
 * @throws DataError `uneven` when the columns differ in length.
 * @example
 * ```ts
 * const [trade] = tradeRows({ time: [0], price: [100], quantity: [2] });
 * trade.price; // → 100
 * ```
 */
export function* tradeRows(trades: SeriesOf<TradeColumns>): Generator<Trade, void, undefined> {
  const { time, price, quantity } = checkRecord('tradeRows', 'trades', trades);
  const length = checkSameLength('tradeRows', { time, price, quantity });
  for (let i = 0; i < length; i++) yield { time: time[i]!, price: price[i]!, quantity: quantity[i]! };
}

/** Any tape as columns that a kernel can read. */
export function readTrades(who: string, trades: Trades): TradeColumns {
  if (typeof trades !== 'object' || trades === null) {
    throw new DataError(
      'unreadable',
      `${who}: trades must be { time, price, quantity } or rows, received ${trades}`,
    );
  }
  if (Symbol.iterator in trades) return tradeColumns(trades);
  const { time, price, quantity } = trades;
  checkSameLength(who, { time, price, quantity });
  return { time: toFloat64(time), price: toFloat64(price), quantity: toFloat64(quantity) };
}

/** The tape by time; trades of one time stay in the order of arrival. Throws over a time that is not finite. */
export function inOrder(who: string, trades: TradeColumns): TradeColumns {
  const { time, price, quantity } = trades;
  let sorted = true;
  for (let i = 0; i < time.length; i++) {
    if (!Number.isFinite(time[i])) throw new DataError('not-finite', `${who}: time[${i}] is ${time[i]}`);
    if (i > 0 && time[i]! < time[i - 1]!) sorted = false;
  }
  if (sorted) return trades;
  const order = Uint32Array.from(time, (_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
  const arranged = (column: Float64Array): Float64Array => Float64Array.from(order, (i) => column[i]!);
  return { time: arranged(time), price: arranged(price), quantity: arranged(quantity) };
}
