import { checkChoice, checkInteger, checkOptions } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { OptionError } from '../../core/errors.js';
import { type Clock, type StopSignal, systemClock } from '../queue/clock.js';
import type { StatusEvent } from './events.js';
import { type Endpoints, type Market, type MarketRules, rulesOf } from './market.js';
import { type Fetch, fetchFunction, type SocketClass, socketClass } from './transport.js';

/** What every feed of Binance takes. */
export interface BinanceOptions {
  /** As the exchange writes them, such as `BTCUSDT`; at most 1,024. */
  readonly symbols: readonly string[];
  readonly market: Market;
  /** Ends the feed: the reader gets the end, not an error. */
  readonly signal?: StopSignal;
  /** A `WebSocket` as in browsers; needed where the runtime has none, as Node 20. */
  readonly WebSocket?: SocketClass;
  readonly fetch?: Fetch;
  readonly endpoints?: Endpoints;
  /**
   * Told of every change of status at once; the reader meets the same in its place among the data. What it throws ends
   * the feed, and is thrown to the reader.
   */
  readonly onStatus?: (status: StatusEvent) => void;
  /** How many items may wait for the reader. */
  readonly capacity?: number;
  /** How long what is missing is asked for while REST does not answer, before it is named a gap. */
  readonly patience?: Duration;
  /** How long a new connection may say nothing, and how long any connection may fall silent. */
  readonly firstData?: Duration;
  readonly silence?: Duration;
  /** How old a connection may grow; the exchange cuts it at 24 hours. */
  readonly lifetime?: Duration;
  readonly clock?: Clock;
  /** From 0 up to 1; for the jitter of waits. */
  readonly random?: () => number;
}

const NAMES = [
  ...['symbols', 'market', 'signal', 'WebSocket', 'fetch', 'endpoints', 'onStatus', 'capacity', 'patience'],
  ...['firstData', 'silence', 'lifetime', 'clock', 'random'],
];

/** At most so many streams a connection. */
const MOST_STREAMS = 1024;

/** The options of a feed, checked and filled in. */
export interface Settings {
  readonly who: string;
  readonly symbols: readonly string[];
  readonly market: Market;
  readonly rules: MarketRules;
  readonly signal: StopSignal | undefined;
  readonly Socket: SocketClass;
  readonly fetch: Fetch;
  readonly onStatus: ((status: StatusEvent) => void) | undefined;
  readonly capacity: number;
  readonly patience: number;
  readonly firstData: number;
  readonly silence: number;
  readonly lifetime: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** One symbol as the exchange writes it. */
export function checkSymbol(who: string, symbol: unknown): string {
  if (typeof symbol === 'string' && /^[A-Z0-9_]{1,40}$/.test(symbol)) return symbol;
  throw new OptionError(
    `${who}: a symbol must be capital letters and digits such as BTCUSDT, received ${symbol}`,
  );
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
export function settingsOf(
  who: string,
  options: BinanceOptions,
  own: readonly string[],
  silence: Duration,
): Settings {
  checkOptions(who, options, [...NAMES, ...own]);
  const { signal, endpoints = {}, onStatus, capacity = 65_536, clock = systemClock } = options;
  const market = checkChoice(who, 'market', options.market, ['spot', 'usdm']);
  const milliseconds = (name: 'patience' | 'firstData' | 'silence' | 'lifetime', usual: Duration): number =>
    duration(who, name, options[name] ?? usual);
  return {
    ...{ who, market, signal, onStatus, clock },
    symbols: checkSymbols(who, options.symbols),
    rules: rulesOf(who, market, endpoints),
    Socket: socketClass(who, options.WebSocket),
    fetch: fetchFunction(who, options.fetch),
    capacity: checkInteger(who, 'capacity', capacity),
    patience: milliseconds('patience', '2m'),
    firstData: milliseconds('firstData', '10s'),
    silence: milliseconds('silence', silence),
    // Ten minutes before the exchange would.
    lifetime: milliseconds('lifetime', 23 * 3_600_000 + 50 * 60_000),
    random: options.random ?? Math.random,
  };
}
