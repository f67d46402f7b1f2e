import fc from 'fast-check';
import { FeedError } from 'hedgerow';
import {
  OrderBook,
  parseAggTrades,
  parseFrame,
  parseKlines,
  parseMessage,
  parseSnapshot,
  type TradeMessage,
} from 'hedgerow/binance';
import { describe, expect, it } from 'vitest';

// Binance, "WebSocket Streams", aggregate trade streams.
const aggTrade = {
  ...{ e: 'aggTrade', E: 1672515782136, s: 'BNBBTC', a: 12345, p: '0.001', q: '100', f: 100, l: 105 },
  ...{ T: 1672515782136, m: true, M: true },
};

describe('parseFrame', () => {
  it('reads the same trade wrapped or bare, in milliseconds or microseconds, in any order of fields', () => {
    const bare = parseFrame(JSON.stringify(aggTrade));
    const wrapped = parseFrame(JSON.stringify({ stream: 'bnbbtc@aggTrade', data: aggTrade }));
    const reversed = parseFrame(JSON.stringify(Object.fromEntries(Object.entries(aggTrade).reverse())));
    expect(wrapped).toEqual(bare);
    expect(reversed).toEqual(bare);
    const micro = parseMessage({ ...aggTrade, E: 1672515782136001, T: 1672515782135999 }) as TradeMessage;
    expect(micro.time).toBe(1672515782135.999);
    expect(Math.round(micro.time * 1000)).toBe(1672515782135999);
  });

  it('passes over fields it does not know, and reads futures, which have others', () => {
    const futures = parseMessage({ ...aggTrade, M: undefined, nq: '90', st: 'x' });
    expect(futures).toEqual(parseMessage(aggTrade));
  });

  it('names events it does not read', () => {
    expect(parseMessage({ e: '24hrTicker', s: 'X' })).toEqual({ type: 'other', event: '24hrTicker' });
  });

  it('reads replies and refusals, of the stream and of requests', () => {
    expect(parseFrame('{"result":null,"id":312}')).toEqual({ type: 'reply', id: 312, result: null });
    const refusal = { type: 'refusal', id: 4, code: 2, reason: 'Invalid request: too many parameters' };
    expect(parseFrame('{"code":2,"msg":"Invalid request: too many parameters","id":4}')).toEqual(refusal);
    expect(parseFrame('{"id":4,"error":{"code":2,"msg":"Invalid request: too many parameters"}}')).toEqual(
      refusal,
    );
  });

  it('refuses garbage with a FeedError that says what was wrong', () => {
    const cases: [string, string][] = [
      ['', 'a frame must be JSON'],
      ['<html>', 'a frame must be JSON'],
      ['{"stream":"x@aggTrade","data":{"e":"aggTr', 'a frame must be JSON'],
      ['null', 'a message must be an object'],
      ['[1]', 'a message must be an object'],
      ['{}', 'a message must be known'],
      ['{"stream":"a","data":3}', 'a message must be an object'],
      [JSON.stringify({ ...aggTrade, p: 'NaN' }), 'price must be a decimal string'],
      [JSON.stringify({ ...aggTrade, p: '' }), 'price must be a decimal string'],
      [JSON.stringify({ ...aggTrade, p: '0x10' }), 'price must be a decimal string'],
      [JSON.stringify({ ...aggTrade, q: 100 }), 'quantity must be a decimal string'],
      [JSON.stringify({ ...aggTrade, a: 1.5 }), 'trade id must be an integer'],
      [JSON.stringify({ ...aggTrade, a: 2 ** 60 }), 'trade id must be an integer'],
      [JSON.stringify({ ...aggTrade, T: null }), 'trade time must be an integer'],
      [JSON.stringify({ ...aggTrade, T: -5 }), 'trade time must be a time'],
      [JSON.stringify({ ...aggTrade, s: '' }), 'symbol must be a name'],
      [JSON.stringify({ ...aggTrade, m: 'true' }), 'buyer is maker must be true or false'],
    ];
    for (const [text, complaint] of cases) {
      expect(() => parseFrame(text), text).toThrow(complaint);
      try {
        parseFrame(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError);
        expect((error as FeedError).reason).toBe('bad-message');
      }
    }
    expect(() => parseFrame(new ArrayBuffer(3) as never)).toThrow('a frame must be text');
  });

  it('throws nothing but a FeedError, whatever comes', () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({ key: fc.constantFrom(...Object.keys(aggTrade)), value: fc.jsonValue() })
        .map(({ key, value }) => JSON.stringify({ ...aggTrade, [key]: value })),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          expect(typeof parseFrame(text).type).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(FeedError);
        }
      }),
    );
  });
});

describe('what REST says', () => {
  it('is put in order', () => {
    const row = (a: number) => ({ a, p: '1.5', q: '2', f: a, l: a, T: 1672515782136000 + a, m: false });
    const trades = parseAggTrades('X', JSON.stringify([row(3), row(1), row(2)]));
    expect(trades.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(trades[0]).toEqual({
      ...{ type: 'trade', symbol: 'X', id: 1, time: 1672515782136.001, price: 1.5, quantity: 2, side: 'buy' },
    });
  });

  it('gives a candle its mean price, and one without trades its close', () => {
    const text =
      '[[60000,"5","5","5","5","0",119999,"0",0,"0","0","0"],[0,"1","4","1","2","10",59999,"25",7,"4","9","0"]]';
    const bars = parseKlines('X', text);
    expect(bars.map(({ time, vwap, count }) => [time, vwap, count])).toEqual([
      [0, 2.5, 7],
      [60000, 5, 0],
    ]);
  });

  it('is refused where it is something else', () => {
    expect(() => parseAggTrades('X', '{}')).toThrow('a page must be an array');
    expect(() => parseKlines('X', '[[1,"2"]]')).toThrow('high must be a decimal string');
    expect(() => parseSnapshot('{"result":null,"id":1}')).toThrow('an order book must be a snapshot');
  });
});

describe('OrderBook', () => {
  const snapshot = (id: number) =>
    ({ type: 'snapshot', id, time: NaN, eventTime: 7, bids: [[10, 1]], asks: [[11, 1]] }) as const;
  const change = (firstId: number, lastId: number, previousId = NaN, bids: [number, number][] = []) =>
    ({
      type: 'depth',
      symbol: 'X',
      time: NaN,
      eventTime: 8,
      firstId,
      lastId,
      previousId,
      bids,
      asks: [],
    }) as const;

  it('is right against a plain map of prices, whatever the changes', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })));
    fc.assert(
      fc.property(changes, (levels) => {
        const book = new OrderBook();
        book.reset(snapshot(1));
        book.update(change(2, 2, NaN, levels));
        const plain = new Map([[10, 1], ...levels]);
        const expected = [...plain].filter(([, size]) => size > 0).sort(([a], [b]) => b - a);
        expect(book.bids(99)).toEqual(expected);
        expect(book.bids(2)).toEqual(expected.slice(0, 2));
      }),
    );
  });

  it('drops what is older than the snapshot and asks for a newer one when the stream began after it', () => {
    const book = new OrderBook();
    expect(book.update(change(5, 6))).toBe('waiting');
    expect(book.update(change(7, 9))).toBe('waiting');
    expect(book.reset(snapshot(3))).toBe('broken');
    expect(book.ready).toBe(false);
    expect(book.reset(snapshot(7))).toBe('applied');
    expect(book.id).toBe(9);
    expect(book.update(change(8, 9))).toBe('old');
    expect(book.update(change(10, 12))).toBe('applied');
    expect(book.update(change(14, 15))).toBe('broken');
    expect([book.ready, book.bids(5), book.bestBid]).toEqual([false, [], NaN]);
    expect(book.update(change(16, 17))).toBe('waiting');
    expect(book.reset(snapshot(15))).toBe('applied');
    expect(book.id).toBe(17);
  });

  it('follows the ids that futures name', () => {
    const book = new OrderBook();
    book.reset(snapshot(100));
    expect(book.update(change(80, 90, 79))).toBe('old');
    expect(book.update(change(95, 120, 90))).toBe('applied');
    expect(book.update(change(150, 160, 120))).toBe('applied');
    expect(book.update(change(170, 180, 165))).toBe('broken');
  });
});
