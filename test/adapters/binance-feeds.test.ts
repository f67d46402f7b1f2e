import { resample } from 'hedgerow';
import {
  type BinanceBarEvent,
  type BinanceDepthEvent,
  type BinanceQuoteEvent,
  binanceArchive,
  binanceBars,
  binanceDepth,
  binanceHistory,
  binanceQuotes,
  binanceRecording,
  type DepthMessage,
  type GapEvent,
  OrderBook,
  only,
  type SnapshotMessage,
} from 'hedgerow/binance';
import { describe, expect, it } from 'vitest';
import { FakeExchange, type Faults } from '../support/fake-exchange.js';
import { serveBooks, serveKlines } from '../support/fake-streams.js';
import { settle, VirtualClock } from '../support/virtual-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The faults of connections and of requests, but none that shuts the door for long. */
const weather: Partial<Faults> = {
  ...{
    lostFrame: 0.02,
    repeatedFrame: 0.02,
    garbageFrame: 0.01,
    refusedConnection: 0.2,
    deafConnection: 0.1,
  },
  ...{ killsAnHour: 3, stallsAnHour: 0.5, shutdownsAnHour: 0.5, restError: 0.05, restGarbage: 0.02 },
  ...{ restShuffle: 0, limited: 0.01, restSilence: 0.01 },
};

function stage(seed: number, market: 'spot' | 'usdm', faults: Partial<Faults> = {}) {
  const clock = new VirtualClock();
  const symbols = ['BTCUSDT', 'ETHUSDT'];
  const exchange = new FakeExchange({
    clock,
    seed,
    symbols,
    market,
    faults,
    microseconds: market === 'spot',
  });
  const common = {
    ...{ symbols, market, WebSocket: exchange.WebSocket, fetch: exchange.fetch, clock },
    random: exchange.random,
  };
  return { clock, exchange, symbols, common };
}

/** Reads a feed for good, into a list. */
function collect<Event>(feed: AsyncIterable<Event>): Event[] {
  const events: Event[] = [];
  void (async () => {
    for await (const event of feed) events.push(event);
  })();
  return events;
}

/** Trades now and then, for ever. */
function tradeAway(exchange: FakeExchange, meanPause: number): void {
  const { clock, random, symbols } = exchange;
  const next = (): void => {
    exchange.trade(symbols[Math.floor(random() * symbols.length)]!, 1 + Math.floor(random() * 3));
    clock.after(Math.ceil(-Math.log(1 - random()) * meanPause), next);
  };
  next();
}

describe('binanceBars', () => {
  for (const [seed, market] of [
    [1, 'spot'],
    [2, 'usdm'],
  ] as const) {
    it(`gives every final bar once through bad weather, as our own resampling makes them, on ${market}`, async () => {
      const { clock, exchange, symbols, common } = stage(seed, market, weather);
      serveKlines(exchange, '1m', MINUTE);
      tradeAway(exchange, 4000);
      await clock.pass(10 * MINUTE);
      const began = Math.floor(clock.now() / MINUTE) * MINUTE;
      const from = Object.fromEntries(symbols.map((symbol) => [symbol, began - 6 * MINUTE]));
      const feed = binanceBars({ ...common, every: '1m', from });
      const events: BinanceBarEvent[] = collect(feed);
      await clock.pass(6 * HOUR);
      exchange.faults = {
        ...exchange.faults,
        killsAnHour: 0,
        lostFrame: 0,
        deafConnection: 0,
        stallsAnHour: 0,
      };
      await clock.pass(10 * MINUTE);
      for (const symbol of symbols) {
        const tape = exchange.tapes.get(symbol)!;
        const bars = events.flatMap((event) =>
          event.type === 'bar' && event.symbol === symbol ? [event] : [],
        );
        const trades = tape.times.map((time, i) => {
          const { price, quantity } = tape.trade(tape.firstId + i)!;
          return { time, price: Number(price), quantity: Number(quantity) };
        });
        const expected = resample(trades, { every: '1m', gaps: 'flat' });
        const at = expected.time.indexOf(bars[0]!.time);
        expect(bars[0]!.time).toBe(began - 5 * MINUTE);
        expect(bars.length).toBeGreaterThan(370);
        bars.forEach((bar, i) => {
          expect(bar.time).toBe(expected.time[at + i]);
          expect([bar.open, bar.high, bar.low, bar.close, bar.count]).toEqual([
            ...[expected.open[at + i], expected.high[at + i], expected.low[at + i], expected.close[at + i]],
            expected.count[at + i],
          ]);
          expect(Math.abs(bar.volume - expected.volume[at + i]!)).toBeLessThan(1e-6);
          expect(Math.abs(bar.vwap - expected.vwap[at + i]!)).toBeLessThan(1e-3);
        });
      }
      expect(feed.counts.gaps).toBe(0);
      expect(feed.counts.filled).toBeGreaterThan(10);
      expect(feed.counts.lost).toBeGreaterThan(3);
    });
  }

  it('names a bar the exchange does not have, by its time', async () => {
    const { clock, exchange, common } = stage(3, 'usdm');
    tradeAway(exchange, 4000);
    await clock.pass(2 * HOUR);
    serveKlines(exchange, '5m', 5 * MINUTE);
    const time = Math.floor((clock.now() - HOUR) / (5 * MINUTE)) * 5 * MINUTE;
    for (const symbol of exchange.symbols) exchange.holes.get(symbol)!.add(-time);
    const from = { BTCUSDT: time - 10 * MINUTE };
    const events: BinanceBarEvent[] = collect(binanceBars({ ...common, every: '5m', from }));
    await clock.pass(20 * MINUTE);
    const gap = events.find((event) => event.type === 'gap');
    expect(gap).toMatchObject({ symbol: 'BTCUSDT', from: time, to: time, count: 1, reason: 'missing' });
  });

  it('fetches a final bar that was lost as soon as the stream speaks of the next', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 1, 10, 58));
    const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT'] });
    serveKlines(exchange, '1h', HOUR);
    exchange.trade('BTCUSDT', 1);
    const ten = Date.UTC(2026, 10, 1, 10);
    const klines = exchange.paths['klines']!;
    let late = true;
    exchange.paths['klines'] = (tape, query) =>
      (klines(tape, query) as number[][]).filter(([time]) => !late || time! < ten + HOUR);
    const feed = binanceBars({
      ...{ symbols: ['BTCUSDT'], market: 'spot', every: '1h', clock, random: exchange.random },
      ...{ WebSocket: exchange.WebSocket, fetch: exchange.fetch, from: { BTCUSDT: ten - HOUR } },
    });
    const seen: [number, number][] = [];
    void (async () => {
      for await (const event of feed) if (event.type === 'bar') seen.push([event.time, clock.now()]);
    })();
    await clock.pass(110_000);
    exchange.faults = { ...exchange.faults, lostFrame: 1 };
    await clock.pass(20_000);
    exchange.faults = { ...exchange.faults, lostFrame: 0 };
    // REST has no later bar for a while; then the stream speaks of one at a quarter past.
    await clock.run(ten + HOUR + 15 * MINUTE - 2000);
    expect(seen).toEqual([]);
    late = false;
    exchange.trade('BTCUSDT', 1);
    await clock.pass(10_000);
    expect(seen.map(([time]) => time)).toEqual([ten]);
    expect(seen[0]![1]).toBeLessThan(ten + HOUR + 16 * MINUTE);
  });

  it('refuses lengths that are none, or not of this market', () => {
    const { common } = stage(1, 'usdm');
    expect(() => binanceBars({ ...common, every: '1w' as never })).toThrow("every must be one of '1s', '1m'");
    expect(() => binanceBars({ ...common, every: '1s' })).toThrow("USD-M futures have no candles of '1s'");
  });
});

describe('binanceQuotes', () => {
  it('gives quotes in the order of their ids, through bad weather', async () => {
    const { clock, exchange, common } = stage(4, 'usdm', { ...weather, garbageFrame: 0.01 });
    const books = serveBooks(exchange, 1000);
    const feed = binanceQuotes(common);
    const events: BinanceQuoteEvent[] = collect(feed);
    await clock.pass(2 * HOUR);
    const last = new Map<string, number>();
    let quotes = 0;
    for (const event of events) {
      if (event.type !== 'quote') continue;
      quotes++;
      expect(event.id).toBeGreaterThan(last.get(event.symbol) ?? -1);
      last.set(event.symbol, event.id);
      const top = books.get(event.symbol)!.tops.get(event.id)!;
      expect([event.bid, event.bidQuantity, event.ask, event.askQuantity]).toEqual(top);
      expect(event.received - event.time).toBeLessThan(100);
    }
    expect(quotes).toBeGreaterThan(10_000);
    expect(feed.counts.lost).toBeGreaterThan(0);
  });

  it('has the latest of each symbol for a reader that is behind, and no more than that', async () => {
    const { clock, exchange, common } = stage(5, 'spot');
    const books = serveBooks(exchange);
    const feed = binanceQuotes(common);
    const iterator = feed[Symbol.asyncIterator]();
    const first = iterator.next();
    await clock.pass(60_000);
    expect((await first).value).toMatchObject({ type: 'quote', time: NaN });
    expect(feed.counts.mostWaiting).toBeLessThanOrEqual(3);
    exchange.faults = { ...exchange.faults, lostFrame: 1 };
    await clock.pass(1000);
    const ids = new Map([...books].map(([symbol, book]) => [symbol, book.id]));
    for (let i = 0; i < 3; i++) {
      const { value } = await iterator.next();
      if (value?.type === 'quote') expect(ids.get(value.symbol)! - value.id).toBeLessThan(300);
    }
    await iterator.return?.();
    expect(exchange.sockets.size).toBe(0);
  });
});

describe('binanceDepth', () => {
  for (const [seed, market] of [
    [6, 'spot'],
    [7, 'usdm'],
  ] as const) {
    it(`keeps books that are those of the exchange, and begins again where one breaks, on ${market}`, async () => {
      const { clock, exchange, common } = stage(seed, market, { ...weather, lostFrame: 0.001 });
      const books = serveBooks(exchange);
      const feed = binanceDepth({ ...common, levels: 5 });
      const events: BinanceDepthEvent[] = collect(feed);
      await clock.pass(30 * MINUTE);
      let seen = 0;
      for (const event of events) {
        if (event.type !== 'book') continue;
        seen++;
        const top = books.get(event.symbol)!.tops.get(event.id)!;
        const [[bid, bidSize], [ask, askSize]] = [event.bids[0]!, event.asks[0]!];
        expect([bid, bidSize, ask, askSize]).toEqual(top);
        expect(event.bids.length).toBe(5);
        expect(event.bids[1]![0]).toBeLessThan(bid);
        expect(event.asks[1]![0]).toBeGreaterThan(ask);
      }
      expect(seen).toBeGreaterThan(5_000);
      expect(feed.counts.resnapshots).toBeGreaterThan(3);
      const statuses = events.flatMap((event) =>
        event.type === 'status' && event.symbol ? [event.status] : [],
      );
      expect(statuses).toContain('filling');
      expect(statuses).toContain('live');
      expect(exchange.violations).toMatchObject({ impatient: 0, overWeight: 0 });
    });
  }
});

describe('an order book', () => {
  const change = (firstId: number, lastId: number): DepthMessage => ({
    ...{ time: NaN, eventTime: 0, firstId, lastId, previousId: NaN, bids: [[100, lastId]], asks: [] },
    type: 'depth',
    symbol: 'X',
  });
  const snapshot = (id: number, bid: number, ask: number): SnapshotMessage => ({
    ...{ id, time: NaN, eventTime: NaN, bids: [[bid, 1]], asks: [[ask, 1]] },
    type: 'snapshot',
  });

  it('takes a change of spot that repeats some of what it holds', () => {
    const book = new OrderBook();
    book.reset(snapshot(10, 99, 101));
    expect(
      [change(9, 12), change(12, 15), change(14, 15), change(17, 18)].map((one) => book.update(one)),
    ).toEqual([...['applied', 'applied', 'old', 'broken']]);
  });

  it('refuses a snapshot that is crossed, and keeps what waits for another', () => {
    const book = new OrderBook();
    book.update(change(11, 12));
    expect([book.reset(snapshot(10, 100, 99)), book.ready]).toEqual(['broken', false]);
    expect([book.reset(snapshot(10, 99, 101)), book.id]).toEqual(['applied', 12]);
  });

  it('says why it cannot begin, once', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT'], faults: { region: 1 } });
    serveBooks(exchange, 1000);
    const feed = binanceDepth({
      ...{ symbols: ['BTCUSDT'], market: 'spot', clock, random: exchange.random },
      ...{ WebSocket: exchange.WebSocket, fetch: exchange.fetch },
    });
    const told: string[] = [];
    void (async () => {
      for await (const event of feed) {
        if (event.type === 'status' && event.symbol) told.push(`${event.status}: ${event.reason}`);
      }
    })();
    await clock.pass(HOUR / 2);
    expect(told.length).toBe(2);
    expect(told[1]).toMatch(/^stale: .*region/);
  });
});

describe('binanceHistory', () => {
  const candle = (time: number) => [time, '1', '1', '1', '1', '1', time + 59_999, '1', 1, '1', '1', '0'];
  const wanted = { symbol: 'BTCUSDT', market: 'spot', start: 0 } as const;
  /** A server, of what a test makes of the query. */
  const serve = (rows: (query: URLSearchParams) => unknown[]) => ({
    fetch: (address: string) =>
      Promise.resolve({
        status: 200,
        headers: { get: () => null },
        text: () => Promise.resolve(JSON.stringify(rows(new URL(address).searchParams))),
      }),
  });

  it('does not take a short page for the last', async () => {
    const server = serve((query) => {
      const times = Array.from({ length: 500 }, (_, i) => Number(query.get('startTime')) + i * MINUTE);
      return times.filter((time) => time <= Number(query.get('endTime'))).map(candle);
    });
    const bars = binanceHistory({ ...wanted, ...server, kind: 'bars', every: '1m', end: 1200 * MINUTE });
    const times: number[] = [];
    for await (const event of bars) times.push(event.type === 'bar' ? event.time : NaN);
    expect(times).toEqual(Array.from({ length: 1200 }, (_, i) => i * MINUTE));
  });

  it('keeps the good rows of a page, and names the bad one', async () => {
    const bad = (time: number) => [time, null];
    const spoilt = [3 * MINUTE, 9 * MINUTE];
    const klines = serve((query) =>
      Array.from({ length: 10 }, (_, i) => i * MINUTE)
        .filter((time) => time >= Number(query.get('startTime')))
        .map((time) => (spoilt.includes(time) ? bad(time) : candle(time))),
    );
    const bars = binanceHistory({ ...wanted, ...klines, kind: 'bars', every: '1m', end: 10 * MINUTE });
    const seen: string[] = [];
    for await (const event of bars) {
      seen.push(event.type === 'bar' ? `${event.time / MINUTE}` : `${event.from / MINUTE} ${event.reason}`);
    }
    expect(seen).toEqual(['0', '1', '2', '3 bad-message', '4', '5', '6', '7', '8', '9 bad-message']);
    const rows = [1, 2, 3, 4].map((a) => ({ a, p: '1', q: '1', f: a, l: a, T: a, m: true, M: true }));
    const server = serve((query) =>
      rows
        .filter(({ a }) => a >= Number(query.get('fromId') ?? 0))
        .map((row) => (row.a === 2 ? { ...row, p: '' } : row)),
    );
    const trades: string[] = [];
    for await (const event of binanceHistory({ ...wanted, ...server, kind: 'trades', end: MINUTE })) {
      trades.push(event.type === 'trade' ? `${event.id}` : `${event.from} ${event.reason}`);
    }
    expect(trades).toEqual(['1', '2 bad-message', '3', '4']);
  });

  it('names what is missing where bars were to begin and to end', async () => {
    const server = serve((query) =>
      Number(query.get('startTime')) <= 5 * MINUTE ? [candle(5 * MINUTE)] : [],
    );
    const bars = binanceHistory({ ...wanted, ...server, kind: 'bars', every: '1m', end: 10 * MINUTE });
    const seen: string[] = [];
    for await (const event of bars) {
      seen.push(
        event.type === 'bar' ? `${event.time / MINUTE}` : `${event.from / MINUTE}-${event.to / MINUTE}`,
      );
    }
    expect(seen).toEqual(['0-4', '5', '6-9']);
  });

  it('ends with an error where the server repeats itself', async () => {
    const trades = serve(() =>
      [1, 2].map((a) => ({ a, p: '1', q: '1', f: a, l: a, T: 1000 + a, m: true, M: true })),
    );
    const drain = async (events: AsyncIterable<unknown>): Promise<void> => {
      for await (const _ of events);
    };
    const message = /answers with what was before/;
    const history = { ...wanted, end: 60 * MINUTE };
    await expect(drain(binanceHistory({ ...history, ...trades, kind: 'trades' }))).rejects.toThrow(message);
    const bars = serve(() => [candle(0)]);
    await expect(drain(binanceHistory({ ...history, ...bars, kind: 'bars', every: '1m' }))).rejects.toThrow(
      message,
    );
  });

  /** Everything a history gives, while its clock runs. */
  async function read<Event>(clock: VirtualClock, history: AsyncIterable<Event>): Promise<Event[]> {
    let over = false;
    const events: Event[] = [];
    const reading = (async () => {
      try {
        for await (const event of history) events.push(event);
      } finally {
        over = true;
      }
    })();
    const outcome = reading.catch((error: unknown) => error);
    await clock.run(Infinity, () => over);
    await settle();
    const error = await outcome;
    if (error) throw error;
    return events;
  }

  it('gives the trades of a stretch of time by id, through bad weather, and names holes', async () => {
    for (const market of ['spot', 'usdm'] as const) {
      const { clock, exchange, common } = stage(8, market, { ...weather, restShuffle: 0.2 });
      const began = clock.now();
      clock.time += 5 * HOUR;
      for (let i = 0; i < 9000; i++) {
        clock.time += 700;
        exchange.trade('BTCUSDT', 1, false);
      }
      const tape = exchange.tapes.get('BTCUSDT')!;
      exchange.holes
        .get('BTCUSDT')!
        .add(tape.firstId + 4000)
        .add(tape.firstId + 4001);
      const [start, end] = [began, tape.times[6000]!];
      const { random } = common;
      const options = {
        symbol: 'BTCUSDT',
        market,
        kind: 'trades',
        start,
        end,
        fetch: exchange.fetch,
        clock,
        random,
      } as const;
      const events = await read(clock, binanceHistory(options));
      const gaps = events.filter((event): event is GapEvent => event.type === 'gap');
      expect(gaps).toMatchObject([{ from: tape.firstId + 4000, to: tape.firstId + 4001, count: 2 }]);
      const ids = events.flatMap((event) => (event.type === 'trade' ? [event.id] : []));
      const expected = Array.from({ length: 6000 }, (_, i) => tape.firstId + i).filter(
        (id) => id !== tape.firstId + 4000 && id !== tape.firstId + 4001,
      );
      expect(ids).toEqual(expected);
      expect(exchange.violations).toMatchObject({ impatient: 0, overWeight: 0, headers: 0 });
      exchange.faults = { ...exchange.faults, killsAnHour: 0 };
    }
  });

  it('gives bars whose time is over, and not the one now open', async () => {
    const { clock, exchange } = stage(9, 'spot', { restError: 0.1 });
    exchange.trade('BTCUSDT', 1, false);
    const start = Math.ceil(clock.now() / MINUTE) * MINUTE;
    for (let i = 0; i < 3000; i++) {
      clock.time += 40_000;
      exchange.trade('BTCUSDT', 1, false);
    }
    serveKlines(exchange, '1m', MINUTE);
    exchange.holes.get('BTCUSDT')!.add(-(start + 1500 * MINUTE));
    const end = clock.now() + HOUR;
    const now = clock.now();
    const options = { symbol: 'BTCUSDT', market: 'spot', kind: 'bars', every: '1m', start, end } as const;
    const events = await read(
      clock,
      binanceHistory({ ...options, fetch: exchange.fetch, clock, random: exchange.random }),
    );
    const bars = events.filter((event) => event.type === 'bar');
    expect(bars.length).toBe(Math.floor((now - start) / MINUTE) - 1);
    expect(bars[0]!.time).toBe(start);
    expect(events.filter((event) => event.type === 'gap')).toMatchObject([
      { from: start + 1500 * MINUTE, to: start + 1500 * MINUTE, count: 1 },
    ]);
  });

  it('ends with an error that says why, or quietly when told to', async () => {
    const { clock, exchange } = stage(10, 'spot', { region: 1 });
    const options = {
      market: 'spot',
      kind: 'trades',
      start: 0,
      end: HOUR,
      fetch: exchange.fetch,
      clock,
    } as const;
    await expect(read(clock, binanceHistory({ ...options, symbol: 'BTCUSDT' }))).rejects.toMatchObject({
      ...{ name: 'FeedError', reason: 'region' },
    });
    exchange.faults = { ...exchange.faults, region: 0 };
    clock.time += 2 * HOUR;
    await expect(read(clock, binanceHistory({ ...options, symbol: 'NOSUCH' }))).rejects.toMatchObject({
      reason: 'unknown-symbol',
    });
    const stop = new AbortController();
    clock.after(50, () => stop.abort());
    const stopped = binanceHistory({ ...options, end: 1000 * HOUR, symbol: 'BTCUSDT', signal: stop.signal });
    expect(await read(clock, stopped)).toEqual([]);
  });

  it('refuses a stretch that is none', () => {
    const options = { symbol: 'BTCUSDT', market: 'spot', kind: 'trades' } as const;
    expect(() => binanceHistory({ ...options, start: 5, end: 1 })).toThrow('end must not be before start');
    expect(() => binanceHistory({ ...options, start: NaN, end: 1 })).toThrow('start must be a finite number');
    expect(() => binanceHistory({ ...options, kind: 'ticks' as never, start: 0, end: 1 })).toThrow(
      'kind must be one of',
    );
  });
});

describe('binanceArchive', () => {
  const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
    const list: Item[] = [];
    for await (const item of items) list.push(item);
    return list;
  };

  // Rows as printed in the README of Binance's archive.
  const rows = {
    aggTrades: '0,0.20000000,50.00000000,0,0,1735689600010866,False,True',
    trades: '51175358,17.80180000,5.69000000,101.29224200,1583709433583,True,True',
    klines:
      '1735689600000000,4.15070000,4.15870000,4.15060000,4.15540000,539.23000000,1735693199999999,2240.39860900,13,401.82000000,1669.98121300,0',
  };

  it('reads every kind, in milliseconds or microseconds, with a header or without, in pieces of any size', async () => {
    const [bar] = await all(binanceArchive([rows.klines], { kind: 'klines', symbol: 'X' }));
    expect(bar).toMatchObject({ type: 'bar', time: 1735689600000, open: 4.1507, close: 4.1554, count: 13 });
    expect(bar!.vwap).toBeCloseTo(2240.398609 / 539.23, 12);
    const [trade] = await all(binanceArchive([rows.trades], { kind: 'trades', symbol: 'X' }));
    expect(trade).toMatchObject({ id: 51175358, time: 1583709433583, price: 17.8018, side: 'sell' });
    const text = `agg_trade_id,price,quantity\r\n${rows.aggTrades}\r\n\n${rows.aggTrades.replace(/^0/, '1')}`;
    for (const size of [1, 7, 1000]) {
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g'))!;
      const read = await all(binanceArchive(pieces, { kind: 'aggTrades', symbol: 'X' }));
      expect(read.map(({ id, time }) => [id, time])).toEqual([
        [0, 1735689600010.866],
        [1, 1735689600010.866],
      ]);
    }
  });

  it('names the line that is wrong', async () => {
    const text = [`${rows.trades}\n`, 'x,1,2,3,4,True\n'];
    await expect(all(binanceArchive(text, { kind: 'trades', symbol: 'X' }))).rejects.toThrow(
      'binanceArchive: line 2: binance: trade id must be an integer',
    );
    await expect(
      all(binanceArchive([rows.trades], { kind: 'aggTrades', symbol: 'X' })),
    ).rejects.toMatchObject({
      reason: 'bad-message',
    });
  });

  it('reads what a recorder wrote down, whichever clock it had', async () => {
    const frame = '{"e":"serverShutdown","E":1770123456789}';
    const lines = `wss://example.org/stream\n1626992741.06217: ${frame}\n1723161254087896568 ${frame}\n`;
    const read = await all(binanceRecording([lines]));
    expect(read.map(({ time }) => time)).toEqual([1626992741062.17, 1723161254087.8965]);
    expect(read[0]!.message).toEqual({ type: 'shutdown', eventTime: 1770123456789 });
    await expect(all(binanceRecording(['1723161254087896568 {"e":']))).rejects.toThrow(
      'binanceRecording: line 1:',
    );
  });
});

describe('only', () => {
  it('passes on one type, and leaves the feed when it is left', async () => {
    let left = false;
    async function* events() {
      try {
        for (let i = 0; ; i++)
          yield i % 2 === 0 ? ({ type: 'even', i } as const) : ({ type: 'odd', i } as const);
      } finally {
        left = true;
      }
    }
    const seen: number[] = [];
    for await (const { i } of only(events(), 'odd')) {
      seen.push(i);
      if (seen.length === 3) break;
    }
    expect([seen, left]).toEqual([[1, 3, 5], true]);
  });

  it('opens the feed when it is first read, and not at all when it is left before', async () => {
    let opened = 0;
    const feed: AsyncIterable<{ type: 'even' }> = {
      async *[Symbol.asyncIterator]() {
        opened++;
        yield { type: 'even' };
      },
    };
    const evens = only(feed, 'even');
    expect(opened).toBe(0);
    expect((await evens.next()).value).toEqual({ type: 'even' });
    expect(opened).toBe(1);
    const unread = only(feed, 'even');
    await unread.return?.();
    expect([opened, (await unread.next()).done]).toEqual([1, true]);
  });
});
