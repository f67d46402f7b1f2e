import { checkChoice, checkFinite, checkOptions } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { FeedError, OptionError } from '../../core/errors.js';
import { type Clock, type StopSignal, systemClock } from '../queue/clock.js';
import { type BinanceInterval, checkInterval } from './bars.js';
import { type GapEvent, newCounts } from './events.js';
import { type Endpoints, type Market, type MarketRules, rulesOf } from './market.js';
import { checkSymbol } from './options.js';
import { type BinanceBar, type BinanceTrade, parseAggTrades, parseKlines } from './parse-rest.js';
import { Rest } from './rest.js';
import { Timers } from './timers.js';
import { type Fetch, fetchFunction } from './transport.js';

const PAGE = 1000;
/** By time, trades are given for an hour at most. */
const WINDOW = 3_600_000;
/** How late a bar may be over REST. */
const LAG = 30_000;

interface HistoryOptions {
  readonly symbol: string;
  readonly market: Market;
  /** The first moment wanted and the first no longer wanted, in milliseconds since 1970 UTC. */
  readonly start: number;
  readonly end: number;
  readonly signal?: StopSignal;
  readonly fetch?: Fetch;
  readonly endpoints?: Endpoints;
  /** How long a request is tried again before the history ends with an error. */
  readonly patience?: Duration;
  readonly clock?: Clock;
  readonly random?: () => number;
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

const NAMES = [
  ...[
    'kind',
    'symbol',
    'market',
    'start',
    'end',
    'signal',
    'fetch',
    'endpoints',
    'patience',
    'clock',
    'random',
  ],
];

/** One history being read: where it asks, and how it says that something is missing. */
class Reading {
  readonly timers: Timers;
  private readonly rest: Rest;
  private readonly stopped: Promise<undefined>;
  private stop: () => void = () => {};

  constructor(
    private readonly options: HistoryOptions,
    readonly rules: MarketRules,
    fetch: Fetch,
    private readonly patience: number,
  ) {
    const { clock = systemClock, random = Math.random, signal } = options;
    this.timers = new Timers(clock, random);
    this.rest = new Rest(rules.rest, rules.weightPerMinute, fetch, this.timers, newCounts());
    this.stopped = new Promise((resolve) => {
      this.stop = () => resolve(undefined);
      if (signal?.aborted) resolve(undefined);
      signal?.addEventListener('abort', this.stop);
    });
  }

  /** A page, or nothing where the signal said stop. */
  get<Item>(
    path: string,
    query: Readonly<Record<string, string | number>>,
    weight: number,
    parse: (text: string) => Item[],
  ): Promise<Item[] | undefined> {
    if (this.options.signal?.aborted) return this.stopped;
    const asked = this.rest.get(`${this.rules.path}/${path}`, query, weight, this.patience, parse);
    return Promise.race([asked, this.stopped]);
  }

  gap(from: number, to: number, count: number): GapEvent {
    const { symbol } = this.options;
    return { type: 'gap', symbol, from, to, count, time: this.timers.now(), reason: 'missing' };
  }

  close(): void {
    this.options.signal?.removeEventListener('abort', this.stop);
    this.rest.stop();
    this.timers.stop();
  }
}

/** A server that answers with what it was not asked for would be asked for ever. */
function standsStill(path: string, from: number): FeedError {
  return new FeedError('bad-message', `binanceHistory: ${path} from ${from} on answers with what was before`);
}

async function* readTrades(
  reading: Reading,
  { symbol, start, end }: TradeHistoryOptions,
): AsyncGenerator<BinanceTrade | GapEvent, void, undefined> {
  const weight = reading.rules.weights.aggTrades;
  const parse = (text: string): BinanceTrade[] => parseAggTrades(symbol, text);
  const page = (query: Readonly<Record<string, number>>): Promise<BinanceTrade[] | undefined> =>
    reading.get('aggTrades', { symbol, limit: PAGE, ...query }, weight, parse);
  try {
    // By time until there is a trade, by id from there.
    let trades: BinanceTrade[] | undefined = [];
    for (let from = start; trades?.length === 0 && from < end; from += WINDOW) {
      const startTime = Math.ceil(from);
      trades = await page({ startTime, endTime: Math.min(startTime + WINDOW, Math.ceil(end)) - 1 });
    }
    let next: number | undefined;
    while (trades !== undefined && trades.length > 0) {
      const asked = next;
      for (const trade of trades) {
        if (trade.time >= end) return;
        if (trade.time < start || (next !== undefined && trade.id < next)) continue;
        if (next !== undefined && trade.id > next) yield reading.gap(next, trade.id - 1, trade.id - next);
        next = trade.id + 1;
        yield trade;
      }
      if (asked !== undefined && next === asked) throw standsStill('aggTrades', asked);
      const after = trades.at(-1)!.id + 1;
      trades = await page({ fromId: next ?? after });
      if (next === undefined && trades !== undefined && trades.length > 0 && trades.at(-1)!.id < after) {
        throw standsStill('aggTrades', after);
      }
    }
  } finally {
    reading.close();
  }
}

async function* readBars(
  reading: Reading,
  { symbol, start, end, every }: BarHistoryOptions,
  interval: number,
): AsyncGenerator<BinanceBar | GapEvent, void, undefined> {
  const weight = reading.rules.weights.klines;
  const parse = (text: string): BinanceBar[] => parseKlines(symbol, text);
  let next = Math.ceil(start / interval) * interval;
  const gapBefore = (time: number): GapEvent => reading.gap(next, time - interval, (time - next) / interval);
  try {
    // However short a page is, only an empty one, or the bar now open, says that there are no more.
    for (let more = true; more && next < end; ) {
      const query = { symbol, interval: every, startTime: next, endTime: Math.ceil(end) - 1, limit: PAGE };
      const bars = await reading.get('klines', query, weight, parse);
      if (bars === undefined) return;
      const from = next;
      more = bars.length > 0;
      for (const bar of bars) {
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
 *   exchange keeps answering with what was before, and where it lasts longer than
 *   `patience` `limited`, `banned`, `firewall`, `unreachable`.
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
  checkOptions(who, options, options?.kind === 'bars' ? [...NAMES, 'every'] : NAMES);
  checkChoice(who, 'kind', options.kind, ['trades', 'bars']);
  const market = checkChoice(who, 'market', options.market, ['spot', 'usdm']);
  checkSymbol(who, options.symbol);
  checkFinite(who, 'start', options.start);
  if (!(checkFinite(who, 'end', options.end) >= options.start)) {
    throw new OptionError(
      `${who}: end must not be before start, received ${options.start} to ${options.end}`,
    );
  }
  const patience = duration(who, 'patience', options.patience ?? '2m');
  const rules = rulesOf(who, market, options.endpoints ?? {});
  const reading = (): Reading => new Reading(options, rules, fetchFunction(who, options.fetch), patience);
  if (options.kind === 'trades') return readTrades(reading(), options);
  return readBars(reading(), options, checkInterval(who, options.every, market));
}
