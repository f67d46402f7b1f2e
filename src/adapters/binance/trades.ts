import { checkChoice, checkInteger } from '../../core/checks.js';
import { OptionError } from '../../core/errors.js';
import type { Feed, GapEvent, StatusEvent } from './events.js';
import { type BinanceOptions, type Settings, settingsOf } from './options.js';
import { readable, readTrades } from './parse-rest.js';
import { PAGE, sequenceOf } from './sequence.js';
import { feedOf } from './session.js';
import { type BinanceTrade, readTrade } from './trade.js';
import type { Socket } from './transport.js';

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

/** Checks what the caller has: the last number of some of the symbols. */
export function checkFrom({ symbols, who }: Settings, from: Readonly<Record<string, number>> = {}): void {
  for (const [symbol, last] of Object.entries(from)) {
    checkInteger(who, `from.${checkChoice(who, 'a symbol of from', symbol, symbols)}`, last, 0);
  }
}

/** What to do when there is no room, checked. */
export function checkPauses(settings: Settings, whenFull: 'refill' | 'pause' = 'refill'): boolean {
  const pauses = checkChoice(settings.who, 'whenFull', whenFull, ['refill', 'pause']) === 'pause';
  if (pauses && !(settings.Socket.prototype as Socket | undefined)?.pause) {
    throw new OptionError(
      `${settings.who}: whenFull 'pause' needs a WebSocket that can pause, such as that of the ws package`,
    );
  }
  return pauses;
}

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
  const settings = settingsOf('binanceTrades', options, ['from', 'whenFull'], '15s');
  checkFrom(settings, options.from);
  return feedOf<BinanceTrade | GapEvent>(settings, {
    ...{ route: 'market', stream: 'aggTrade' },
    pauses: checkPauses(settings, options.whenFull),
    follow: (session, symbol) =>
      sequenceOf<BinanceTrade>(session, symbol, {
        ...{ from: options.from?.[symbol], what: 'aggTrades', idle: 60_000 },
        numberOf: ({ id }) => id,
        nameOf: (id) => id,
        item: (event, fields) => (event === 'aggTrade' ? readTrade(symbol, fields) : undefined),
        query: (id) => (Number.isNaN(id) ? 'limit=1' : `limit=${PAGE}&fromId=${id}`),
        page: (text) => readable(readTrades(symbol, text)),
      }),
  });
}
