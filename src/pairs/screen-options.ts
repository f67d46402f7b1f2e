import { checkBetween, checkChoice, checkInteger, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { checkLags, type LagOptions } from '../stationarity/lag-order.js';
import type { LagRule } from '../stationarity/lag-selection.js';
import type { Prices } from './prices.js';

/** How every pair of a panel is tested. `maxLags` bounds a rule, as in `engleGranger`. */
export interface ScreenPairsOptions extends LagOptions {
  /** Prices as they are, unless said, or their natural logarithms. */
  readonly prices?: Prices;
  /** Lagged differences in the test of each spread: 1 unless said. A rule such as `'aic'` chooses them for each pair. */
  readonly lags?: LagRule | number;
  /**
   * Which leg is explained, for the answer depends on it. `'given'` (default): the series that stands first in the panel
   * is y. `'both'`: two rows a pair, one each way, and both count as tests.
   */
  readonly order?: 'given' | 'both';
  /** The fewest observations two series must have in common; 30 unless said. */
  readonly minimum?: number;
  /** A NaN between two prices of a pair: `'refuse'` the pair (default), or `'drop'` the rows in which a leg is missing. */
  readonly missing?: 'refuse' | 'drop';
  /** The share of chance among the pairs selected; 0.05 unless said. */
  readonly falseDiscoveryRate?: number;
  /** Only this many rows are returned, the best ones; all unless said. */
  readonly top?: number;
  /** Told how many of all rows are done, several times a screen. */
  readonly onProgress?: (progress: ScreenProgress) => void;
  /** An `AbortSignal`: once it is aborted the screen ends with its reason. */
  readonly signal?: ScreenSignal;
}

/** How far a screen has come, in rows of its result. */
export interface ScreenProgress {
  readonly done: number;
  readonly total: number;
}

/** What a screen reads of an `AbortSignal`. */
export interface ScreenSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The options as they are used; plain, so that a worker can be told. */
export interface ScreenRule {
  readonly prices: Prices;
  readonly lags: LagRule | number;
  readonly maxLags: number | undefined;
  readonly both: boolean;
  readonly minimum: number;
  readonly drop: boolean;
  readonly falseDiscoveryRate: number;
  readonly top: number;
}

export const SCREEN_OPTIONS: readonly string[] = [
  'prices',
  'lags',
  'maxLags',
  'order',
  'minimum',
  'missing',
  'falseDiscoveryRate',
  'top',
  'onProgress',
  'signal',
];

/** The options of a screen, checked; `names` are those that the caller knows. */
export function checkScreen(
  who: string,
  options: ScreenPairsOptions,
  names: readonly string[] = SCREEN_OPTIONS,
): ScreenRule {
  checkOptions(who, options, names);
  const { prices = 'raw', lags = 1, maxLags, order = 'given', minimum = 30, missing = 'refuse' } = options;
  const { falseDiscoveryRate = 0.05, top, onProgress, signal } = options;
  checkLags(who, maxLags === undefined ? { lags } : { lags, maxLags });
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new OptionError(`${who}: onProgress must be a function, received ${typeof onProgress}`);
  if (signal !== undefined && typeof signal?.addEventListener !== 'function')
    throw new OptionError(`${who}: signal must be an AbortSignal, received ${typeof signal}`);
  return {
    prices: checkChoice(who, 'prices', prices, ['raw', 'log']),
    lags,
    maxLags,
    both: checkChoice(who, 'order', order, ['given', 'both']) === 'both',
    minimum: checkInteger(who, 'minimum', minimum, 3),
    drop: checkChoice(who, 'missing', missing, ['refuse', 'drop']) === 'drop',
    falseDiscoveryRate: checkBetween(who, 'falseDiscoveryRate', falseDiscoveryRate, 0, 1),
    top: top === undefined ? Infinity : checkInteger(who, 'top', top),
  };
}

/** Ends a screen that is no longer wanted. */
export function throwIfAborted(signal: ScreenSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}
