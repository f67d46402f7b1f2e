import { checkChoice, checkOptions } from '../../core/checks.js';
import type { Bar } from '../../market/bar.js';
import type { Trade } from '../../market/trade.js';
import { bytesOf, textOf } from './host.js';
import type { KafkaTopic } from './topic.js';

/** A trade and what was traded. */
export interface KafkaTrade extends Trade {
  readonly symbol: string;
}

/** A bar and of what. */
export interface KafkaBar extends Bar {
  readonly symbol: string;
}

/** How values become bytes: `json`, readable and versioned, or `binary`, a third of its size. Both are read either way. */
export interface MarketTopicOptions {
  readonly encoding?: 'json' | 'binary';
}

/** The version both encodings carry. A reader refuses others. */
const VERSION = 1;
const TRADE = 0x54;
const BAR = 0x42;

const TRADE_FIELDS = ['time', 'price', 'quantity'] as const;
const BAR_FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume', 'count', 'vwap'] as const;

/** Numbers as JSON has them; null is a number that is missing. */
function numberOf(name: string, value: unknown): number {
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  throw new Error(`${name} is no number`);
}

/** A kind byte, a version byte, the numbers as big-endian doubles, then text. */
function packed(kind: number, numbers: readonly number[], text: string): Uint8Array {
  const tail = bytesOf(text);
  const bytes = new Uint8Array(2 + numbers.length * 8 + tail.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = kind;
  bytes[1] = VERSION;
  numbers.forEach((x, i) => {
    view.setFloat64(2 + i * 8, x);
  });
  bytes.set(tail, 2 + numbers.length * 8);
  return bytes;
}

function unpacked(bytes: Uint8Array, kind: number, count: number): { numbers: number[]; text: string } {
  if (bytes[0] !== kind || bytes[1] !== VERSION || bytes.length < 2 + count * 8) {
    throw new Error(
      `kind ${bytes[0]} version ${bytes[1]} with ${bytes.length} bytes is not what is written here`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = Array.from({ length: count }, (_, i) => view.getFloat64(2 + i * 8));
  return { numbers, text: textOf(bytes.subarray(2 + count * 8)) };
}

type Fields = { readonly [field: string]: unknown };

/** The fields of version 1 of a kind in JSON. */
function parsed(bytes: Uint8Array): Fields {
  const value = JSON.parse(textOf(bytes)) as Fields | null;
  if (typeof value !== 'object' || value === null || value['v'] !== VERSION) {
    throw new Error(`no version ${VERSION}`);
  }
  return value;
}

/** A field of JSON that is text. */
export function textField(name: string, fields: Fields): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`${name} is no text`);
  return value;
}

/** A trade of the fields it has in JSON, where what is missing is null or not there. */
export function tradeOf(fields: Fields): KafkaTrade {
  const symbol = textField('symbol', fields);
  const [time, price, quantity] = TRADE_FIELDS.map((field) => numberOf(field, fields[field])) as [
    number,
    number,
    number,
  ];
  const id = fields['id'] ?? undefined;
  if (id === undefined) return { symbol, time, price, quantity };
  if (typeof id !== 'string' && typeof id !== 'number') throw new Error('id is no text and no number');
  return { symbol, time, price, quantity, id };
}

const given = (value: Uint8Array | null): Uint8Array => {
  if (value === null || value.length === 0) throw new Error('the message is empty');
  return value;
};

const encodingOf = (who: string, options: MarketTopicOptions): 'json' | 'binary' => {
  checkOptions(who, options, ['encoding']);
  return checkChoice(who, 'encoding', options.encoding ?? 'json', ['json', 'binary']);
};

/**
 * A topic of trades, keyed by symbol.
 *
 * In JSON a trade is `{"v":1,"symbol":"BTCUSDT","time":1700000000000,"price":37000.5,"quantity":0.01,"id":42}`, a number
 * that is missing null and `id` optional. In binary it is the byte 0x54, the version, time, price and quantity as
 * big-endian doubles, and the JSON array `["BTCUSDT",42]`.
 *
 * @example
 * ```ts
 * const trades = kafkaTrades('trades', { encoding: 'binary' });
 * const value = trades.encode({ symbol: 'WTI', time: 0, price: 70.25, quantity: 3 });
 * value.length; // → 33
 * const at = { topic: 'trades', partition: 0, offset: 0, time: 0, key: 'WTI', headers: {} };
 * trades.decode({ ...at, value }); // → { symbol: 'WTI', time: 0, price: 70.25, quantity: 3 }
 * ```
 */
export function kafkaTrades(name: string, options: MarketTopicOptions = {}): KafkaTopic<KafkaTrade> {
  const encoding = encodingOf('kafkaTrades', options);
  return {
    name,
    key: ({ symbol }) => symbol,
    encode: ({ symbol, time, price, quantity, id }) => {
      if (encoding === 'json')
        return bytesOf(JSON.stringify({ v: VERSION, symbol, time, price, quantity, id }));
      const tail = id === undefined ? [symbol] : [symbol, id];
      return packed(TRADE, [time, price, quantity], JSON.stringify(tail));
    },
    decode: ({ value }) => {
      const bytes = given(value);
      if (bytes[0] === TRADE) {
        const { numbers, text } = unpacked(bytes, TRADE, TRADE_FIELDS.length);
        const [time, price, quantity] = numbers;
        const tail: unknown = JSON.parse(text);
        if (!Array.isArray(tail) || tail.length > 2) throw new Error('symbol and id are no JSON array');
        const [symbol, id] = tail as unknown[];
        return tradeOf({ symbol, time, price, quantity, id });
      }
      return tradeOf(parsed(bytes));
    },
  };
}

/**
 * A topic of bars, keyed by symbol. Version 1 of the JSON has `v`, `symbol` and the eight fields of a bar; the binary form
 * is the byte 0x42, the version, the eight as big-endian doubles in the order of {@link Bar}, and the symbol.
 *
 * @example
 * ```ts
 * const bars = kafkaBars('bars', { encoding: 'binary' });
 * const bar = { symbol: 'WTI', time: 0, open: 70, high: 71, low: 69, close: 70.5, volume: 9, count: 4, vwap: 70.1 };
 * bars.encode(bar).length; // → 69
 * kafkaBars('bars').encode(bar).length; // → 106
 * ```
 */
export function kafkaBars(name: string, options: MarketTopicOptions = {}): KafkaTopic<KafkaBar> {
  const encoding = encodingOf('kafkaBars', options);
  const barOf = (symbol: string, numbers: readonly number[]): KafkaBar => {
    const [time, open, high, low, close, volume, count, vwap] = numbers;
    return { symbol, time, open, high, low, close, volume, count, vwap } as KafkaBar;
  };
  return {
    name,
    key: ({ symbol }) => symbol,
    encode: (bar) => {
      const { symbol, time, open, high, low, close, volume, count, vwap } = bar;
      if (encoding === 'binary')
        return packed(BAR, [time, open, high, low, close, volume, count, vwap], symbol);
      const fields = { v: VERSION, symbol, time, open, high, low, close, volume, count, vwap };
      return bytesOf(JSON.stringify(fields));
    },
    decode: ({ value }) => {
      const bytes = given(value);
      if (bytes[0] === BAR) {
        const { numbers, text } = unpacked(bytes, BAR, BAR_FIELDS.length);
        return barOf(text, numbers);
      }
      const fields = parsed(bytes);
      const numbers = BAR_FIELDS.map((field) => numberOf(field, fields[field]));
      return barOf(textField('symbol', fields), numbers);
    },
  };
}
