import { checkChoice } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { OptionError } from '../../core/errors.js';
import type { Feed, GapEvent, StatusEvent } from './events.js';
import type { Market } from './market.js';
import type { KlineMessage } from './message.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { KLINES } from './parse-frame.js';
import { type BinanceBar, type Readable, readableKlines, weightedPrice } from './parse-rest.js';
import { Sequences } from './sequences.js';
import { feedOf } from './session.js';
import { checkFrom, checkPauses } from './trades.js';

const PAGE = 1000;
/** The lengths of candle that are equally long all year; `1s` on spot alone. */
export type BinanceInterval =
  | '1s'
  | '1m'
  | '3m'
  | '5m'
  | '15m'
  | '30m'
  | '1h'
  | '2h'
  | '4h'
  | '6h'
  | '8h'
  | '12h'
  | '1d';

const INTERVALS: readonly BinanceInterval[] = [
  ...(['1s', '1m', '3m', '5m', '15m', '30m'] as const),
  ...(['1h', '2h', '4h', '6h', '8h', '12h', '1d'] as const),
];

/** What comes out of {@link binanceBars}, in order. */
export type BinanceBarEvent = BinanceBar | GapEvent | StatusEvent;

export interface BinanceBarsOptions extends BinanceOptions {
  readonly every: BinanceInterval;
  /** The opening time of the last bar the caller has, by symbol: the feed begins after it. Without, with the bar now open. */
  readonly from?: Readonly<Record<string, number>>;
  /** As of {@link binanceTrades}. */
  readonly whenFull?: 'refill' | 'pause';
}

/** The length of a candle in milliseconds, checked. */
export function checkInterval(who: string, every: BinanceInterval, market: Market): number {
  checkChoice(who, 'every', every, INTERVALS);
  if (every === '1s' && market === 'usdm') {
    throw new OptionError(`${who}: USD-M futures have no candles of '1s'`);
  }
  return duration(who, 'every', every as Duration);
}

/** The bar a candle has become. */
function barOf(message: KlineMessage): BinanceBar {
  const { symbol, time, open, high, low, close, volume, count, quoteVolume } = message;
  const vwap = weightedPrice(quoteVolume, volume, low, high, close);
  return { type: 'bar', symbol, time, open, high, low, close, volume, count, vwap };
}

/**
 * Bars of Binance, live, as the exchange makes them: for each symbol every bar once, when its time is over, without a
 * hole; what a reconnect lost is fetched again. A bar the exchange itself does not have is a `gap`, by opening times.
 *
 * @throws OptionError; when read, as {@link binanceTrades}
 * @example
 * ```ts
 * const options = { symbols: ['BTCUSDT'], market: 'spot', every: '1m', WebSocket: class {} as never } as const;
 * typeof binanceBars(options)[Symbol.asyncIterator]; // → 'function'
 * binanceBars({ ...options, every: '7m' }); // throws OptionError: binanceBars: every must be one of '1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', received '7m'; did you mean 1m?
 * ```
 */
export function binanceBars(options: BinanceBarsOptions): Feed<BinanceBarEvent> {
  const own = ['every', 'from', 'whenFull'];
  const settings = settingsOf('binanceBars', options, own, { silence: '75s' });
  const { rules, symbols, patience } = settings;
  const interval = checkInterval('binanceBars', options.every, settings.market);
  const last = checkFrom(settings, options.from);
  const weight = rules.weights.klines;
  const numberOf = ({ time }: BinanceBar): number => Math.floor(time / interval);
  return feedOf<BinanceBar | GapEvent>({
    ...{ settings, route: 'market', whenFull: 'refuse', pauses: checkPauses(settings, options.whenFull) },
    readers: KLINES,
    names: symbols.map((symbol) => `${symbol.toLowerCase()}@kline_${options.every}`),
    handler: (session) => {
      const sequences = new Sequences<BinanceBar>({
        ...{ settings, session, numberOf, weight, idle: interval + 10_000 },
        nameOf: (number) => number * interval,
        from: (symbol) => {
          const time = last(symbol);
          return time === undefined ? undefined : Math.floor(time / interval);
        },
        page: async (symbol, from) => {
          const startTime = from === undefined ? undefined : from * interval;
          const query = {
            ...{ symbol, interval: options.every, startTime },
            limit: from === undefined ? 2 : PAGE,
          };
          const parse = (text: string): Readable<BinanceBar> => readableKlines(symbol, text);
          const page = await session.rest.get(`${rules.path}/klines`, query, weight, patience, parse);
          const { items, rows } = page;
          // The last one may still be open, and only a later one proves that it is not.
          return { items: items.slice(0, -1), more: rows >= PAGE, unreadable: items.length < rows };
        },
      });
      return {
        data: (message) => {
          if (message.type !== 'kline' || message.interval !== options.every) return false;
          if (!sequences.has(message.symbol)) return false;
          if (message.final) sequences.live(message.symbol, barOf(message));
          else sequences.heard(message.symbol, Math.floor(message.time / interval));
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
