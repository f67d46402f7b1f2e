import { decimal, type Fields, flag, moment, whole, word } from './fields.js';
import type { Side, TradeMessage } from './message.js';

/** One trade of one symbol, the same whichever way it came. */
export interface BinanceTrade {
  readonly type: 'trade';
  readonly symbol: string;
  /** Runs on by one per symbol. */
  readonly id: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  /** Who came to the market. */
  readonly side: Side;
}

/** The trade in the fields of a stream, or of a row of REST. */
export function readTrade(symbol: unknown, data: Fields, id: unknown = data['a']): BinanceTrade {
  return {
    type: 'trade',
    id: whole('trade id', id),
    symbol: word('symbol', symbol),
    time: moment('trade time', data['T']),
    price: decimal('price', data['p']),
    quantity: decimal('quantity', data['q']),
    side: flag('buyer is maker', data['m']) ? 'sell' : 'buy',
  };
}

/**
 * A message of a trade stream as the trade the feeds hand over.
 *
 * @example
 * ```ts
 * const text = '{"e":"trade","E":3,"s":"BNBBTC","t":7,"p":"0.5","q":"2","T":2,"m":false,"M":true}';
 * tradeOf(parseFrame(text) as TradeMessage); // → { type: 'trade', symbol: 'BNBBTC', id: 7, time: 2, price: 0.5, quantity: 2, side: 'buy' }
 * ```
 */
export function tradeOf({ symbol, id, time, price, quantity, side }: TradeMessage): BinanceTrade {
  return { type: 'trade', symbol, id, time, price, quantity, side };
}
