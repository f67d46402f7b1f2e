import type { Alert } from '../alerts/alarm.js';
import type { Rule } from '../alerts/rule.js';
import { Watch } from '../alerts/watch.js';
import { checkInteger, checkOptions } from '../core/checks.js';
import { type Duration, duration } from '../core/duration.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Detector } from '../core/estimator.js';
import {
  type Json,
  open,
  pack,
  packDeep,
  type Snapshot,
  unpack,
  unpackDeep,
  unpackInteger,
  unpackPart,
} from '../core/snapshot.js';
import type { Bar } from '../market/bar.js';
import { Resampler } from '../market/resampler.js';
import type { Trade } from '../market/trade.js';
import { BarAligner } from './bar-aligner.js';
import { PairMonitor, type PairMonitorOptions, type PairReading } from './pair-monitor.js';
import { checkPairRules } from './pair-rules.js';

/** One pair of a book: two symbols, and how they are watched. */
export interface BookedPair extends PairMonitorOptions {
  /** The symbol that is explained. */
  readonly y: string;
  /** The symbol that explains. */
  readonly x: string;
  /** What the pair is called; `y-x` unless said. */
  readonly name?: string;
}

/** Many pairs over one feed. */
export interface PairBookOptions {
  /** The length of the bars whose closes are compared. */
  readonly every: Duration;
  readonly pairs: readonly BookedPair[];
  /** How long a bar stays open for stragglers; not at all unless said. */
  readonly lateness?: Duration;
  /** Rules over the figures of each pair, by its name: objects or words such as `zScore > 2 for ETH-BTC`. */
  readonly rules?: readonly (Rule | string)[];
  /** Bars of one symbol kept for another that is silent, 10,000 unless said; older ones are dropped and counted. */
  readonly mostWaiting?: number;
  /**
   * How far ahead of the newest trade of the book a trade may be, a day unless said. One that is further waits until
   * another, of any symbol, is as far: a single tick in the wrong unit of time would close every bar until then. The
   * very first is forgotten where the next two are as far before it.
   */
  readonly mostAhead?: Duration;
}

/** A trade of a symbol. */
export interface SymbolTrade extends Trade {
  readonly symbol: string;
}

/** A bar of a symbol that was made elsewhere. */
export interface SymbolBar extends Pick<Bar, 'time' | 'close'> {
  readonly symbol: string;
}

/** What a pair looks like after a bar, and what that sets off. */
export interface PairUpdate extends PairReading {
  readonly pair: string;
  readonly alerts: readonly Alert[];
}

/** How a book is doing. */
export interface PairBookStatus {
  readonly trades: number;
  /** Trades of symbols that no pair has. */
  readonly unknown: number;
  /** Trades with a time so far from the others that none bore it out, or with none. */
  readonly refused: number;
  readonly symbols: Readonly<
    Record<
      string,
      {
        readonly bars: number;
        /** Trades that came after their bar had closed. */
        readonly late: number;
        /** Times of the newest trade and of the newest closed bar; NaN before there is one. */
        readonly lastTrade: number;
        readonly lastBar: number;
        /** Milliseconds that the newest closed bar's end is behind the newest trade of the book. */
        readonly lag: number;
      }
    >
  >;
  readonly pairs: Readonly<
    Record<
      string,
      {
        readonly updates: number;
        readonly last: number;
        /** Bars that wait for the other symbol. */
        readonly waiting: number;
        /** Bars that waited in vain. */
        readonly dropped: number;
      }
    >
  >;
}

interface Feed {
  resampler: Resampler;
  readonly legs: { readonly pair: number; readonly leg: 0 | 1 }[];
  bars: number;
  lastTrade: number;
  lastBar: number;
}

interface Watched {
  readonly name: string;
  monitor: PairMonitor;
  readonly aligner: BarAligner;
  updates: number;
  last: number;
}

const NOTHING: readonly PairUpdate[] = Object.freeze([]);

/**
 * Many pairs watched over one feed of trades. Each symbol has one set of bars, shared by all of its pairs, by event time, with
 * flat ones where nothing traded; a pair is read at each time that both of its symbols have a closed bar. The readings are
 * those of `monitorPair` over `resample` of the tapes, `gaps: 'flat'`, aligned, bit for bit.
 *
 * @example
 * ```ts
 * const book = new PairBook({
 *   every: '1s',
 *   pairs: [{ y: 'ETH', x: 'BTC', method: 'ols', window: 20 }],
 *   rules: ['spread > 2 for ETH-BTC'],
 * });
 * book.push({ symbol: 'ETH', time: 100, price: 10, quantity: 1 }); // → []
 * book.push({ symbol: 'BTC', time: 200, price: 20, quantity: 1 }); // → []
 * book.push({ symbol: 'ETH', time: 1100, price: 11, quantity: 1 }); // → []
 * const [update] = book.push({ symbol: 'BTC', time: 1200, price: 21, quantity: 1 });
 * [update.pair, update.time, update.y, update.x]; // → ['ETH-BTC', 0, 10, 20]
 * ```
 */
export class PairBook implements Detector<SymbolTrade, PairUpdate> {
  private readonly options: PairBookOptions;
  private readonly every: number;
  private readonly feeds: Map<string, Feed> = new Map();
  private readonly watched: readonly Watched[];
  private watch: Watch;
  private trades = 0;
  private unknown = 0;
  private refused = 0;
  private newest = NaN;
  /** A trade so far from the others that it waits for another to bear it out. */
  private doubtful: SymbolTrade | undefined;
  /** The very first trade, until another bears it out. */
  private first: SymbolTrade | undefined;
  private readonly mostAhead: number;

  /** @throws OptionError where an option is unknown or out of range, or two pairs have one name */
  constructor(options: PairBookOptions) {
    checkOptions('PairBook', options, ['every', 'pairs', 'lateness', 'rules', 'mostWaiting', 'mostAhead']);
    const { every, pairs, rules = [], mostWaiting = 10_000, mostAhead = '1d' } = options;
    this.mostAhead = duration('PairBook', 'mostAhead', mostAhead);
    this.every = duration('PairBook', 'every', every);
    checkInteger('PairBook', 'mostWaiting', mostWaiting);
    if (!Array.isArray(pairs) || pairs.length === 0)
      throw new OptionError('PairBook: pairs must be an array of at least one');
    this.options = unpackDeep(packDeep(options)) as PairBookOptions;
    this.watched = pairs.map((booked: BookedPair, pair) => {
      const { y, x, name = `${y}-${x}`, ...monitor } = booked;
      if (typeof y !== 'string' || typeof x !== 'string' || y === x) {
        throw new OptionError(
          `PairBook: a pair must have two different symbols y and x, received ${y} and ${x}`,
        );
      }
      for (const [leg, symbol] of [y, x].entries()) {
        let feed = this.feeds.get(symbol);
        if (!feed) {
          feed = { resampler: this.newResampler(), legs: [], bars: 0, lastTrade: NaN, lastBar: NaN };
          this.feeds.set(symbol, feed);
        }
        feed.legs.push({ pair, leg: leg as 0 | 1 });
      }
      const aligner = new BarAligner(mostWaiting);
      return { name, monitor: new PairMonitor(monitor), aligner, updates: 0, last: NaN };
    });
    const names = this.watched.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined)
      throw new OptionError(`PairBook: pairs must have different names, received '${twice}' twice`);
    this.watch = new Watch(rules);
    checkPairRules(this.watch.rules, names);
  }

  /** A trade: the updates of the pairs whose bars it completes, usually none. */
  push(trade: SymbolTrade): readonly PairUpdate[] {
    this.trades++;
    const feed = this.feeds.get(trade.symbol);
    if (feed === undefined) {
      this.unknown++;
      return NOTHING;
    }
    // Most trades are neither among the first nor far ahead.
    return trade.time - this.newest <= this.mostAhead && !this.first
      ? this.take(feed, trade)
      : this.doubt(feed, trade);
  }

  private newResampler(): Resampler {
    return new Resampler({ every: this.every, gaps: 'flat', lateness: this.options.lateness ?? 0 });
  }

  private take(feed: Feed, trade: SymbolTrade): readonly PairUpdate[] {
    const { time } = trade;
    if (!(time <= this.newest)) this.newest = time;
    if (!(time <= feed.lastTrade)) feed.lastTrade = time;
    const closed = feed.resampler.push(trade);
    return closed.length === 0 ? NOTHING : this.closed(feed, closed);
  }

  /** A trade that is among the first, far ahead of all before it, or without a time. */
  private doubt(feed: Feed, trade: SymbolTrade): readonly PairUpdate[] {
    const { doubtful, first, mostAhead } = this;
    if (!Number.isFinite(trade.time)) {
      this.refused++;
      return NOTHING;
    }
    if (Number.isNaN(this.newest)) {
      this.first = trade;
      return this.take(feed, trade);
    }
    if (Math.abs(trade.time - this.newest) <= mostAhead) {
      // Bears out the first.
      this.first = undefined;
      return this.take(feed, trade);
    }
    if (doubtful === undefined || Math.abs(trade.time - doubtful.time) > mostAhead) {
      if (doubtful) this.refused++;
      this.doubtful = trade;
      return NOTHING;
    }
    if (first && trade.time < first.time) this.forget(first);
    this.first = this.doubtful = undefined;
    this.newest = Math.max(doubtful.time, trade.time);
    return [...this.take(this.feeds.get(doubtful.symbol)!, doubtful), ...this.take(feed, trade)];
  }

  /** As if the very first trade had not been, which has closed no bar. */
  private forget(first: SymbolTrade): void {
    const feed = this.feeds.get(first.symbol)!;
    feed.resampler = this.newResampler();
    feed.lastTrade = NaN;
    this.refused++;
  }

  /** A bar made elsewhere, such as an exchange's own; bars of a symbol come in order, and not besides its trades. */
  pushBar({ symbol, time, close }: SymbolBar): readonly PairUpdate[] {
    const feed = this.feeds.get(symbol);
    if (feed === undefined) {
      this.unknown++;
      return NOTHING;
    }
    return this.closed(feed, [{ time, close }]);
  }

  /** Closes the bars that are open, as at the end of a session. */
  flush(): readonly PairUpdate[] {
    this.first = undefined;
    return Array.from(this.feeds.values(), (feed) => this.closed(feed, feed.resampler.flush())).flat();
  }

  private closed(feed: Feed, bars: readonly Pick<Bar, 'time' | 'close'>[]): readonly PairUpdate[] {
    const updates: PairUpdate[] = [];
    for (const { time, close } of bars) {
      feed.bars++;
      feed.lastBar = time;
      for (const { pair, leg } of feed.legs) {
        const watched = this.watched[pair]!;
        watched.aligner.push(leg, time, close, (time, y, x) => {
          updates.push(this.read(watched, time, y, x));
        });
      }
    }
    return updates;
  }

  private read(watched: Watched, time: number, y: number, x: number): PairUpdate {
    const reading = watched.monitor.push({ time, y, x });
    watched.updates++;
    watched.last = time;
    const { adf, ...figures } = reading;
    const metrics = adf ? { ...figures, 'adf.statistic': adf.statistic, 'adf.pValue': adf.pValue } : figures;
    const alerts = this.watch.push({ time, key: watched.name, metrics });
    return { pair: watched.name, ...reading, alerts };
  }

  /** Counts, what waits, and how far behind it is. */
  status(): PairBookStatus {
    const ends = Array.from(this.feeds.values(), ({ lastBar }) => lastBar + this.every);
    const newest = Math.max(...[this.newest, ...ends].filter(Number.isFinite));
    return {
      trades: this.trades,
      unknown: this.unknown,
      refused: this.refused + Number(this.doubtful !== undefined),
      symbols: Object.fromEntries(
        Array.from(this.feeds, ([symbol, { resampler, bars, lastTrade, lastBar }]) => {
          const lag = Number.isFinite(newest) ? newest - lastBar - this.every : NaN;
          return [symbol, { bars, late: resampler.late, lastTrade, lastBar, lag }];
        }),
      ),
      pairs: Object.fromEntries(
        this.watched.map(({ name, updates, last, aligner: { waiting, dropped } }) => [
          name,
          { updates, last, waiting, dropped },
        ]),
      ),
    };
  }

  snapshot(): Snapshot {
    const feeds = Array.from(this.feeds, ([symbol, { resampler, bars, lastTrade, lastBar }]) => {
      const bar = { bars, lastTrade: pack(lastTrade), lastBar: pack(lastBar) };
      return [symbol, { resampler: resampler.snapshot() as unknown as Json, ...bar }] as const;
    });
    const pairs = this.watched.map(({ monitor, aligner, updates, last }) => ({
      monitor: monitor.snapshot() as unknown as Json,
      aligner: aligner.save(),
      updates,
      last: pack(last),
    }));
    const state = {
      options: packDeep(this.options),
      feeds: feeds as unknown as Json,
      pairs,
      watch: this.watch.snapshot() as unknown as Json,
      trades: this.trades,
      unknown: this.unknown,
      refused: this.refused,
      newest: pack(this.newest),
      doubtful: packDeep(this.doubtful ?? null),
      first: packDeep(this.first ?? null),
    };
    return { kind: 'PairBook', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): PairBook {
    const state = open(snapshot, 'PairBook', 1);
    const revived = new PairBook(unpackDeep(unpackPart(state['options'])) as unknown as PairBookOptions);
    const [feeds, pairs] = [state['feeds'], state['pairs']];
    if (!Array.isArray(feeds) || !Array.isArray(pairs) || pairs.length !== revived.watched.length)
      throw new DataError('unreadable', 'PairBook.from: the feeds or the pairs are not there');
    for (const [symbol, saved] of feeds as [string, Json][]) {
      const { resampler, bars, lastTrade, lastBar } = unpackPart(saved);
      const legs = revived.feeds.get(symbol)?.legs;
      if (!legs) throw new DataError('unreadable', `PairBook.from: no pair has the symbol ${symbol}`);
      revived.feeds.set(symbol, {
        resampler: Resampler.from(resampler as unknown as Snapshot),
        legs,
        bars: unpackInteger(bars, 0, Number.MAX_SAFE_INTEGER),
        lastTrade: unpack(lastTrade),
        lastBar: unpack(lastBar),
      });
    }
    revived.watched.forEach((watched, i) => {
      const { monitor, aligner, updates, last } = unpackPart(pairs[i] as Json);
      watched.monitor = PairMonitor.from(monitor as unknown as Snapshot);
      watched.aligner.load(aligner);
      watched.updates = unpackInteger(updates, 0, Number.MAX_SAFE_INTEGER);
      watched.last = unpack(last);
    });
    revived.watch = Watch.from(state['watch'] as unknown as Snapshot);
    revived.trades = unpackInteger(state['trades'], 0, Number.MAX_SAFE_INTEGER);
    revived.unknown = unpackInteger(state['unknown'], 0, Number.MAX_SAFE_INTEGER);
    revived.refused = unpackInteger(state['refused'], 0, Number.MAX_SAFE_INTEGER);
    revived.newest = unpack(state['newest']);
    revived.doubtful = (unpackDeep(state['doubtful']!) ?? undefined) as SymbolTrade | undefined;
    revived.first = (unpackDeep(state['first'] ?? null) ?? undefined) as SymbolTrade | undefined;
    return revived;
  }
}
