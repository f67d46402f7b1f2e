import { latestOf } from '../queue/hand-over.js';
import type { Feed, StatusEvent } from './events.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { isNamelessQuote, parseQuote } from './parse-frame.js';
import { feedOf } from './session.js';
import { watchOf } from './watch.js';

/** The best bid and offer of one symbol. */
export interface BinanceQuote {
  readonly type: 'quote';
  readonly symbol: string;
  /** Grows with every change of the book, until the exchange starts its ids over. */
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
 * @throws OptionError; when read, FeedError `unknown-symbol`, `refused`; `in-use` when read twice
 * @example
 * ```ts
 * const options = { symbols: ['BTCUSDT'], market: 'usdm', WebSocket: class {} as never } as const;
 * binanceQuotes(options).counts.delivered; // → 0
 * binanceQuotes({ ...options, symbols: [] }); // throws OptionError: binanceQuotes: symbols must be 1 to 1024 names, received 0
 * ```
 */
export function binanceQuotes(options: BinanceOptions): Feed<BinanceQuoteEvent> {
  const settings = settingsOf('binanceQuotes', options, [], '15s');
  return feedOf<BinanceQuote>(settings, {
    ...{
      route: 'public',
      stream: 'bookTicker',
      waiting: latestOf<BinanceQuoteEvent>(settings.capacity, keyOf),
    },
    follow: (session, symbol) => {
      const { counts, timers } = session;
      let last: BinanceQuote;
      const top = (): string => `${[last.bid, last.bidQuantity, last.ask, last.askQuantity]}`;
      const watch = watchOf(session, symbol, top);
      return {
        ...watch,
        data(event, fields) {
          // On spot a quote names no event.
          if (event !== 'bookTicker' && (event !== '' || !isNamelessQuote(fields))) return false;
          const { id, time, bid, bidQuantity, ask, askQuantity } = parseQuote(fields);
          if (watch.next(id, time) === 'old') counts.duplicates++;
          else {
            const received = timers.now();
            last = { type: 'quote', symbol, id, time, received, bid, bidQuantity, ask, askQuantity };
            if (session.deliver(last)) counts.delivered++;
          }
          return true;
        },
      };
    },
  });
}
