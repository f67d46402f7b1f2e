import { checkInteger } from '../../core/checks.js';
import type { FeedError } from '../../core/errors.js';
import { latestOf } from '../queue/hand-over.js';
import type { Feed, StatusEvent } from './events.js';
import type { Level } from './message.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { OrderBook } from './order-book.js';
import { parseDepth } from './parse-frame.js';
import { parseSnapshot } from './parse-rest.js';
import { keyOf } from './quotes.js';
import { isFinal } from './rest.js';
import { feedOf } from './session.js';
import { watchOf } from './watch.js';

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
  const settings = settingsOf('binanceDepth', options, ['levels'], '15s');
  const levels = checkInteger('binanceDepth', 'levels', options.levels ?? 20);
  return feedOf<BinanceBook>(settings, {
    ...{
      route: 'public',
      stream: 'depth@100ms',
      waiting: latestOf<BinanceDepthEvent>(settings.capacity, keyOf),
    },
    follow: (session, symbol) => {
      const { counts, rest, timers } = session;
      let book = new OrderBook();
      const watch = watchOf(session, symbol, () => `${[book.bids(1), book.asks(1)]}`);
      let asked = false;
      let begun = false;
      const tell = (): void => {
        const { id, time } = book;
        const [bids, asks] = [book.bids(levels), book.asks(levels)];
        if (session.deliver({ type: 'book', symbol, id, time, bids, asks })) counts.delivered++;
      };
      const ask = async (): Promise<void> => {
        if (asked) return;
        asked = true;
        if (begun) counts.resnapshots++;
        session.status('filling', symbol, begun ? 'a change does not join on' : 'a snapshot is needed');
        let told: string | undefined;
        for (let attempt = 0; !book.ready; attempt++) {
          try {
            const snapshot = await rest.get('depth', symbol, `limit=${SNAPSHOT}`, parseSnapshot);
            if (book.reset(snapshot) === 'applied') break;
          } catch (error) {
            const { reason, message } = error as FeedError;
            if (isFinal(error)) {
              session.fail(error);
              return;
            }
            if (told !== reason) session.status('stale', symbol, message);
            told = reason;
          }
          await timers.sleep(500 + timers.backoff(attempt, 500, 60_000));
        }
        asked = false;
        begun = true;
        watch.begin(book.id);
        session.status('live', symbol, 'the book is whole');
        tell();
      };
      return {
        ...watch,
        data(event, fields) {
          if (event !== 'depthUpdate') return false;
          const change = parseDepth(fields);
          const restarted = watch.next(change.lastId, change.eventTime) === 'restarted';
          if (restarted && book.ready) book = new OrderBook();
          const outcome = book.update(change);
          if (outcome === 'applied') tell();
          else if (outcome === 'old') counts.duplicates++;
          else void ask();
          return true;
        },
      };
    },
  });
}
