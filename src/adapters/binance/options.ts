import { checkChoice, checkInteger, checkOptions } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { OptionError } from '../../core/errors.js';
import { type Clock, type StopSignal, systemClock } from '../queue/clock.js';
import type { StatusEvent } from './events.js';
import { type Endpoints, type Market, type MarketRules, rulesOf } from './market.js';
import { type Fetch, type SocketClass, toolOf } from './transport.js';

/** What is needed to ask Binance for anything. */
export interface RequestOptions {
  readonly market: Market;
  /** Ends the feed: the reader gets the end, not an error. */
  readonly signal?: StopSignal;
  readonly fetch?: Fetch;
  readonly endpoints?: Endpoints;
  /** How long a request is tried again; a feed then names what is missing a gap, a history ends with an error. */
  readonly patience?: Duration;
  readonly clock?: Clock;
  /** From 0 up to 1; for the jitter of waits. */
  readonly random?: () => number;
}

/** What every feed of Binance takes. */
export interface BinanceOptions extends RequestOptions {
  /** As the exchange writes them, such as `BTCUSDT`; at most 1,024. */
  readonly symbols: readonly string[];
  /** A `WebSocket` as in browsers; needed where the runtime has none, as Node 20. */
  readonly WebSocket?: SocketClass;
  /**
   * Told of every change of status at once; the reader meets the same in its place among the data. What it throws ends
   * the feed, and is thrown to the reader.
   */
  readonly onStatus?: (status: StatusEvent) => void;
  /** How many items may wait for the reader. */
  readonly capacity?: number;
  /** How long a new connection may say nothing, and how long any connection may fall silent. */
  readonly firstData?: Duration;
  readonly silence?: Duration;
  /** How old a connection may grow; the exchange cuts it at 24 hours. */
  readonly lifetime?: Duration;
}

/** At most so many streams a connection. */
const MOST_STREAMS = 1024;

/** {@link RequestOptions}, checked and filled in. */
export interface RequestSettings {
  readonly who: string;
  readonly market: Market;
  readonly rules: MarketRules;
  readonly signal: StopSignal | undefined;
  readonly fetch: Fetch;
  readonly patience: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The options of a feed, checked and filled in. */
export interface Settings extends RequestSettings {
  readonly symbols: readonly string[];
  readonly Socket: SocketClass;
  readonly onStatus: ((status: StatusEvent) => void) | undefined;
  readonly capacity: number;
  readonly firstData: number;
  readonly silence: number;
  readonly lifetime: number;
}

/** One symbol as the exchange writes it. */
export function checkSymbol(who: string, symbol: unknown): string {
  if (typeof symbol === 'string' && /^[A-Z0-9_]{1,40}$/.test(symbol)) return symbol;
  throw new OptionError(`${who}: a symbol must be capitals and digits such as BTCUSDT, received ${symbol}`);
}

function checkSymbols(who: string, symbols: readonly string[]): readonly string[] {
  if (!Array.isArray(symbols) || symbols.length === 0 || symbols.length > MOST_STREAMS) {
    const received = Array.isArray(symbols) ? symbols.length : String(symbols);
    throw new OptionError(`${who}: symbols must be 1 to ${MOST_STREAMS} names, received ${received}`);
  }
  for (const symbol of symbols) checkSymbol(who, symbol);
  return [...new Set(symbols as readonly string[])];
}

/** Checks once at the door. */
export function requestSettings(
  who: string,
  options: RequestOptions,
  own: readonly string[],
): RequestSettings {
  const names = ['market', 'signal', 'fetch', 'endpoints', 'patience', 'clock', 'random'];
  checkOptions(who, options, [...own, ...names]);
  const { signal, clock = systemClock, endpoints = {}, patience = '2m', random = Math.random } = options;
  const market = checkChoice(who, 'market', options.market, ['spot', 'usdm']);
  return {
    ...{ who, market, signal, clock, random },
    rules: rulesOf(who, market, endpoints),
    fetch: toolOf(who, 'fetch', options),
    patience: duration(who, 'patience', patience),
  };
}

/** Checks once at the door, for a feed. */
export function settingsOf(
  who: string,
  options: BinanceOptions,
  own: readonly string[],
  usualSilence: Duration,
): Settings {
  const names = ['symbols', 'WebSocket', 'onStatus', 'capacity', 'firstData', 'silence', 'lifetime'];
  const request = requestSettings(who, options, [...own, ...names]);
  const time = (name: 'firstData' | 'silence' | 'lifetime', usual: Duration): number =>
    duration(who, name, options[name] ?? usual);
  return {
    ...request,
    onStatus: options.onStatus,
    symbols: checkSymbols(who, options.symbols),
    Socket: toolOf(who, 'WebSocket', options, ', such as that of the ws package'),
    capacity: checkInteger(who, 'capacity', options.capacity ?? 65_536),
    firstData: time('firstData', '10s'),
    silence: time('silence', usualSilence),
    // Ten minutes before the exchange would.
    lifetime: time('lifetime', '1430m'),
  };
}
