import type { Feed, StatusEvent } from './events.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { QUOTES } from './parse-frame.js';
import { feedOf } from './session.js';

/** The best bid and offer of one symbol. */
export interface BinanceQuote {
  readonly type: 'quote';
  readonly symbol: string;
  /** Grows with every change of the book. */
  readonly id: number;
  /** By the exchange, in milliseconds since 1970 UTC; NaN on spot, which does not say. */
  readonly time: number;
  /** By the clock of this machine. */
  readonly received: number;
  readonly bid: number;
  readonly bidQuantity: number;
  readonly ask: number;
  readonly askQuantity: number;
}

/** What comes out of {@link binanceQuotes}. */
export type BinanceQuoteEvent = BinanceQuote | StatusEvent;

/** Which of those that wait a newer one replaces: of each symbol the last, and the last status of each. */
export function keyOf(event: { readonly type: string; readonly symbol: string | null }): string {
  return `${event.type} ${event.symbol ?? ''}`;
}

/**
 * Best bids and offers of Binance, live. A reader that falls behind gets the latest quote of each symbol: only those it
 * had no time for are passed over. Ids grow; nothing is fetched again, because an old quote is worth nothing.
 *
 * @throws OptionError; when read, FeedError `in-use` when read twice
 * @example
 * ```ts
 * const options = { symbols: ['BTCUSDT'], market: 'usdm', WebSocket: class {} as never } as const;
 * binanceQuotes(options).counts.delivered; // → 0
 * binanceQuotes({ ...options, symbols: [] }); // throws OptionError: binanceQuotes: symbols must be 1 to 1024 names, received 0
 * ```
 */
export function binanceQuotes(options: BinanceOptions): Feed<BinanceQuoteEvent> {
  const settings = settingsOf('binanceQuotes', options, [], { silence: '15s' });
  const last = new Map(settings.symbols.map((symbol) => [symbol, -Infinity]));
  return feedOf<BinanceQuote>({
    ...{ settings, route: 'public', whenFull: 'latest', keyOf },
    readers: QUOTES,
    names: settings.symbols.map((symbol) => `${symbol.toLowerCase()}@bookTicker`),
    handler: (session) => ({
      data: (message) => {
        if (message.type !== 'quote') return false;
        const { symbol, id, time, bid, bidQuantity, ask, askQuantity } = message;
        const before = last.get(symbol);
        if (before === undefined) return false;
        if (id <= before) {
          session.counts.duplicates++;
          return true;
        }
        last.set(symbol, id);
        const received = session.timers.now();
        session.deliver({ type: 'quote', symbol, id, time, received, bid, bidQuantity, ask, askQuantity });
        session.counts.delivered++;
        return true;
      },
      up: () => {},
      tick: () => {},
      room: () => {},
      // No request says whether quotes were to come: another connection shows.
      quiet: () => Promise.resolve(false),
    }),
  });
}
