import type { FakeExchange } from './fake-exchange.js';
import type { Tape } from './fake-tape.js';

interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly quote: number;
  readonly count: number;
}

const eight = (x: number): string => x.toFixed(8);

/** The candle of a tape that opens at a time; flat at the last price where nothing traded. */
function candleOf(tape: Tape, time: number, interval: number): Candle | undefined {
  const [first, last] = [tape.at(time), tape.at(time + interval) - 1];
  const prices: number[] = [];
  let [volume, quote] = [0, 0];
  for (let id = first; id <= last; id++) {
    const { price, quantity } = tape.trade(id)!;
    prices.push(Number(price));
    volume += Number(quantity);
    quote += Number(price) * Number(quantity);
  }
  if (prices.length === 0) {
    const before = tape.trade(first - 1);
    if (!before) return undefined;
    const close = Number(before.price);
    return { open: close, high: close, low: close, close, volume: 0, quote: 0, count: 0 };
  }
  const [high, low] = [Math.max(...prices), Math.min(...prices)];
  return { open: prices[0]!, high, low, close: prices.at(-1)!, volume, quote, count: prices.length };
}

/** Candles of one length, over REST and as a stream that says each once more when its time is over. */
export function serveKlines(exchange: FakeExchange, name: string, interval: number): void {
  const { clock } = exchange;
  exchange.paths['klines'] = (tape, query) => {
    const limit = Number(query['limit'] ?? 500);
    const now = clock.now();
    const newest = Math.floor(now / interval) * interval;
    const end = Math.min(newest, query['endTime'] === undefined ? Infinity : Number(query['endTime']));
    const from =
      query['startTime'] === undefined ? newest - (limit - 1) * interval : Number(query['startTime']);
    const rows: unknown[] = [];
    for (
      let time = Math.ceil(from / interval) * interval;
      time <= end && rows.length < limit;
      time += interval
    ) {
      const candle = candleOf(tape, time, interval);
      if (!candle || exchange.holes.get(tape.symbol)!.has(-time)) continue;
      const { open, high, low, close, volume, quote, count } = candle;
      const times = [exchange.stamp(time), exchange.stamp(time + interval - 1)];
      rows.push([
        ...[times[0], ...[open, high, low, close, volume].map(eight), times[1], eight(quote), count],
        ...['0', '0', '0'],
      ]);
    }
    return rows;
  };
  const tell = (symbol: string, time: number, final: boolean): void => {
    const candle = candleOf(exchange.tapes.get(symbol)!, time, interval);
    if (!candle) return;
    const { open, high, low, close, volume, quote, count } = candle;
    const k = {
      ...{ t: exchange.stamp(time), T: exchange.stamp(time + interval - 1), s: symbol, i: name, f: 1, L: 2 },
      ...{
        o: eight(open),
        c: eight(close),
        h: eight(high),
        l: eight(low),
        v: eight(volume),
        n: count,
        x: final,
      },
      ...{ q: eight(quote), V: '0', Q: '0', B: '0' },
    };
    const stream = `${symbol.toLowerCase()}@kline_${name}`;
    const data = { e: 'kline', E: exchange.stamp(clock.now()), s: symbol, k };
    exchange.tell(stream, symbol, [JSON.stringify({ stream, data })]);
  };
  const beat = (): void => {
    const now = clock.now();
    const opening = Math.floor(now / interval) * interval;
    for (const symbol of exchange.symbols) {
      if (now === opening) tell(symbol, opening - interval, true);
      else tell(symbol, opening, false);
    }
    clock.after(Math.min(interval / 4, opening + interval - now), beat);
  };
  clock.after(interval - (clock.now() % interval), beat);
}

/** One side after another of a book that moves, with ids as spot or futures number them. */
export class FakeBook {
  id: number;
  readonly bids: Map<number, number> = new Map();
  readonly asks: Map<number, number> = new Map();
  /** Best bid, its size, best ask, its size, by id. */
  readonly tops: Map<number, readonly [number, number, number, number]> = new Map();
  private middle = 60_000;

  constructor(
    private readonly exchange: FakeExchange,
    readonly symbol: string,
  ) {
    this.id = Math.floor(exchange.random() * 1e9);
    for (let i = 1; i <= 50; i++) {
      this.bids.set(this.middle - i, i);
      this.asks.set(this.middle + i, i);
    }
    this.note();
  }

  best(): readonly [number, number] {
    return [Math.max(...this.bids.keys()), Math.min(...this.asks.keys())];
  }

  /** Changes some levels, and tells of it. */
  step(): void {
    const { exchange, symbol } = this;
    const { random } = exchange;
    const before = this.id;
    const changed: { bids: [number, number][]; asks: [number, number][] } = { bids: [], asks: [] };
    this.middle += Math.floor(random() * 7) - 3;
    const set = (side: 'bids' | 'asks', price: number, size: number): void => {
      if (size === 0) this[side].delete(price);
      else this[side].set(price, size);
      changed[side].push([price, size]);
    };
    for (const price of this.bids.keys()) if (price >= this.middle) set('bids', price, 0);
    for (const price of this.asks.keys()) if (price <= this.middle) set('asks', price, 0);
    for (let i = 0; i < 4; i++) {
      set('bids', this.middle - 1 - Math.floor(random() * 50), Math.floor(random() * 9) + (i === 0 ? 1 : 0));
      set('asks', this.middle + 1 + Math.floor(random() * 50), Math.floor(random() * 9) + (i === 0 ? 1 : 0));
    }
    if (this.bids.size < 5) set('bids', this.middle - 1, 5);
    if (this.asks.size < 5) set('asks', this.middle + 1, 5);
    this.id += changed.bids.length + changed.asks.length;
    this.note();
    const rows = (levels: readonly [number, number][]): string[][] =>
      levels.map(([price, size]) => [price.toFixed(2), size.toFixed(3)]);
    const time = exchange.stamp(exchange.clock.now());
    const ids = { U: before + 1, u: this.id };
    const data =
      exchange.market === 'spot'
        ? { e: 'depthUpdate', E: time, s: symbol, ...ids, b: rows(changed.bids), a: rows(changed.asks) }
        : {
            e: 'depthUpdate',
            E: time,
            T: time,
            s: symbol,
            ...ids,
            pu: before,
            b: rows(changed.bids),
            a: rows(changed.asks),
          };
    const stream = `${symbol.toLowerCase()}@depth@100ms`;
    exchange.tell(stream, symbol, [JSON.stringify({ stream, data })]);
    const [bid, bidSize, ask, askSize] = this.tops.get(this.id)!;
    const sides = { b: bid.toFixed(2), B: bidSize.toFixed(3), a: ask.toFixed(2), A: askSize.toFixed(3) };
    const quote =
      exchange.market === 'spot'
        ? { u: this.id, s: symbol, ...sides }
        : { e: 'bookTicker', u: this.id, s: symbol, ...sides, T: time, E: time };
    const quotes = `${symbol.toLowerCase()}@bookTicker`;
    exchange.tell(quotes, symbol, [JSON.stringify({ stream: quotes, data: quote })]);
  }

  snapshot(): unknown {
    const rows = (side: Map<number, number>, sign: number): string[][] =>
      [...side]
        .sort(([a], [b]) => (a - b) * sign)
        .map(([price, size]) => [price.toFixed(2), size.toFixed(3)]);
    return { lastUpdateId: this.id, bids: rows(this.bids, -1), asks: rows(this.asks, 1) };
  }

  private note(): void {
    const [bid, ask] = this.best();
    this.tops.set(this.id, [bid, this.bids.get(bid)!, ask, this.asks.get(ask)!]);
  }
}

/** A moving book for every symbol, over REST and as streams, a step every 100 ms. */
export function serveBooks(exchange: FakeExchange, every = 100): Map<string, FakeBook> {
  const books = new Map(exchange.symbols.map((symbol) => [symbol, new FakeBook(exchange, symbol)]));
  exchange.paths['depth'] = (tape) => books.get(tape.symbol)!.snapshot();
  const beat = (): void => {
    for (const book of books.values()) book.step();
    exchange.clock.after(every, beat);
  };
  exchange.clock.after(every, beat);
  return books;
}
