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
  SnapshotMessage,
  TradeMessage,
} from './message.js';

// Fields are read by name and others passed over: their order differs between markets, and new ones come unannounced.

function parseTrade(data: Fields, stream: 'aggTrade' | 'trade'): TradeMessage {
  const id = whole('trade id', stream === 'aggTrade' ? data['a'] : data['t']);
  return {
    type: 'trade',
    stream,
    symbol: word('symbol', data['s']),
    id,
    time: moment('trade time', data['T']),
    eventTime: moment('event time', data['E']),
    price: decimal('price', data['p']),
    quantity: decimal('quantity', data['q']),
    side: flag('buyer is maker', data['m']) ? 'sell' : 'buy',
    firstId: stream === 'aggTrade' ? whole('first id', data['f']) : id,
    lastId: stream === 'aggTrade' ? whole('last id', data['l']) : id,
  };
}

function parseKline(data: Fields): KlineMessage {
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

function parseQuote(data: Fields): QuoteMessage {
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

function parseDepth(data: Fields): DepthMessage {
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

function parseSnapshot(data: Fields): SnapshotMessage {
  return {
    type: 'snapshot',
    id: whole('last update id', data['lastUpdateId']),
    time: momentOrNaN('time', data['T']),
    eventTime: momentOrNaN('event time', data['E']),
    bids: levels('bids', data['bids']),
    asks: levels('asks', data['asks']),
  };
}

function parseRefusal(refusal: Fields, id: unknown): RefusalMessage {
  return {
    type: 'refusal',
    id: typeof id === 'number' || typeof id === 'string' ? id : null,
    code: whole('code', refusal['code']),
    reason: word('msg', refusal['msg']),
  };
}

/** A message that names no event. */
function parseNameless(data: Fields): Message {
  if (data['lastUpdateId'] !== undefined) return parseSnapshot(data);
  // On spot a quote has no event name, but an update id and both sides.
  if (data['u'] !== undefined && data['b'] !== undefined && data['a'] !== undefined) return parseQuote(data);
  if (data['error'] !== undefined) return parseRefusal(asFields(data['error']), data['id']);
  if (data['code'] !== undefined) return parseRefusal(data, data['id']);
  if ('result' in data) {
    const { id, result } = data;
    return { type: 'reply', id: typeof id === 'number' || typeof id === 'string' ? id : null, result };
  }
  throw badMessage('a message must be of a known shape', data);
}

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
  let data = asFields(message);
  if (data['data'] !== undefined) data = asFields(data['data']);
  const event = data['e'];
  switch (event) {
    case 'aggTrade':
    case 'trade':
      return parseTrade(data, event);
    case 'bookTicker':
      return parseQuote(data);
    case 'depthUpdate':
      return parseDepth(data);
    case 'kline':
      return parseKline(data);
    case 'serverShutdown':
      return { type: 'shutdown', eventTime: moment('event time', data['E']) };
    case undefined:
      return parseNameless(data);
    default:
      return { type: 'other', event: word('event', event) };
  }
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
