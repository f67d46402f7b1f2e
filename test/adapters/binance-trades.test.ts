import { FeedError, OptionError } from 'hedgerow';
import {
  type BinanceTradeEvent,
  type BinanceTradesOptions,
  binanceTrades,
  type StatusEvent,
} from 'hedgerow/binance';
import { describe, expect, it } from 'vitest';
import { FakeExchange, type FakeExchangeOptions } from '../support/fake-exchange.js';
import { Tape } from '../support/fake-tape.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** An exchange, a clock and a feed on them. */
function stage(
  given: Partial<FakeExchangeOptions> & {
    options?: Partial<BinanceTradesOptions>;
    history?: number;
    clock?: VirtualClock;
  } = {},
) {
  const { options, history = 100, clock = new VirtualClock(), ...rest } = given;
  const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT', 'ETHUSDT'], ...rest });
  for (const symbol of exchange.symbols) exchange.trade(symbol, history, false);
  const feed = binanceTrades({
    ...{ symbols: exchange.symbols, market: exchange.market, WebSocket: exchange.WebSocket },
    ...{ fetch: exchange.fetch, clock, random: exchange.random },
    ...options,
  });
  const events: BinanceTradeEvent[] = [];
  let error: unknown;
  const reading = (async () => {
    try {
      for await (const event of feed) events.push(event);
    } catch (thrown) {
      error = thrown;
    }
  })();
  const ids = (symbol: string): number[] =>
    events.flatMap((event) => (event.type === 'trade' && event.symbol === symbol ? [event.id] : []));
  const statuses = (): string[] =>
    events.flatMap((event) =>
      event.type === 'status' ? [`${event.status} ${event.symbol ?? ''}`.trim()] : [],
    );
  return { clock, exchange, feed, events, ids, statuses, reading, error: () => error };
}

/** Whole numbers from one to another. */
const run = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const HOUR = 3_600_000;

describe('binanceTrades', () => {
  it('begins now without from, and after the last id with it', async () => {
    const { clock, exchange, ids } = stage({ options: {} });
    await clock.pass(2000);
    exchange.trade('BTCUSDT', 3);
    await clock.pass(2000);
    const tape = exchange.tapes.get('BTCUSDT')!;
    expect(ids('BTCUSDT')).toEqual(run(tape.nextId - 3, tape.nextId - 1));
    const first = exchange.tapes.get('BTCUSDT')!.firstId;
    const later = stage({ history: 2500, options: { from: { BTCUSDT: first + 9 } } });
    await later.clock.pass(5000);
    later.exchange.trade('BTCUSDT', 2);
    await later.clock.pass(2000);
    expect(later.ids('BTCUSDT')).toEqual(run(first + 10, first + 2501));
    expect(later.statuses().slice(0, 2)).toEqual(['filling BTCUSDT', 'live BTCUSDT']);
    expect(later.feed.counts).toMatchObject({ delivered: 2492, filled: 2490, gaps: 0 });
  });

  it('gives a trade the same way whichever way it came', async () => {
    const { clock, exchange, events } = stage({ microseconds: true });
    await clock.pass(1000);
    exchange.trade('ETHUSDT', 1);
    exchange.faults = { ...exchange.faults, lostFrame: 1 };
    await clock.pass(1000);
    exchange.trade('ETHUSDT', 1);
    exchange.faults = { ...exchange.faults, lostFrame: 0 };
    exchange.trade('ETHUSDT', 1);
    await clock.pass(1000);
    const trades = events.filter((event) => event.type === 'trade');
    expect(trades.length).toBe(3);
    for (const trade of trades) {
      const { id, time, price, quantity, maker } = exchange.tapes.get('ETHUSDT')!.trade(trade.id)!;
      expect(trade).toEqual({
        ...{ type: 'trade', symbol: 'ETHUSDT', id, time, price: Number(price), quantity: Number(quantity) },
        side: maker ? 'sell' : 'buy',
      });
    }
  });

  it('asks at once after a reconnect: the last trade before a silence shows no gap by itself', async () => {
    const { clock, exchange, ids, statuses } = stage();
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 2);
    await clock.pass(1000);
    for (const socket of [...exchange.sockets]) socket.cut();
    exchange.trade('BTCUSDT', 1);
    await clock.pass(4000);
    const { nextId } = exchange.tapes.get('BTCUSDT')!;
    expect(ids('BTCUSDT')).toEqual(run(nextId - 3, nextId - 1));
    expect(statuses()).toContain('reconnecting');
  });

  it('makes the next connection before it breaks the last, at a day and when the server shuts down', async () => {
    const { clock, exchange, feed, ids } = stage();
    const beat = (): void => {
      exchange.trade('BTCUSDT', 1);
      exchange.trade('ETHUSDT', 1);
      clock.after(5000, beat);
    };
    await clock.pass(1000);
    beat();
    await clock.pass(3_600_000);
    for (const socket of [...exchange.sockets]) exchange.shutDown(socket);
    await clock.pass(60_000);
    expect(feed.counts).toMatchObject({ connections: 2, replacedForShutdown: 1, lost: 0 });
    await clock.pass(24 * 3_600_000 + 500);
    expect(feed.counts).toMatchObject({ connections: 3, replacedForAge: 1, lost: 0, gaps: 0 });
    expect(exchange.done['dayCut'] ?? 0).toBe(0);
    const { nextId } = exchange.tapes.get('BTCUSDT')!;
    const seen = ids('BTCUSDT');
    expect(seen.length).toBeGreaterThan(17_000);
    expect(seen).toEqual(run(seen[0]!, nextId - 1));
    expect(feed.counts.filled).toBe(0);
    expect(exchange.sockets.size).toBe(1);
  });

  it('takes no acknowledgement for life: silence is asked about, and a deaf connection replaced', async () => {
    const { clock, exchange, feed, statuses } = stage({ faults: { deafConnection: 1 } });
    const beat = (): void => {
      exchange.trade('BTCUSDT', 1);
      clock.after(1000, beat);
    };
    beat();
    await clock.pass(30_000);
    exchange.faults = { ...exchange.faults, deafConnection: 0 };
    await clock.pass(60_500);
    expect(statuses()).toContain('stale');
    expect(feed.counts.firstDataMissed).toBeGreaterThan(0);
    expect(feed.counts.replacedForSilence).toBeGreaterThan(0);
    expect(feed.counts.gaps).toBe(0);
    expect(statuses().at(-1)).toMatch(/^live/);
  });

  it('notices one deaf subscription beside others that speak', async () => {
    const { clock, exchange, feed, ids } = stage();
    const beat = (): void => {
      for (const symbol of exchange.symbols) exchange.trade(symbol, 1);
      clock.after(1000, beat);
    };
    await clock.pass(1000);
    for (const socket of exchange.sockets) socket.muteSymbols.add('ETHUSDT');
    beat();
    await clock.pass(40_500);
    expect(feed.counts.replacedForDeafness).toBe(1);
    const seen = ids('ETHUSDT');
    expect(seen).toEqual(run(seen[0]!, exchange.tapes.get('ETHUSDT')!.nextId - 1));
  });

  it('notices a deaf subscription though trades of it are rare', async () => {
    const { clock, exchange, feed, ids } = stage();
    await clock.pass(1000);
    for (const socket of exchange.sockets) socket.muteSymbols.add('ETHUSDT');
    let beats = 0;
    everySecond(clock, () => {
      exchange.trade('BTCUSDT', 1);
      if (beats++ % 8 === 0) exchange.trade('ETHUSDT', 1);
    });
    await clock.pass(32_000);
    expect(feed.counts.replacedForDeafness).toBe(1);
    await clock.pass(30_000);
    const seen = ids('ETHUSDT');
    expect(seen).toEqual(run(seen[0]!, exchange.tapes.get('ETHUSDT')!.nextId - 1));
  });

  it('looks again at once where a subscription that was quiet for hours may be deaf', async () => {
    const { clock, exchange, feed } = stage();
    everySecond(clock, () => exchange.trade('BTCUSDT', 1));
    await clock.pass(1000);
    exchange.trade('ETHUSDT', 1);
    await clock.pass(HOUR);
    for (const socket of exchange.sockets) socket.muteSymbols.add('ETHUSDT');
    everySecond(clock, () => exchange.trade('ETHUSDT', 1));
    await clock.run(clock.now() + 70_000, () => feed.counts.filled > 0);
    await clock.pass(10_000);
    expect(feed.counts.replacedForDeafness).toBe(1);
  });

  it('lets a quiet market be quiet', async () => {
    const { clock, exchange, feed } = stage();
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(3 * 3_600_000);
    expect(feed.counts).toMatchObject({ connections: 1, gaps: 0, delivered: 1 });
    expect(feed.counts.requests).toBeLessThan(1000);
  });

  it('names a gap that neither the stream nor REST can fill, and goes on behind it', async () => {
    const { clock, exchange, events, ids } = stage();
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    exchange.faults = { ...exchange.faults, lostFrame: 1, restHole: 1 };
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 5);
    exchange.faults = { ...exchange.faults, lostFrame: 0, restHole: 0 };
    exchange.trade('BTCUSDT', 2);
    await clock.pass(60_000);
    const { nextId } = exchange.tapes.get('BTCUSDT')!;
    const gap = events.find((event) => event.type === 'gap');
    expect(gap).toMatchObject({
      symbol: 'BTCUSDT',
      from: nextId - 7,
      to: nextId - 3,
      count: 5,
      reason: 'missing',
    });
    expect(ids('BTCUSDT')).toEqual([nextId - 8, nextId - 2, nextId - 1]);
    const order = events.flatMap((event) => (event.type === 'status' ? [] : [event.type]));
    expect(order).toEqual(['trade', 'gap', 'trade', 'trade']);
  });

  it('waits as long as a 429 says, and names the gap where a ban outlasts its patience', async () => {
    for (const [fault, reason] of [
      ['limited', undefined],
      ['banned', 'banned'],
      ['firewall', 'firewall'],
      ['region', 'region'],
    ] as const) {
      const { clock, exchange, feed, events } = stage({ seed: 3, options: { patience: '1m' } });
      await clock.pass(1000);
      exchange.trade('BTCUSDT', 1);
      await clock.pass(1000);
      exchange.faults = { ...exchange.faults, [fault]: 1, lostFrame: 1 };
      exchange.trade('BTCUSDT', 1);
      exchange.faults = { ...exchange.faults, lostFrame: 0 };
      exchange.trade('BTCUSDT', 1);
      await clock.pass(3000);
      exchange.faults = { ...exchange.faults, [fault]: 0 };
      await clock.pass(100_000);
      const gaps = events.flatMap((event) => (event.type === 'gap' ? [event.reason] : []));
      expect(gaps).toEqual(reason === undefined ? [] : [reason]);
      expect(feed.counts[fault]).toBe(1);
      expect(exchange.violations.impatient).toBe(0);
    }
  });

  it('shares one allowance between the feeds that ask through one fetch', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock, seed: 1, market: 'usdm', symbols: ['BTCUSDT'] });
    exchange.trade('BTCUSDT', 150_000, false);
    const { firstId } = exchange.tapes.get('BTCUSDT')!;
    const feeds = [1, 2].map(() =>
      binanceTrades({
        ...{
          symbols: ['BTCUSDT'],
          market: 'usdm',
          WebSocket: exchange.WebSocket,
          fetch: exchange.fetch,
          clock,
        },
        from: { BTCUSDT: firstId - 1 },
      }),
    );
    const counts = [0, 0];
    for (const [i, feed] of feeds.entries()) {
      void (async () => {
        for await (const event of feed) if (event.type === 'trade') counts[i]!++;
      })();
    }
    await clock.pass(50_000);
    expect(counts[0]).toBeLessThan(150_000);
    await clock.pass(240_000);
    expect(counts).toEqual([150_000, 150_000]);
    expect(exchange.violations.overWeight).toBe(0);
  });

  it('fetches what is missing before it asks where nothing may be', async () => {
    const symbols = run(0, 299).map((i) => `COIN${i}USDT`);
    const busy = symbols.at(-1)!;
    const { clock, exchange, ids } = stage({ symbols, market: 'usdm', history: 5 });
    everySecond(clock, () => exchange.trade(busy, 1));
    await clock.pass(300_000);
    for (const socket of [...exchange.sockets]) socket.cut();
    exchange.trade(busy, 3, false);
    await clock.pass(10_500);
    const seen = ids(busy);
    expect(seen).toEqual(run(seen[0]!, exchange.tapes.get(busy)!.nextId - 1));
    expect(exchange.violations.overWeight).toBe(0);
  });

  it('sends one request through a door that opens before the others', async () => {
    const symbols = run(0, 49).map((i) => `COIN${i}USDT`);
    const clock = new VirtualClock();
    const times: number[] = [];
    const get = (name: string): string | null => (name === 'retry-after' ? '5' : null);
    const fetch = async () => {
      times.push(clock.now());
      await new Promise<void>((go) => clock.after(100, go));
      const status = times.length > 60 ? 200 : 429;
      return { status, headers: { get }, text: async () => '[]' };
    };
    stage({ symbols, history: 5, clock, options: { fetch } });
    await clock.pass(100_000);
    const later = times.slice(50);
    expect(later.length).toBeGreaterThan(60);
    for (let i = 1; i < 11; i++) expect(later[i]! - later[i - 1]!).toBeGreaterThan(5000);
  });

  it('asks for what does not fit into the address in paced control messages', async () => {
    const symbols = run(0, 899).map((i) => `COIN${i}USDT`);
    const { clock, exchange, ids } = stage({ symbols, history: 1 });
    await clock.pass(20_000);
    expect(exchange.done['SUBSCRIBE']).toBeGreaterThan(4);
    exchange.trade('COIN899USDT', 2);
    await clock.pass(1000);
    expect(ids('COIN899USDT').length).toBe(2);
    expect(exchange.violations).toMatchObject({ fastControl: 0, longControl: 0, overWeight: 0 });
  });

  it('keeps to the route of USD-M that has its streams', async () => {
    const { clock, exchange, ids } = stage({ market: 'usdm' });
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    expect(ids('BTCUSDT').length).toBe(1);
    expect([...exchange.sockets][0]!.address).toMatch(
      /^wss:\/\/fstream\.binance\.com\/market\/stream\?streams=btcusdt@aggTrade/,
    );
  });

  it('tells of a status at once, and in its place among the trades', async () => {
    const told: StatusEvent[] = [];
    const { clock, exchange, events } = stage({ options: { onStatus: (status) => told.push(status) } });
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    expect(told.map(({ status }) => status)).toEqual(['live']);
    expect(events.map(({ type }) => type)).toEqual(['trade', 'status']);
  });
});

/** Says what a test does to an exchange once a second. */
const everySecond = (clock: VirtualClock, call: () => void): void => {
  clock.after(1000, () => {
    call();
    everySecond(clock, call);
  });
};

describe('binanceTrades against an exchange that is wrong', () => {
  for (const [wild, busy] of [
    [9e14, true],
    [9e14, false],
    [1e6, true],
  ] as const) {
    it(`lets a lone id of ${wild} go, in a ${busy ? 'busy' : 'quiet'} market`, async () => {
      const { clock, exchange, feed, events, ids } = stage();
      await clock.pass(1000);
      exchange.trade('BTCUSDT', 1);
      await clock.pass(1000);
      const { nextId } = exchange.tapes.get('BTCUSDT')!;
      exchange.stray('BTCUSDT', nextId + wild);
      if (!busy) await clock.pass(60_000);
      everySecond(clock, () => exchange.trade('BTCUSDT', 1));
      await clock.pass(600_500);
      const seen = ids('BTCUSDT');
      expect(seen).toEqual(run(nextId - 1, exchange.tapes.get('BTCUSDT')!.nextId - 1));
      expect(events.some(({ type }) => type === 'gap')).toBe(false);
      expect(feed.counts).toMatchObject({ garbage: 1, duplicates: 0 });
      expect(feed.counts.requests).toBeLessThan(60);
    });
  }

  it('goes over a hole of any size once its far side goes on', async () => {
    const { clock, exchange, events } = stage();
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    const { nextId } = exchange.tapes.get('BTCUSDT')!;
    for (let i = 0; i < 40; i++) {
      exchange.stray('BTCUSDT', nextId + 50_000 + i);
      await clock.pass(1000);
    }
    expect(events.find(({ type }) => type === 'gap')).toMatchObject({ from: nextId, count: 50_000 });
    const trades = events.filter(({ type }) => type === 'trade');
    expect(trades.at(-1)).toMatchObject({ id: nextId + 50_039 });
  });

  it('tells of numbers that start over', async () => {
    const { clock, exchange, feed, events } = stage();
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    let id = 0;
    everySecond(clock, () => exchange.stray('BTCUSDT', id++));
    await clock.pass(120_000);
    const told = events.filter((event) => event.type === 'status' && event.status === 'stale');
    expect(told).toMatchObject([{ symbol: 'BTCUSDT' }]);
    expect(feed.counts.duplicates).toBeGreaterThan(100);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    expect(events.at(-1)).toMatchObject({ type: 'trade' });
    expect(events.at(-2)).toMatchObject({ type: 'status', status: 'live', symbol: 'BTCUSDT' });
  });

  it('follows numbers that start over with trades later than all before', async () => {
    const { clock, exchange, events, ids } = stage();
    everySecond(clock, () => exchange.trade('BTCUSDT', 1));
    await clock.pass(20_500);
    const last = ids('BTCUSDT').at(-1)!;
    exchange.tapes.set('BTCUSDT', new Tape('BTCUSDT', 7));
    await clock.pass(120_000);
    const gaps = events.filter(({ type }) => type === 'gap');
    expect(gaps).toMatchObject([{ from: last + 1, to: 6, count: 0, reason: 'restarted' }]);
    const seen = ids('BTCUSDT');
    expect(seen.slice(seen.indexOf(last) + 1)).toEqual(run(7, exchange.tapes.get('BTCUSDT')!.nextId - 1));
    expect(seen.at(-1)).toBeGreaterThan(110);
    const told = events.filter((event) => event.type === 'status' && event.symbol === 'BTCUSDT');
    expect(told.at(-1)).toMatchObject({ status: 'live' });
  });

  for (const [what, region] of [
    ['loses nothing of new numbers that came while it was away or were lost', 0],
    ['names what it cannot fetch of new numbers', 1],
  ] as const) {
    it(what, async () => {
      const { clock, exchange, events, ids } = stage();
      everySecond(clock, () => exchange.trade('BTCUSDT', 1));
      await clock.pass(20_500);
      const last = ids('BTCUSDT').at(-1)!;
      exchange.faults = { ...exchange.faults, region };
      exchange.tapes.set('BTCUSDT', new Tape('BTCUSDT', 1));
      exchange.trade('BTCUSDT', 1200, false);
      await clock.pass(20_500);
      exchange.trade('BTCUSDT', 1, false);
      await clock.pass(100_200);
      const { nextId } = exchange.tapes.get('BTCUSDT')!;
      const seen = ids('BTCUSDT').slice(ids('BTCUSDT').indexOf(last) + 1);
      const gaps = events.filter((event) => event.type === 'gap');
      expect(gaps[0]).toMatchObject({
        from: last + 1,
        to: region === 0 ? 0 : -1,
        count: 0,
        reason: 'restarted',
      });
      expect(gaps.slice(1)).toMatchObject(
        region === 0 ? [] : [{ from: 0, to: seen[0]! - 1, count: seen[0], reason: 'region' }],
      );
      expect(seen).toEqual(run(region === 0 ? 1 : seen[0]!, nextId - 1));
      const told = events.flatMap((event) => (event.type === 'status' && event.symbol ? [event] : []));
      expect(told.at(-1)!.status).toBe('live');
    });
  }

  for (const rest of ['up', 'down'] as const) {
    for (const from of [undefined, 0] as const) {
      it(`replaces a mute connection after 10 s with REST ${rest}${from === 0 ? ', from an id on' : ''}`, async () => {
        const options = from === undefined ? {} : { from: { BTCUSDT: 1 } };
        const faults = { deafConnection: 1, restError: rest === 'down' ? 1 : 0 };
        const { clock, exchange, feed } = stage({ faults, options });
        everySecond(clock, () => exchange.trade('BTCUSDT', 1));
        await clock.pass(14_000);
        expect(feed.counts).toMatchObject({ connections: 2, replacedForSilence: 1 });
        exchange.faults = { ...exchange.faults, deafConnection: 0 };
        await clock.pass(300_000);
        expect(feed.counts.delivered).toBeGreaterThan(100);
      });
    }
  }

  it('replaces a half-open connection after 15 s while REST is down', async () => {
    const { clock, exchange, feed } = stage();
    everySecond(clock, () => exchange.trade('BTCUSDT', 1));
    await clock.pass(60_000);
    exchange.faults = { ...exchange.faults, restError: 1 };
    for (const socket of exchange.sockets) socket.mute = true;
    await clock.pass(23_000);
    expect(feed.counts).toMatchObject({ connections: 2, replacedForSilence: 1 });
  });

  it('keeps the good rows of a page, and names the bad one', async () => {
    const { clock, exchange, events, ids } = stage();
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    const { nextId } = exchange.tapes.get('BTCUSDT')!;
    const good = exchange.paths['aggTrades']!;
    exchange.paths['aggTrades'] = (tape, query) =>
      (good(tape, query) as { a: number }[]).map((row) =>
        row.a === nextId + 50 ? { ...row, p: null } : row,
      );
    exchange.trade('BTCUSDT', 100, false);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(30_000);
    const gaps = events.filter(({ type }) => type === 'gap');
    expect(gaps).toMatchObject([{ from: nextId + 50, to: nextId + 50, count: 1, reason: 'bad-message' }]);
    expect(ids('BTCUSDT')).toEqual(run(nextId - 1, nextId + 100).filter((id) => id !== nextId + 50));
  });

  for (const from of [true, false]) {
    it(`names a hole of thousands where REST is closed, ${from ? 'after from' : 'after a cut'}, and goes on`, async () => {
      const [late, options] = from ? [4000, { from: { BTCUSDT: 1 } }] : [1500, {}];
      const { clock, exchange, feed, events, ids, statuses } = stage({ options });
      if (!from) {
        await clock.pass(1000);
        exchange.trade('BTCUSDT', 1);
        await clock.pass(1000);
      }
      exchange.faults = { ...exchange.faults, region: 1 };
      for (const socket of [...exchange.sockets]) socket.cut();
      await clock.pass(5000);
      exchange.trade('BTCUSDT', late, false);
      // Each frame by itself, as a browser has it.
      for (let i = 0; i < 100; i++) {
        exchange.trade('BTCUSDT', 1);
        await clock.pass(50);
      }
      const { nextId } = exchange.tapes.get('BTCUSDT')!;
      const gaps = events.filter((event) => event.type === 'gap');
      expect(gaps).toMatchObject([{ to: nextId - 101, reason: 'region' }]);
      expect(ids('BTCUSDT').slice(from ? 0 : 1)).toEqual(run(nextId - 100, nextId - 1));
      expect(feed.counts.garbage).toBe(0);
      expect(statuses().length).toBeLessThan(10);
    });
  }

  for (const [what, region, wild] of [
    ['one wild id go while REST is closed', 1, [1e9]],
    ['two wild ids near each other go, without asking much', 0, [1e9, 1e9 + 5]],
  ] as const) {
    it(`lets ${what}`, async () => {
      const { clock, exchange, feed, ids, statuses } = stage();
      await clock.pass(1000);
      everySecond(clock, () => exchange.trade('BTCUSDT', 1));
      await clock.pass(2500);
      exchange.faults = { ...exchange.faults, region };
      for (const id of wild) exchange.stray('BTCUSDT', id);
      await clock.pass(600_000);
      const seen = ids('BTCUSDT');
      expect(seen).toEqual(run(seen[0]!, exchange.tapes.get('BTCUSDT')!.nextId - 1));
      expect(feed.counts).toMatchObject({ gaps: 0, garbage: wild.length });
      expect(feed.counts.requests).toBeLessThan(60);
      expect(statuses().at(-1)).toBe('live BTCUSDT');
    });
  }

  for (const [what, status, body, reason] of [
    [
      'a page of a proxy, which is no refusal of the exchange',
      400,
      '<html>Bad Request</html>',
      'unreachable',
    ],
    ['a page none of which can be read', 200, '[{"a":"x"}]', 'bad-message'],
  ] as const) {
    it(`tries ${what}, again, and says ${reason}`, async () => {
      const fetch = async () => ({ status, headers: { get: () => null }, text: async () => body });
      const { clock, exchange, events, error } = stage({ options: { fetch, patience: '20s' } });
      await clock.pass(1000);
      exchange.trade('BTCUSDT', 1);
      await clock.pass(1000);
      exchange.trade('BTCUSDT', 2, false);
      exchange.trade('BTCUSDT', 1);
      await clock.pass(60_000);
      expect(events.filter(({ type }) => type === 'gap')).toMatchObject([{ count: 2, reason }]);
      expect(error()).toBe(undefined);
    });
  }

  it('asks REST for a hole though it was down before, as long as patience says', async () => {
    const { clock, exchange, feed, ids } = stage({ options: { patience: '20s' } });
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    const { nextId } = exchange.tapes.get('BTCUSDT')!;
    exchange.faults = { ...exchange.faults, restError: 1 };
    for (const socket of [...exchange.sockets]) socket.cut();
    await clock.pass(25_000);
    exchange.faults = { ...exchange.faults, restError: 0 };
    exchange.trade('BTCUSDT', 49, false);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(20_000);
    expect(feed.counts.gaps).toBe(0);
    expect(ids('BTCUSDT')).toEqual(run(nextId - 1, nextId + 49));
  });

  it('gives a hole its whole patience, though REST was asked for something else before', async () => {
    const { clock, exchange, feed } = stage({ options: { patience: '20s' } });
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    exchange.faults = { ...exchange.faults, restError: 1 };
    for (const socket of [...exchange.sockets]) socket.cut();
    await clock.pass(12_000);
    exchange.trade('BTCUSDT', 5, false);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(12_000);
    expect(feed.counts.gaps).toBe(0);
    await clock.pass(20_000);
    expect(feed.counts).toMatchObject({ gaps: 1, missing: 5 });
  });
});

describe('a connection of binanceTrades', () => {
  it('stays while it speaks and its successors do not', async () => {
    const { clock, exchange, feed, ids } = stage({ options: { lifetime: '1m' } });
    everySecond(clock, () => exchange.trade('BTCUSDT', 1));
    await clock.pass(30_000);
    exchange.faults = { ...exchange.faults, deafConnection: 1 };
    const [first] = exchange.sockets;
    await clock.pass(300_000);
    expect(exchange.sockets.has(first!)).toBe(true);
    expect(feed.counts).toMatchObject({ filled: 0, gaps: 0, lost: 0, replacedForAge: 1 });
    expect(feed.counts.connections).toBeGreaterThan(5);
    exchange.faults = { ...exchange.faults, deafConnection: 0 };
    await clock.pass(60_500);
    expect(exchange.sockets.has(first!)).toBe(false);
    const seen = ids('BTCUSDT');
    expect(seen).toEqual(run(seen[0]!, exchange.tapes.get('BTCUSDT')!.nextId - 1));
  });
});

describe('a server of binanceTrades that shuts down', () => {
  it('right after each connection speaks is not stormed with connections', async () => {
    const { clock, exchange, feed, ids } = stage();
    const told = new Set<unknown>();
    everySecond(clock, () => {
      exchange.trade('BTCUSDT', 1);
      for (const socket of exchange.sockets) {
        if (socket.readyState !== 1 || told.has(socket)) continue;
        told.add(socket);
        clock.after(100, () => exchange.shutDown(socket));
      }
    });
    await clock.pass(300_500);
    expect(feed.counts.connections).toBeLessThan(60);
    const seen = ids('BTCUSDT');
    expect(seen).toEqual(run(seen[0]!, exchange.tapes.get('BTCUSDT')!.nextId - 1));
  });

  it('and whose successor does as well before it has spoken is left for a third', async () => {
    const { clock, exchange, feed } = stage();
    let quiet = false;
    everySecond(clock, () => exchange.trade('BTCUSDT', quiet ? 0 : 1));
    await clock.pass(70_200);
    quiet = true;
    for (const socket of [...exchange.sockets]) exchange.shutDown(socket);
    await clock.pass(2000);
    const [, successor] = exchange.sockets;
    exchange.shutDown(successor!);
    quiet = false;
    await clock.pass(60_000);
    expect(feed.counts).toMatchObject({ lost: 0, connections: 3 });
  });
});

describe('a listener that throws', () => {
  for (const from of [undefined, { BTCUSDT: 1 }]) {
    it(`ends the feed with its error${from ? ' while it is being filled' : ''}`, async () => {
      const options: Partial<BinanceTradesOptions> = {
        ...(from && { from }),
        onStatus: () => {
          throw new Error('mine');
        },
      };
      const { clock, exchange, reading, error } = stage({ options });
      await clock.pass(1000);
      exchange.trade('BTCUSDT', 1);
      await clock.pass(1000);
      await reading;
      expect(error()).toEqual(new Error('mine'));
      expect([exchange.sockets.size, clock.pending]).toEqual([0, 0]);
    });
  }
});

describe('a reader of binanceTrades', () => {
  it('that stops reading costs a bounded memory, and gets everything when it reads on', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT'] });
    exchange.trade('BTCUSDT', 1, false);
    const feed = binanceTrades({
      ...{
        symbols: ['BTCUSDT'],
        market: 'spot',
        WebSocket: exchange.WebSocket,
        fetch: exchange.fetch,
        clock,
      },
      capacity: 100,
    });
    const iterator = feed[Symbol.asyncIterator]();
    const first = iterator.next();
    await clock.pass(1000);
    for (let i = 0; i < 5000; i++) {
      exchange.trade('BTCUSDT', 1);
      await clock.pass(10);
    }
    expect((await first).value).toMatchObject({ type: 'trade' });
    expect(feed.counts.mostWaiting).toBeLessThanOrEqual(100);
    const { nextId, firstId } = exchange.tapes.get('BTCUSDT')!;
    const seen = [firstId + 1];
    while (seen.at(-1)! < nextId - 1) {
      const next = iterator.next();
      await clock.pass(400);
      const { value } = await next;
      if (value?.type === 'trade') seen.push(value.id);
    }
    expect(seen).toEqual(run(firstId + 1, nextId - 1));
    expect(feed.counts.shed).toBeGreaterThan(0);
    await iterator.return?.();
  });

  it('that was behind through a cut hears the last status of the connection and of each symbol', async () => {
    const [said, heard] = [new Map<unknown, string>(), new Map<unknown, string>()];
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT', 'ETHUSDT'] });
    for (const symbol of exchange.symbols) exchange.trade(symbol, 50, false);
    const feed = binanceTrades({
      ...{ symbols: exchange.symbols, market: 'spot', WebSocket: exchange.WebSocket },
      ...{ fetch: exchange.fetch, clock, random: exchange.random, capacity: 100 },
      onStatus: ({ symbol, status }) => said.set(symbol, status),
    });
    let busyUntil = 0;
    void (async () => {
      for await (const event of feed) {
        if (event.type === 'status') heard.set(event.symbol, event.status);
        const wait = busyUntil - clock.now();
        if (wait > 0) await new Promise<void>((go) => clock.after(wait, go));
      }
    })();
    await clock.pass(1000);
    for (const symbol of exchange.symbols) exchange.trade(symbol, 1);
    await clock.pass(1000);
    busyUntil = clock.now() + 12_000;
    exchange.trade('BTCUSDT', 60);
    await clock.pass(1000);
    for (const socket of [...exchange.sockets]) socket.cut();
    // Of these REST gives as many as there is room for.
    exchange.trade('BTCUSDT', 200, false);
    await clock.pass(5000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    exchange.trade('ETHUSDT', 1, false);
    exchange.trade('ETHUSDT', 1);
    await clock.pass(8000);
    expect([heard.get(null), heard.size]).toEqual(['live', 3]);
    expect(heard).toEqual(said);
  });

  it('that leaves, by break or by throw, closes everything', async () => {
    for (const leave of ['break', 'throw']) {
      const clock = new VirtualClock();
      const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT'] });
      exchange.trade('BTCUSDT', 1, false);
      const feed = binanceTrades({
        ...{
          symbols: ['BTCUSDT'],
          market: 'spot',
          WebSocket: exchange.WebSocket,
          fetch: exchange.fetch,
          clock,
        },
      });
      const reading = (async () => {
        for await (const event of feed) {
          if (event.type !== 'trade') continue;
          if (leave === 'throw') throw new Error('not my day');
          break;
        }
      })();
      const outcome = reading.then(
        () => 'left',
        (error: Error) => error.message,
      );
      await clock.pass(1000);
      exchange.trade('BTCUSDT', 1);
      await clock.pass(1000);
      expect(await outcome).toBe(leave === 'throw' ? 'not my day' : 'left');
      expect([exchange.sockets.size, clock.pending]).toEqual([0, 0]);
    }
  });

  it('is alone: a second one is told so', async () => {
    const { feed, clock } = stage();
    await clock.pass(100);
    expect(() => feed[Symbol.asyncIterator]()).toThrow(FeedError);
    expect(() => feed[Symbol.asyncIterator]()).toThrow('binanceTrades: a feed can be read once');
  });

  it('gets the end, not an error, when the signal says stop', async () => {
    const stop = new AbortController();
    const { clock, exchange, reading, error, events } = stage({ options: { signal: stop.signal } });
    await clock.pass(1000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(100);
    stop.abort();
    await reading;
    expect([error(), events.length, exchange.sockets.size, clock.pending]).toEqual([undefined, 2, 0, 0]);
  });

  it('gets the end at once, and nothing is opened, when the signal had already said stop', async () => {
    const { clock, exchange, reading, error, feed } = stage({ options: { signal: AbortSignal.abort() } });
    await reading;
    expect([error(), feed.counts.connections, clock.pending, exchange.sockets.size]).toEqual([
      undefined,
      0,
      0,
      0,
    ]);
  });
});

describe('bad input to binanceTrades', () => {
  it('is an unknown symbol: the exchange says so, and the feed ends', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT'] });
    const feed = binanceTrades({
      ...{
        symbols: ['BTCUSDT', 'NOSUCH'],
        market: 'spot',
        WebSocket: exchange.WebSocket,
        fetch: exchange.fetch,
        clock,
      },
    });
    const next = feed[Symbol.asyncIterator]().next();
    const outcome = next.catch((error: FeedError) => error);
    await clock.pass(3000);
    const error = (await outcome) as FeedError;
    expect([error.name, error.reason]).toEqual(['FeedError', 'unknown-symbol']);
    expect(error.message).toMatch(/knows no symbol NOSUCH$/);
    expect([exchange.sockets.size, clock.pending]).toEqual([0, 0]);
  });

  it('is an id from another market, far ahead of this one', async () => {
    const { clock, exchange, error } = stage({ options: { from: { BTCUSDT: 1e12 } } });
    await clock.pass(2000);
    exchange.trade('BTCUSDT', 1);
    await clock.pass(1000);
    expect((error() as FeedError).reason).toBe('refused');
    expect((error() as FeedError).message).toContain(
      'from is 1000000000000 for BTCUSDT, the exchange only at',
    );
  });

  it('is refused at the door', () => {
    const good = { symbols: ['BTCUSDT'], market: 'spot', WebSocket: class {} as never } as const;
    const refused = (options: object, complaint: string): void => {
      expect(() => binanceTrades({ ...good, ...options } as BinanceTradesOptions)).toThrow(OptionError);
      expect(() => binanceTrades({ ...good, ...options } as BinanceTradesOptions)).toThrow(complaint);
    };
    refused({ symbols: [] }, 'binanceTrades: symbols must be 1 to 1024 names, received 0');
    refused({ symbols: undefined }, 'symbols must be 1 to 1024 names, received undefined');
    refused(
      { symbols: ['btcusdt'] },
      'a symbol must be capitals and digits such as BTCUSDT, received btcusdt',
    );
    refused({ symbols: ['BTC/USDT'] }, 'received BTC/USDT');
    refused({ market: 'futures' }, "market must be one of 'spot', 'usdm', received 'futures'");
    refused({ form: {} }, 'unknown option form; did you mean from?');
    refused({ from: { ETHUSDT: 1 } }, "a symbol of from must be one of 'BTCUSDT', received 'ETHUSDT'");
    refused({ from: { BTCUSDT: -1 } }, 'from.BTCUSDT must be a non-negative integer, received -1');
    refused({ whenFull: 'drop' }, "whenFull must be one of 'refill', 'pause', received 'drop'");
    refused({ whenFull: 'pause' }, "whenFull 'pause' needs a WebSocket that can pause");
    refused({ capacity: 0 }, 'capacity must be a positive integer, received 0');
    refused({ patience: 'soon' }, 'patience must be a duration');
    refused({ endpoints: { ws: 'x' } }, 'unknown option ws');
  });

  it('is a runtime without a WebSocket: the error says what to pass', () => {
    const { WebSocket } = globalThis;
    Object.assign(globalThis, { WebSocket: undefined });
    try {
      expect(() => binanceTrades({ symbols: ['BTCUSDT'], market: 'spot' })).toThrow(
        'binanceTrades: this runtime has no WebSocket: pass one, such as that of the ws package',
      );
    } finally {
      Object.assign(globalThis, { WebSocket });
    }
  });
});
