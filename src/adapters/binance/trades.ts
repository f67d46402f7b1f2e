import { checkChoice, checkInteger } from '../../core/checks.js';
import { OptionError } from '../../core/errors.js';
import type { Feed, GapEvent, StatusEvent } from './events.js';
import { type BinanceOptions, type Settings, settingsOf } from './options.js';
import { TRADES } from './parse-frame.js';
import { type BinanceTrade, type Readable, readableTrades, tradeOf } from './parse-rest.js';
import { Sequences } from './sequences.js';
import { feedOf } from './session.js';
import { Wire } from './wire.js';

const PAGE = 1000;

/** What comes out of {@link binanceTrades}, in order. */
export type BinanceTradeEvent = BinanceTrade | GapEvent | StatusEvent;

export interface BinanceTradesOptions extends BinanceOptions {
  /** The last id the caller has, by symbol: the feed begins after it. Without, it begins now. */
  readonly from?: Readonly<Record<string, number>>;
  /**
   * What happens when the reader falls behind by `capacity` trades: `refill` lets trades go and fetches them again by
   * id, `pause` stops reading from the socket as well, where that can.
   */
  readonly whenFull?: 'refill' | 'pause';
}

/** The last item the caller has of each symbol, checked. */
export function checkFrom(
  settings: Settings,
  from: Readonly<Record<string, number>> | undefined,
): (symbol: string) => number | undefined {
  for (const [symbol, last] of Object.entries(from ?? {})) {
    if (!settings.symbols.includes(symbol)) {
      throw new OptionError(`${settings.who}: from names ${symbol}, which is none of the symbols`);
    }
    checkInteger(settings.who, `from.${symbol}`, last, 0);
  }
  return (symbol) => from?.[symbol];
}

/** What to do when there is no room, checked. */
export function checkPauses(settings: Settings, whenFull: 'refill' | 'pause' | undefined): boolean {
  const pauses = checkChoice(settings.who, 'whenFull', whenFull ?? 'refill', ['refill', 'pause']) === 'pause';
  if (pauses) Wire.checkPause(settings.who, settings.Socket);
  return pauses;
}

const numberOf = ({ id }: BinanceTrade): number => id;
const nameOf = (id: number): number => id;

/**
 * Aggregate trades of Binance, live: for each symbol every trade once, in the order of ids that run on by one, from the
 * last the caller has to now and on. What a connection loses is fetched by id; what cannot be had is a `gap` in its
 * place, and every change of status is there too. Nothing is opened before the feed is read; it ends when the reader
 * leaves or the signal says so, and throws only where it can never work.
 *
 * Times are milliseconds since 1970 UTC, prices in the quote currency, quantities in the base currency.
 *
 * @throws OptionError where an option is wrong, or the runtime has no `WebSocket` or `fetch`. When read:
 *   FeedError `unknown-symbol`, `refused`; `in-use` when read twice.
 * @example
 * ```ts
 * class NoSocket {
 *   onopen = null; onmessage = null; onclose = null; onerror = null;
 *   send() {}
 *   close() {}
 * }
 * const stop = new AbortController();
 * const feed = binanceTrades({
 *   symbols: ['BTCUSDT'], market: 'spot', from: { BTCUSDT: 3735683258 }, signal: stop.signal, WebSocket: NoSocket,
 * });
 * setTimeout(() => stop.abort(), 10);
 * for await (const event of feed) if (event.type === 'trade') event.price;
 * feed.counts.connections; // → 1
 * ```
 */
export function binanceTrades(options: BinanceTradesOptions): Feed<BinanceTradeEvent> {
  const settings = settingsOf('binanceTrades', options, ['from', 'whenFull'], { silence: '15s' });
  const from = checkFrom(settings, options.from);
  const { rules, symbols, patience } = settings;
  const weight = rules.weights.aggTrades;
  return feedOf<BinanceTrade | GapEvent>({
    ...{ settings, route: 'market', whenFull: 'refuse', pauses: checkPauses(settings, options.whenFull) },
    readers: TRADES,
    names: symbols.map((symbol) => `${symbol.toLowerCase()}@aggTrade`),
    handler: (session) => {
      const sequences = new Sequences<BinanceTrade>({
        ...{ settings, session, from, numberOf, nameOf, weight, idle: 60_000 },
        page: async (symbol, fromId) => {
          const query = { symbol, fromId, limit: fromId === undefined ? 1 : PAGE };
          const parse = (text: string): Readable<BinanceTrade> => readableTrades(symbol, text);
          const page = await session.rest.get(`${rules.path}/aggTrades`, query, weight, patience, parse);
          const { items, rows } = page;
          return { items, more: rows >= PAGE, unreadable: items.length < rows };
        },
      });
      return {
        data: (message) => {
          if (message.type !== 'trade' || message.stream !== 'aggTrade') return false;
          if (!sequences.has(message.symbol)) return false;
          sequences.live(message.symbol, tradeOf(message));
          return true;
        },
        up: () => sequences.up(),
        tick: (now) => sequences.tick(now),
        room: () => sequences.room(),
        quiet: () => sequences.quiet(),
      };
    },
  });
}
