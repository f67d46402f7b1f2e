import {
  asFields,
  asJson,
  badMessage,
  decimal,
  type Fields,
  flag,
  levels,
  moment,
  momentOrNaN,
  whole,
  word,
} from './fields.js';
import type {
  DepthMessage,
  KlineMessage,
  Message,
  QuoteMessage,
  RefusalMessage,
  ReplyMessage,
  SnapshotMessage,
  TradeMessage,
} from './message.js';
import { readTrade } from './trade.js';

// Fields are read by name and others passed over: their order differs between markets, and new ones come unannounced.

function parseTrade(data: Fields, stream: 'aggTrade' | 'trade'): TradeMessage {
  const { symbol, id, time, price, quantity, side } = readTrade(
    data['s'],
    data,
    stream === 'aggTrade' ? data['a'] : data['t'],
  );
  const eventTime = moment('event time', data['E']);
  const firstId = stream === 'aggTrade' ? whole('first id', data['f']) : id;
  const lastId = stream === 'aggTrade' ? whole('last id', data['l']) : id;
  // Written out: copying an object into another costs more than reading the frame.
  return { type: 'trade', stream, symbol, id, time, eventTime, price, quantity, side, firstId, lastId };
}

/** A candle as it stands. */
export function parseKline(data: Fields): KlineMessage {
  const candle = asFields(data['k']);
  return {
    type: 'kline',
    symbol: word('symbol', data['s']),
    eventTime: moment('event time', data['E']),
    interval: word('interval', candle['i']),
    time: moment('opening time', candle['t']),
    endTime: moment('closing time', candle['T']),
    open: decimal('open', candle['o']),
    high: decimal('high', candle['h']),
    low: decimal('low', candle['l']),
    close: decimal('close', candle['c']),
    volume: decimal('volume', candle['v']),
    quoteVolume: decimal('quote volume', candle['q']),
    takerVolume: decimal('taker volume', candle['V']),
    takerQuoteVolume: decimal('taker quote volume', candle['Q']),
    count: whole('count', candle['n']),
    firstId: whole('first id', candle['f']),
    lastId: whole('last id', candle['L']),
    final: flag('final', candle['x']),
  };
}

/** The best bid and offer. */
export function parseQuote(data: Fields): QuoteMessage {
  return {
    type: 'quote',
    symbol: word('symbol', data['s']),
    id: whole('update id', data['u']),
    time: momentOrNaN('time', data['T']),
    eventTime: momentOrNaN('event time', data['E']),
    bid: decimal('bid', data['b']),
    bidQuantity: decimal('bid quantity', data['B']),
    ask: decimal('ask', data['a']),
    askQuantity: decimal('ask quantity', data['A']),
  };
}

/** The changes of an order book. */
export function parseDepth(data: Fields): DepthMessage {
  return {
    type: 'depth',
    symbol: word('symbol', data['s']),
    time: momentOrNaN('time', data['T']),
    eventTime: moment('event time', data['E']),
    firstId: whole('first update id', data['U']),
    lastId: whole('last update id', data['u']),
    previousId: data['pu'] === undefined ? NaN : whole('previous update id', data['pu']),
    bids: levels('bids', data['b']),
    asks: levels('asks', data['a']),
  };
}

/** An order book as it stands. */
export function readSnapshot(data: Fields): SnapshotMessage {
  return {
    type: 'snapshot',
    id: whole('last update id', data['lastUpdateId']),
    time: momentOrNaN('time', data['T']),
    eventTime: momentOrNaN('event time', data['E']),
    bids: levels('bids', data['bids']),
    asks: levels('asks', data['asks']),
  };
}

/** The answer to a control message, or to a request refused. */
export function readAnswer(data: Fields): ReplyMessage | RefusalMessage {
  const { error, result, id: called } = data;
  const id = typeof called === 'number' || typeof called === 'string' ? called : null;
  const { code, msg } = error === undefined ? data : asFields(error);
  if (code !== undefined || error !== undefined) {
    return { type: 'refusal', id, code: whole('code', code), reason: word('msg', msg) };
  }
  if ('result' in data) return { type: 'reply', id, result };
  throw badMessage('a message', 'known', data);
}

/** A message out of its wrapping, and the event it names; '' where it names none. */
export function unwrapped(message: unknown): readonly [event: string, data: Fields] {
  let data = asFields(message);
  if (data['data'] !== undefined) data = asFields(data['data']);
  return [data['e'] === undefined ? '' : word('event', data['e']), data];
}

/** Whether a message is a quote of spot, which names no event, but an update id and both sides. */
export function isNamelessQuote(data: Fields): boolean {
  return data['u'] !== undefined && data['b'] !== undefined && data['a'] !== undefined;
}

function parseNameless(data: Fields): Message {
  if (data['lastUpdateId'] !== undefined) return readSnapshot(data);
  return isNamelessQuote(data) ? parseQuote(data) : readAnswer(data);
}

/** What reads a message, by the event it names. */
const READERS: ReadonlyMap<string, (data: Fields) => Message> = new Map<string, (data: Fields) => Message>([
  ['aggTrade', (data) => parseTrade(data, 'aggTrade')],
  ['trade', (data) => parseTrade(data, 'trade')],
  ['kline', parseKline],
  ['bookTicker', parseQuote],
  ['depthUpdate', parseDepth],
  ['serverShutdown', (data) => ({ type: 'shutdown', eventTime: moment('event time', data['E']) })],
  ['', parseNameless],
]);

/**
 * A message of the exchange, already out of its JSON: from a single stream, or wrapped as `{ stream, data }` by a
 * combined one. Times come out in milliseconds, whether they came in milliseconds or microseconds; fields that are not
 * known are passed over, and an event that is not known is `{ type: 'other' }`.
 *
 * @throws FeedError `bad-message` where a field that is needed is missing or not what it must be
 * @example
 * ```ts
 * parseMessage({ e: 'serverShutdown', E: 1770123456789 }); // → { type: 'shutdown', eventTime: 1770123456789 }
 * parseMessage({ code: 2, msg: 'too many' }); // → { type: 'refusal', id: null, code: 2, reason: 'too many' }
 * parseMessage({ e: 'aggTrade' }); // throws FeedError: binance: trade id must be an integer, received undefined
 * ```
 */
export function parseMessage(message: unknown): Message {
  const [event, data] = unwrapped(message);
  return READERS.get(event)?.(data) ?? { type: 'other', event };
}

/**
 * A frame as it came down the connection, as a message.
 *
 * @throws FeedError `bad-message` where it is no JSON or no message of the exchange
 * @example
 * ```ts
 * const text = '{"stream":"bnbbtc@aggTrade","data":{"e":"aggTrade","E":1672515782136,"s":"BNBBTC","a":12345,' +
 *   '"p":"0.001","q":"100","f":100,"l":105,"T":1672515782130,"m":true,"M":true}}';
 * const trade = parseFrame(text) as TradeMessage;
 * [trade.id, trade.price, trade.quantity, trade.time]; // → [12345, 0.001, 100, 1672515782130]
 * trade.side; // → 'sell'
 * parseFrame('<html>'); // throws FeedError: binance: a frame must be JSON, received <html>
 * ```
 */
export function parseFrame(text: string): Message {
  return parseMessage(asJson(text));
}
