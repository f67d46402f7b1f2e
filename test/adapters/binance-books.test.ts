import {
  type BinanceDepthEvent,
  type BinanceQuoteEvent,
  binanceDepth,
  binanceQuotes,
  type DepthMessage,
  OrderBook,
  type SnapshotMessage,
} from 'hedgerow/binance';
import { describe, expect, it } from 'vitest';
import { FakeExchange } from '../support/fake-exchange.js';
import { FakeBook, serveBooks } from '../support/fake-streams.js';
import { VirtualClock } from '../support/virtual-clock.js';

const MINUTE = 60_000;
const WILD = 9e15;

type Market = 'spot' | 'usdm';
type Kind = 'quotes' | 'depth';
type Told = Exclude<BinanceQuoteEvent | BinanceDepthEvent, { type: 'status' }>;

const kinds: [Kind, Market][] = [
  ['quotes', 'spot'],
  ['quotes', 'usdm'],
  ['depth', 'spot'],
  ['depth', 'usdm'],
];

function stage(kind: Kind, market: Market, symbols = ['BTCUSDT'], known = symbols, capacity = 1000) {
  const clock = new VirtualClock();
  const exchange = new FakeExchange({ clock, seed: 3, symbols: known, market });
  const options = {
    ...{ symbols, market, WebSocket: exchange.WebSocket, fetch: exchange.fetch, clock },
    ...{ random: exchange.random, capacity },
  };
  const feed = kind === 'quotes' ? binanceQuotes(options) : binanceDepth(options);
  const told: Told[] = [];
  const state: { error?: unknown } = {};
  const read = (): void =>
    void (async () => {
      try {
        for await (const event of feed) if (event.type !== 'status') told.push(event);
      } catch (error) {
        state.error = error;
      }
    })();
  return { clock, exchange, feed, told, state, read };
}

/** Whether an event says what the exchange's book did. */
function isTrue(event: Told, book: FakeBook): boolean {
  const top = book.tops.get(event.id)!;
  const { bids, asks } =
    event.type === 'book'
      ? event
      : { bids: [[event.bid, event.bidQuantity]], asks: [[event.ask, event.askQuantity]] };
  return `${[bids[0], asks[0]]}` === `${top}`;
}

/** A frame of an update that never was. */
function stray(exchange: FakeExchange, kind: Kind, firstId: number, previous: number): void {
  const time = exchange.clock.now();
  const common = { E: time, T: time, s: 'BTCUSDT', u: WILD };
  const quote = { e: 'bookTicker', ...common, b: '1', B: '1', a: '2', A: '1' };
  const futures = exchange.market === 'usdm' ? { pu: previous } : {};
  const change = { e: 'depthUpdate', ...common, U: firstId, ...futures, b: [['1', '1']], a: [] };
  const stream = `btcusdt@${kind === 'quotes' ? 'bookTicker' : 'depth@100ms'}`;
  exchange.tell(stream, 'BTCUSDT', [JSON.stringify({ stream, data: kind === 'quotes' ? quote : change })]);
}

describe('update ids', () => {
  it.each(kinds)('of %s on %s that start over are followed from there', async (kind, market) => {
    const { clock, exchange, feed, told, read } = stage(kind, market);
    const book = serveBooks(exchange).get('BTCUSDT')!;
    read();
    await clock.pass(20_000);
    const cut = told.length;
    expect(cut).toBeGreaterThan(100);
    book.id = 10;
    await clock.pass(10_000);
    const after = told.slice(cut).filter(({ id }) => id < 100_000);
    expect(after.length).toBeGreaterThan(30);
    expect(after.every((event) => isTrue(event, book))).toBe(true);
    expect(told.at(-1)!.id).toBeGreaterThan(book.id - 100);
    if (kind === 'depth') expect(feed.counts.resnapshots).toBe(1);
  });

  it.each(kinds)('of %s on %s are followed past one that is wild', async (kind, market) => {
    // Far ahead of all, or where it joins on.
    for (const joins of [false, true]) {
      const { clock, exchange, told, read } = stage(kind, market);
      const book = serveBooks(exchange).get('BTCUSDT')!;
      read();
      await clock.pass(20_000);
      stray(exchange, kind, joins ? book.id + 1 : WILD - 2, joins ? book.id : WILD - 3);
      const cut = told.length;
      await clock.pass(10_000);
      const after = told.slice(cut).filter(({ id }) => id < WILD);
      expect(after.length).toBeGreaterThan(70);
      expect(after.every((event) => isTrue(event, book))).toBe(true);
    }
  });

  it('of quotes that come again do not turn it back', async () => {
    const { clock, exchange, told, read, feed } = stage('quotes', 'usdm');
    const quotes = (from: number, count: number): void => {
      for (let i = from; i < from + count; i++) {
        const data = { e: 'bookTicker', u: i, s: 'BTCUSDT', b: '1', B: '1', a: '2', A: '1', T: i, E: i };
        exchange.tell('btcusdt@bookTicker', 'BTCUSDT', [JSON.stringify({ stream: 'x', data })]);
      }
    };
    read();
    await clock.pass(1000);
    quotes(1000, 100);
    for (let i = 0; i < 50; i++) {
      await clock.pass(500);
      quotes(1000 + i, 1);
    }
    await clock.pass(1000);
    // The reader has the latest of what came at once.
    expect(told.map(({ id }) => id)).toEqual([1000, 1099]);
    expect(feed.counts.duplicates).toBe(50);
  });
});

describe('a book that waits for a snapshot', () => {
  const change = (firstId: number, lastId: number): DepthMessage => ({
    ...{ time: NaN, eventTime: 0, firstId, lastId, previousId: NaN, bids: [[100, lastId]], asks: [] },
    type: 'depth',
    symbol: 'X',
  });
  const snapshot = (id: number): SnapshotMessage => ({
    ...{ id, time: NaN, eventTime: NaN, bids: [[99, 1]], asks: [[101, 1]] },
    type: 'snapshot',
  });

  it('passes over a change that those after it contradict', () => {
    const book = new OrderBook();
    for (const one of [change(WILD, WILD), change(11, 12), change(13, 14)]) book.update(one);
    expect([book.reset(snapshot(10)), book.id]).toEqual(['applied', 14]);
  });

  it('waits for a newer one where all changes are ahead', () => {
    const book = new OrderBook();
    for (const one of [change(21, 22), change(23, 24)]) book.update(one);
    expect([book.reset(snapshot(10)), book.ready]).toEqual(['broken', false]);
    expect([book.reset(snapshot(22)), book.id]).toEqual(['applied', 24]);
  });
});

describe('the subscription of one symbol', () => {
  const both = ['BTCUSDT', 'ETHUSDT'];

  it.each(kinds)('to %s on %s that is deaf is replaced while others speak', async (kind, market) => {
    for (const since of [0, MINUTE]) {
      const { clock, exchange, feed, told, read } = stage(kind, market, both);
      serveBooks(exchange, 500);
      read();
      await clock.pass(since);
      for (const socket of exchange.sockets) socket.muteSymbols.add('ETHUSDT');
      const cut = told.length;
      await clock.pass(2 * MINUTE);
      expect(feed.counts.replacedForDeafness).toBe(1);
      expect(told.slice(cut).filter(({ symbol }) => symbol === 'ETHUSDT').length).toBeGreaterThan(60);
    }
  });

  it.each(kinds)('to %s on %s stays where the symbol is quiet', async (kind, market) => {
    const { clock, exchange, feed, read } = stage(kind, market, both);
    const [moving, quiet] = both.map((symbol) => new FakeBook(exchange, symbol));
    exchange.paths['depth'] = ({ symbol }) => (symbol === 'BTCUSDT' ? moving : quiet)!.snapshot();
    read();
    for (let i = 0; i < 300; i++) {
      if (i < 10 || i === 150) quiet!.step();
      moving!.step();
      await clock.pass(4000);
    }
    expect(feed.counts.connections).toBe(1);
    // One a minute at most of the quiet one, and two snapshots.
    expect(feed.counts.requests).toBeLessThan(24);
  });

  it('is asked for within half of the allowance, however many are silent', async () => {
    const symbols = Array.from({ length: 200 }, (_, i) => `S${i}USDT`);
    const { clock, exchange, feed, read } = stage('quotes', 'usdm', symbols);
    const books = symbols.map((symbol) => new FakeBook(exchange, symbol));
    exchange.paths['depth'] = ({ symbol }) => books[symbols.indexOf(symbol)]!.snapshot();
    read();
    const asked: number[] = [];
    for (let i = 0; i < 600; i++) {
      books[0]!.step();
      await clock.pass(1000);
      asked.push(feed.counts.requests);
    }
    // 20 each, of 2,400 a minute.
    for (let i = 60; i < asked.length; i++) expect(asked[i]! - asked[i - 60]!).toBeLessThanOrEqual(61);
    expect(asked.at(-1)).toBeGreaterThan(400);
  });

  it.each(kinds)('to %s on %s that nobody knows ends the feed', async (kind, market) => {
    for (const symbols of [['NOSUCH'], ['BTCUSDT', 'NOSUCH']]) {
      const { clock, exchange, state, read } = stage(kind, market, symbols, ['BTCUSDT']);
      serveBooks(exchange, 1000);
      read();
      await clock.pass(15_000);
      expect(state.error).toMatchObject({ name: 'FeedError', reason: 'unknown-symbol' });
      expect(exchange.sockets.size).toBe(0);
    }
  });
});

describe('a reader with less room than there are symbols', () => {
  it.each([
    ['quotes', 1],
    ['depth', 0],
  ] as const)('is not told that what it was refused of %s was delivered', async (kind, delivered) => {
    const { clock, exchange, feed } = stage(kind, 'spot', ['AUSDT', 'BUSDT', 'CUSDT'], undefined, 1);
    serveBooks(exchange, 1000);
    const iterator = feed[Symbol.asyncIterator]();
    void iterator.next();
    await clock.pass(10_000);
    // A status has the one place.
    expect(feed.counts.delivered).toBe(delivered);
    await iterator.return?.();
  });
});
