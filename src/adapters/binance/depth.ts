import { checkInteger } from '../../core/checks.js';
import { FeedError } from '../../core/errors.js';
import type { Feed, StatusEvent } from './events.js';
import type { Level } from './message.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { OrderBook } from './order-book.js';
import { DEPTHS } from './parse-frame.js';
import { parseSnapshot } from './parse-rest.js';
import { keyOf } from './quotes.js';
import { feedOf } from './session.js';

/** How many levels a side a snapshot is asked for. */
const SNAPSHOT = 1000;

/** The top of one symbol's order book, best prices first. */
export interface BinanceBook {
  readonly type: 'book';
  readonly symbol: string;
  /** The last change in it. */
  readonly id: number;
  /** When the exchange told of it, in milliseconds since 1970 UTC; NaN just after a snapshot of spot. */
  readonly time: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** What comes out of {@link binanceDepth}. */
export type BinanceDepthEvent = BinanceBook | StatusEvent;

export interface BinanceDepthOptions extends BinanceOptions {
  /** How many prices of each side to hand over. */
  readonly levels?: number;
}

/** One symbol's book, and whether a snapshot is on its way. */
interface Kept {
  readonly book: OrderBook;
  asked: boolean;
  begun: boolean;
}

/**
 * Order books of Binance, live: kept whole from a snapshot and every change since, each of which joins on to the last.
 * Where one does not, the book is begun again from a new snapshot, and until then nothing is handed over: the status
 * of the symbol is `filling`. A reader that falls behind gets the latest book of each symbol.
 *
 * @throws OptionError; when read, FeedError `unknown-symbol`, `refused`; `in-use` when read twice
 * @example
 * ```ts
 * const options = { symbols: ['BTCUSDT'], market: 'spot', WebSocket: class {} as never } as const;
 * binanceDepth({ ...options, levels: 5 }).counts.resnapshots; // → 0
 * binanceDepth({ ...options, levels: 0 }); // throws OptionError: binanceDepth: levels must be a positive integer, received 0
 * ```
 */
export function binanceDepth(options: BinanceDepthOptions): Feed<BinanceDepthEvent> {
  const settings = settingsOf('binanceDepth', options, ['levels'], { silence: '15s' });
  const { rules, symbols, patience } = settings;
  const levels = checkInteger('binanceDepth', 'levels', options.levels ?? 20);
  return feedOf<BinanceBook>({
    ...{ settings, route: 'public', whenFull: 'latest', keyOf },
    readers: DEPTHS,
    names: symbols.map((symbol) => `${symbol.toLowerCase()}@depth@100ms`),
    handler: (session) => {
      const books = new Map<string, Kept>(
        symbols.map((symbol) => [symbol, { book: new OrderBook(), asked: false, begun: false }]),
      );
      const tell = (symbol: string, { book }: Kept): void => {
        const { id, time } = book;
        const [bids, asks] = [book.bids(levels), book.asks(levels)];
        session.deliver({ type: 'book', symbol, id, time, bids, asks });
        session.counts.delivered++;
      };
      const ask = async (symbol: string, kept: Kept): Promise<void> => {
        if (kept.asked) return;
        kept.asked = true;
        if (kept.begun) session.counts.resnapshots++;
        session.status('filling', symbol, kept.begun ? 'a change does not join on' : 'a snapshot is needed');
        const query = { symbol, limit: SNAPSHOT };
        const { weights, path } = rules;
        let told: string | undefined;
        for (let attempt = 0; !kept.book.ready; attempt++) {
          try {
            const snapshot = await session.rest.get(
              `${path}/depth`,
              query,
              weights.depth,
              patience,
              parseSnapshot,
            );
            if (kept.book.reset(snapshot) === 'applied') break;
          } catch (error) {
            const reason = error instanceof FeedError ? error.reason : 'refused';
            if (reason === 'unknown-symbol' || reason === 'refused') {
              session.fail(error);
              return;
            }
            if (told !== reason) session.status('stale', symbol, (error as FeedError).message);
            told = reason;
          }
          await session.timers.sleep(500 + session.timers.backoff(attempt, 500, 60_000));
        }
        kept.asked = false;
        kept.begun = true;
        session.status('live', symbol, 'the book is whole');
        tell(symbol, kept);
      };
      return {
        data: (message) => {
          if (message.type !== 'depth') return false;
          const kept = books.get(message.symbol);
          if (!kept) return false;
          const outcome = kept.book.update(message);
          if (outcome === 'applied') tell(message.symbol, kept);
          else if (outcome === 'old') session.counts.duplicates++;
          else void ask(message.symbol, kept);
          return true;
        },
        up: () => {},
        tick: () => {},
        room: () => {},
        quiet: () => Promise.resolve(false),
      };
    },
  });
}
