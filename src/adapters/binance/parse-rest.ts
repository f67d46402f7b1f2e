import type { Bar } from '../../market/bar.js';
import { asFields, asJson, badMessage, decimal, moment, rows, whole } from './fields.js';
import type { SnapshotMessage } from './message.js';
import { readSnapshot } from './parse-frame.js';
import { type BinanceTrade, readTrade } from './trade.js';

/** One candle of one symbol whose time is over. */
export interface BinanceBar extends Bar {
  readonly type: 'bar';
  readonly symbol: string;
}

/** A candle as the bar it has become. */
export function barOf(
  candle: Omit<BinanceBar, 'type' | 'vwap'> & { readonly quoteVolume: number },
): BinanceBar {
  const { symbol, time, open, high, low, close, volume, count, quoteVolume } = candle;
  // What was paid over what was traded, within the candle, which rounding may leave.
  const vwap = volume > 0 ? Math.min(high, Math.max(low, quoteVolume / volume)) : close;
  return { type: 'bar', symbol, time, open, high, low, close, volume, count, vwap };
}

/** A page of REST: its rows that can be read, in order, how many it had in all, and what was wrong with one. */
export interface Page<Item> {
  readonly items: Item[];
  readonly rows: number;
  readonly problem?: unknown;
  /** How many rows came before the first that can be read. */
  readonly before?: number;
}

/** Reads what of a page can be read. */
function readPage<Item>(
  text: string,
  read: (row: unknown) => Item,
  numberOf: (item: Item) => number,
): Page<Item> {
  const list = rows('a page', asJson(text));
  const items: Item[] = [];
  let problem: unknown;
  let before = 0;
  for (const row of list) {
    try {
      items.push(read(row));
    } catch (error) {
      problem ??= error;
      if (items.length === 0) before++;
    }
  }
  return { items: items.sort((a, b) => numberOf(a) - numberOf(b)), rows: list.length, problem, before };
}

/** The items of a page all of which can be read. */
function wholePage<Item>({ items, problem }: Page<Item>): Item[] {
  if (problem) throw problem;
  return items;
}

/** A page some of which can be read, or none of which is there; else nothing says what it was. */
export function readable<Item>(page: Page<Item>): Page<Item> {
  if (page.problem && page.items.length === 0) throw page.problem;
  return page;
}

/** The aggregate trades of a page. */
export function readTrades(symbol: string, text: string): Page<BinanceTrade> {
  return readPage(
    text,
    (row) => readTrade(symbol, asFields(row)),
    ({ id }) => id,
  );
}

/** The candles of a page. */
export function readKlines(symbol: string, text: string): Page<BinanceBar> {
  return readPage(
    text,
    (row) => readKline(symbol, row),
    ({ time }) => time,
  );
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
  return wholePage(readTrades(symbol, text));
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
  return wholePage(readKlines(symbol, text));
}

/** The candle in a row of REST, or of an archive. */
export function readKline(symbol: string, row: unknown): BinanceBar {
  const cells = rows('kline', row);
  return barOf({
    symbol,
    open: decimal('open', cells[1]),
    high: decimal('high', cells[2]),
    low: decimal('low', cells[3]),
    close: decimal('close', cells[4]),
    volume: decimal('volume', cells[5]),
    quoteVolume: decimal('quote volume', cells[7]),
    time: moment('opening time', cells[0]),
    count: whole('count', cells[8]),
  });
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
  throw badMessage('an order book', 'a snapshot', text);
}
