import { checkChoice, checkFinite } from '../../core/checks.js';
import { FeedError, OptionError } from '../../core/errors.js';
import { type BinanceInterval, checkInterval } from './bars.js';
import { type GapEvent, newCounts } from './events.js';
import { checkSymbol, type RequestOptions, type RequestSettings, requestSettings } from './options.js';
import { type BinanceBar, type Page, readable, readKlines, readTrades } from './parse-rest.js';
import { restOf } from './rest.js';
import { PAGE } from './sequence.js';
import { type Timers, timersOf } from './timers.js';
import type { BinanceTrade } from './trade.js';

/** By time, trades are given for an hour at most. */
const WINDOW = 3_600_000;
/** How late a bar may be over REST. */
const LAG = 30_000;

interface HistoryOptions extends RequestOptions {
  readonly symbol: string;
  /** The first moment wanted and the first no longer wanted, in milliseconds since 1970 UTC. */
  readonly start: number;
  readonly end: number;
}

/** Aggregate trades. */
export interface TradeHistoryOptions extends HistoryOptions {
  readonly kind: 'trades';
}

/** Bars whose time is over. */
export interface BarHistoryOptions extends HistoryOptions {
  readonly kind: 'bars';
  readonly every: BinanceInterval;
}

/** One history being read: where it asks, and how it says that something is missing. */
interface Reading {
  readonly timers: Timers;
  /** A page, or nothing where the signal said stop. */
  get<Item>(
    what: 'aggTrades' | 'klines',
    query: string,
    parse: (symbol: string, text: string) => Page<Item>,
  ): Promise<Page<Item> | undefined>;
  gap(from: number, to: number, count: number, page?: Page<unknown>): GapEvent;
  close(): void;
}

function readingOf(settings: RequestSettings, symbol: string): Reading {
  const { clock, random, signal } = settings;
  const timers = timersOf(clock, random);
  const rest = restOf(settings, timers, newCounts());
  let stop = (): void => {};
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
  });
  return {
    timers,
    get(what, query, parse) {
      if (signal?.aborted) return stopped;
      return Promise.race([rest.get(what, symbol, query, (text) => parse(symbol, text)), stopped]);
    },
    gap(from, to, count, page) {
      const reason = page?.problem ? 'bad-message' : 'missing';
      return { type: 'gap', symbol, from, to, count, time: timers.now(), reason };
    },
    close() {
      signal?.removeEventListener('abort', stop);
      rest.stop();
      timers.stop();
    },
  };
}

/** A server that answers with what it was not asked for would be asked for ever. */
function standsStill(path: string, from: number): FeedError {
  return new FeedError('bad-message', `binanceHistory: ${path} from ${from} on answers with what was before`);
}

async function* tradesOf(
  reading: Reading,
  { start, end }: TradeHistoryOptions,
): AsyncGenerator<BinanceTrade | GapEvent, void, undefined> {
  const get = (query: string, parse = readTrades): Promise<Page<BinanceTrade> | undefined> =>
    reading.get('aggTrades', `limit=${PAGE}&${query}`, parse);
  try {
    // By time until there is a trade, by id from there.
    let page: Page<BinanceTrade> | undefined = { items: [], rows: 0 };
    for (let from = start; page?.items.length === 0 && from < end; from += WINDOW) {
      const startTime = Math.ceil(from);
      const endTime = Math.min(startTime + WINDOW, Math.ceil(end)) - 1;
      page = await get(`startTime=${startTime}&endTime=${endTime}`, (...of) => readable(readTrades(...of)));
    }
    // What comes before the first that can be read is of this time, too.
    let next = (page?.items[0]?.id ?? NaN) - (page?.before ?? 0);
    while (page !== undefined && page.rows > 0) {
      const asked = next;
      const { items, rows } = page;
      if (items.length === 0) {
        // As many trades as there are rows, none of which can be read.
        next += rows;
        yield reading.gap(asked, next - 1, rows, page);
      }
      for (const trade of items) {
        if (trade.id < next) continue;
        if (trade.id > next) yield reading.gap(next, trade.id - 1, trade.id - next, page);
        if (trade.time >= end) return;
        next = trade.id + 1;
        if (trade.time >= start) yield trade;
      }
      if (next === asked) throw standsStill('aggTrades', asked);
      page = await get(`fromId=${next}`);
    }
  } finally {
    reading.close();
  }
}

async function* barsOf(
  reading: Reading,
  { start, end, every }: BarHistoryOptions,
  interval: number,
): AsyncGenerator<BinanceBar | GapEvent, void, undefined> {
  let next = Math.ceil(start / interval) * interval;
  let page: Page<BinanceBar> | undefined;
  const gapBefore = (time: number): GapEvent =>
    reading.gap(next, time - interval, (time - next) / interval, page);
  try {
    // However short a page is, only an empty one, or the bar now open, says that there are no more.
    for (let more = true; more && next < end; ) {
      const query = `interval=${every}&startTime=${next}&endTime=${Math.ceil(end) - 1}&limit=${PAGE}`;
      page = await reading.get('klines', query, readKlines);
      if (page === undefined) return;
      const from = next;
      more = page.rows > 0;
      if (more && page.items.length === 0) {
        // As many bars as there are rows, none of which can be read; the one now open is not wanted.
        const open = Math.floor(reading.timers.now() / interval) * interval;
        const after = Math.min(next + page.rows * interval, open);
        more = after > next;
        if (more) yield gapBefore(after);
        next = Math.max(next, after);
      }
      for (const bar of page.items) {
        if (bar.time < next) continue;
        more = bar.time < end && bar.time + interval <= reading.timers.now();
        if (!more) break;
        if (bar.time > next) yield gapBefore(bar.time);
        next = bar.time + interval;
        yield bar;
      }
      if (more && next === from) throw standsStill('klines', from);
    }
    // The newest may be late; what is settled and not there is missing.
    const settled = Math.floor((reading.timers.now() - LAG) / interval) * interval;
    const over = Math.min(Math.ceil(end / interval) * interval, settled);
    if (next < over) yield gapBefore(over);
  } finally {
    reading.close();
  }
}

/**
 * What Binance traded from one moment to another, over REST: aggregate trades in the order of their ids, or bars whose
 * time is over (by the clock of this machine). Pages are fetched as they are read, within the exchange's allowance; a
 * hole between two items, or where bars were to begin or end, is a `gap` in its place.
 *
 * @throws OptionError. When read: FeedError `unknown-symbol`, `refused`, `region`, `bad-message` where the
 *   exchange keeps answering with what was before, or with trades none of which can be read and no id is known, and
 *   where it lasts longer than `patience` `limited`, `banned`, `firewall`, `unreachable`.
 * @example
 * ```ts
 * const rows = '[[0,"10","12","9","11","4",59999,"42",3,"1","10.5","0"]]';
 * const fetch = async () => ({ status: 200, headers: { get: () => null }, text: async () => rows });
 * const wanted = { symbol: 'BTCUSDT', market: 'spot', kind: 'bars', every: '1m', start: 0, end: 60_000, fetch } as const;
 * const closes: number[] = [];
 * for await (const bar of binanceHistory(wanted)) if (bar.type === 'bar') closes.push(bar.close);
 * closes; // → [11]
 * ```
 */
export function binanceHistory(
  options: TradeHistoryOptions,
): AsyncGenerator<BinanceTrade | GapEvent, void, undefined>;
export function binanceHistory(
  options: BarHistoryOptions,
): AsyncGenerator<BinanceBar | GapEvent, void, undefined>;
export function binanceHistory(
  options: TradeHistoryOptions | BarHistoryOptions,
): AsyncGenerator<BinanceTrade | BinanceBar | GapEvent, void, undefined> {
  const who = 'binanceHistory';
  const own = ['kind', 'symbol', 'start', 'end', ...(options?.kind === 'bars' ? ['every'] : [])];
  const settings = requestSettings(who, options, own);
  const { kind, symbol, start, end } = options;
  checkChoice(who, 'kind', kind, ['trades', 'bars']);
  checkSymbol(who, symbol);
  checkFinite(who, 'start', start);
  if (checkFinite(who, 'end', end) < start) {
    throw new OptionError(`${who}: end must not be before start, received ${start} to ${end}`);
  }
  if (kind === 'trades') return tradesOf(readingOf(settings, symbol), options);
  const interval = checkInterval(who, options.every, settings.market);
  return barsOf(readingOf(settings, symbol), options, interval);
}
