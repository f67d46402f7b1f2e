import { checkChoice } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { OptionError } from '../../core/errors.js';
import type { Feed, GapEvent, StatusEvent } from './events.js';
import type { Market } from './market.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { parseKline } from './parse-frame.js';
import { type BinanceBar, barOf, readKlines } from './parse-rest.js';
import { PAGE, sequenceOf } from './sequence.js';
import { feedOf } from './session.js';
import { checkFrom, checkPauses } from './trades.js';

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
  const settings = settingsOf('binanceBars', options, ['every', 'from', 'whenFull'], '75s');
  const interval = checkInterval('binanceBars', options.every, settings.market);
  checkFrom(settings, options.from);
  const numberOf = ({ time }: { readonly time: number }): number => Math.floor(time / interval);
  return feedOf<BinanceBar | GapEvent>(settings, {
    ...{ route: 'market', stream: `kline_${options.every}` },
    pauses: checkPauses(settings, options.whenFull),
    follow: (session, symbol) => {
      const time = options.from?.[symbol];
      return sequenceOf<BinanceBar>(session, symbol, {
        ...{ numberOf, what: 'klines', idle: interval + 10_000 },
        from: time === undefined ? undefined : numberOf({ time }),
        nameOf: (number) => number * interval,
        item: (event, fields) => {
          if (event !== 'kline') return undefined;
          const message = parseKline(fields);
          if (message.interval !== options.every) return undefined;
          return message.final ? barOf(message) : numberOf(message);
        },
        query: (number) => {
          const which = Number.isNaN(number) ? 'limit=2' : `limit=${PAGE}&startTime=${number * interval}`;
          return `interval=${options.every}&${which}`;
        },
        page: (text) => {
          const page = readKlines(symbol, text);
          // The last one may still be open, and only a later one proves that it is not.
          return { ...page, items: page.items.slice(0, -1) };
        },
      });
    },
  });
}
