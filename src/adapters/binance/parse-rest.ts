import type { Bar } from '../../market/bar.js';
import { asFields, asJson, badMessage, decimal, flag, moment, rows, whole } from './fields.js';
import type { RefusalMessage, Side, SnapshotMessage, TradeMessage } from './message.js';
import { readAnswer, readSnapshot } from './parse-frame.js';

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

/** One candle of one symbol whose time is over. */
export interface BinanceBar extends Bar {
  readonly type: 'bar';
  readonly symbol: string;
}

/** Mean price weighted by size: what was paid over what was traded, within the candle, which rounding may leave. */
export function weightedPrice(
  quoteVolume: number,
  volume: number,
  low: number,
  high: number,
  close: number,
): number {
  return volume > 0 ? Math.min(high, Math.max(low, quoteVolume / volume)) : close;
}

/**
 * Aggregate trades as REST lists them, in order of their ids.
 *
 * @throws FeedError `bad-message`
 * @example
 * ```ts
 * const text = '[{"a":26129,"p":"0.01633102","q":"4.7","f":27781,"l":27781,"T":1498793709153,"m":true,"M":true}]';
 * parseAggTrades('BNBBTC', text)[0].id; // → 26129
 * ```
 */
export function parseAggTrades(symbol: string, text: string): BinanceTrade[] {
  const trades = rows('trades', asJson(text)).map((row) => readAggTrade(symbol, row));
  return trades.sort((a, b) => a.id - b.id);
}

function readAggTrade(symbol: string, row: unknown): BinanceTrade {
  const data = asFields(row);
  return {
    type: 'trade',
    symbol,
    id: whole('trade id', data['a']),
    time: moment('trade time', data['T']),
    price: decimal('price', data['p']),
    quantity: decimal('quantity', data['q']),
    side: flag('buyer is maker', data['m']) ? 'sell' : 'buy',
  };
}

/** The rows of a page that can be read, in order, and how many there were in all; throws where none can. */
export interface Readable<Item> {
  readonly items: readonly Item[];
  readonly rows: number;
}

function readable<Item>(list: readonly unknown[], read: (row: unknown) => Item): Readable<Item> {
  const items: Item[] = [];
  let problem: unknown;
  for (const row of list) {
    try {
      items.push(read(row));
    } catch (error) {
      problem ??= error;
    }
  }
  if (items.length === 0 && problem !== undefined) throw problem;
  return { items, rows: list.length };
}

/** The aggregate trades of a page that can be read. */
export function readableTrades(symbol: string, text: string): Readable<BinanceTrade> {
  const { items, rows: count } = readable(rows('trades', asJson(text)), (row) => readAggTrade(symbol, row));
  return { items: [...items].sort((a, b) => a.id - b.id), rows: count };
}

/** The candles of a page that can be read. */
export function readableKlines(symbol: string, text: string): Readable<BinanceBar> {
  const { items, rows: count } = readable(rows('klines', asJson(text)), (row) => readKline(symbol, row));
  return { items: [...items].sort((a, b) => a.time - b.time), rows: count };
}

/**
 * Candles as REST lists them, in order of time. The last may still be open: REST does not say.
 *
 * @throws FeedError `bad-message`
 * @example
 * ```ts
 * const text = '[[0,"10","12","9","11","4",59999,"42",3,"1","10.5","0"]]';
 * const [bar] = parseKlines('BNBBTC', text);
 * [bar.open, bar.high, bar.low, bar.close, bar.volume, bar.count, bar.vwap]; // → [10, 12, 9, 11, 4, 3, 10.5]
 * ```
 */
export function parseKlines(symbol: string, text: string): BinanceBar[] {
  const bars = rows('klines', asJson(text)).map((row) => readKline(symbol, row));
  return bars.sort((a, b) => a.time - b.time);
}

function readKline(symbol: string, row: unknown): BinanceBar {
  const cells = rows('kline', row);
  const [open, high, low] = [decimal('open', cells[1]), decimal('high', cells[2]), decimal('low', cells[3])];
  const [close, volume] = [decimal('close', cells[4]), decimal('volume', cells[5])];
  const vwap = weightedPrice(decimal('quote volume', cells[7]), volume, low, high, close);
  const time = moment('opening time', cells[0]);
  return {
    ...{ type: 'bar', symbol, time, open, high, low, close, volume },
    count: whole('count', cells[8]),
    vwap,
  };
}

/**
 * An order book as REST gives it.
 *
 * @throws FeedError `bad-message`
 * @example
 * ```ts
 * parseSnapshot('{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}').bids; // → [[0.0024, 10]]
 * ```
 */
export function parseSnapshot(text: string): SnapshotMessage {
  const data = asFields(asJson(text));
  if (data['lastUpdateId'] !== undefined) return readSnapshot(data);
  throw badMessage('an order book must be a snapshot', text);
}

/** Why REST refused, in its own words; null where it does not say. */
export function parseRefusal(text: string): RefusalMessage | null {
  try {
    const message = readAnswer(asFields(asJson(text)));
    return message.type === 'refusal' ? message : null;
  } catch {
    return null;
  }
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
