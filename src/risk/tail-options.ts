import { checkChoice, checkFinite, checkFiniteSeries, checkInteger, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { checkConfidence, tailProbability } from './confidence.js';
import { checkDecay, DAILY_DECAY } from './ewma-volatility.js';
import type { TailDefinition } from './tail-risk.js';

/** What the next return is taken to be drawn from. */
export type TailMethod =
  | 'historical'
  | 'weighted-historical'
  | 'normal'
  | 'student-t'
  | 'cornish-fisher'
  | 'ewma'
  | 'garch'
  | 'filtered';

/** How a tail is measured. An option that the method has no use for is refused. */
export interface TailOptions {
  /** 0.99, not 0.01 and not 99. */
  readonly confidence: number;
  /**
   * `'historical'` (unless said): the returns as they were. `'weighted-historical'`: the newer the weightier. `'normal'`,
   * `'student-t'`: that law at the sample mean and variance. `'cornish-fisher'`: the normal, bent by the population
   * skewness and kurtosis. `'ewma'`: the normal, mean 0, at the exponentially weighted volatility. `'garch'`: the normal at the
   * volatility that a fitted GARCH(1,1) expects next. `'filtered'`: past returns in units of their own volatility, at the next.
   */
  readonly method?: TailMethod;
  /** Of the historical methods and `'filtered'`: the mean of what is no better than the quantile, or Acerbi's mean of exactly a share p. */
  readonly definition?: TailDefinition;
  /** Of `'student-t'`: above 2; fitted unless said. */
  readonly degreesOfFreedom?: number;
  /** Of `'ewma'` and the `'ewma'` filter, 0.94 unless said; of `'weighted-historical'`, 0.99 unless said. */
  readonly decay?: number;
  /** Of `'cornish-fisher'`: where its quantile must rise, from itself to a deviation further out (unless said) or everywhere. */
  readonly domain?: 'tail' | 'everywhere';
  /** Of `'filtered'`: what gives the volatility, a fitted `'garch'` unless said. */
  readonly filter?: 'garch' | 'ewma';
  /** Periods ahead, 1 unless said. */
  readonly horizon?: number;
  /**
   * From one period to several. `'square-root'` (unless said): all of it times √horizon. `'independent'`: deviations from the
   * mean times √horizon, the mean times horizon.
   */
  readonly scaling?: 'square-root' | 'independent';
}

const METHODS: Readonly<Record<TailMethod, readonly string[]>> = {
  historical: ['definition'],
  'weighted-historical': ['definition', 'decay'],
  normal: [],
  'student-t': ['degreesOfFreedom'],
  'cornish-fisher': ['domain'],
  ewma: ['decay'],
  garch: [],
  filtered: ['definition', 'filter', 'decay'],
};

/** Observations below which a method has nothing to go by. */
const LEAST: Readonly<Record<TailMethod, number>> = {
  historical: 1,
  'weighted-historical': 1,
  normal: 2,
  'student-t': 4,
  'cornish-fisher': 4,
  ewma: 1,
  garch: 10,
  filtered: 10,
};

export interface CheckedTailOptions {
  readonly p: number;
  readonly method: TailMethod;
  readonly definition: TailDefinition;
  readonly degreesOfFreedom: number | undefined;
  readonly decay: number;
  readonly everywhere: boolean;
  readonly filter: 'garch' | 'ewma';
  readonly horizon: number;
  readonly scaling: 'square-root' | 'independent';
}

/** The options that every method knows. */
const COMMON = ['confidence', 'method', 'horizon', 'scaling'];

/** The checked options, every one filled in; `more` names options of the caller's own, `common` those of every method. */
export function checkTail(
  who: string,
  options: TailOptions,
  more: readonly string[] = [],
  common: readonly string[] = COMMON,
): CheckedTailOptions {
  const names = Object.keys(METHODS) as TailMethod[];
  const method = checkChoice(who, 'method', options?.method ?? 'historical', names);
  checkOptions(who, options, [...common, ...METHODS[method], ...more]);
  const confidence = checkConfidence(who, options.confidence);
  const { degreesOfFreedom } = options;
  if (degreesOfFreedom !== undefined && !(degreesOfFreedom > 2)) {
    throw new OptionError(`${who}: degreesOfFreedom must be above 2, received ${degreesOfFreedom}`);
  }
  if (degreesOfFreedom !== undefined && degreesOfFreedom !== Infinity) {
    checkFinite(who, 'degreesOfFreedom', degreesOfFreedom);
  }
  const filter = checkChoice(who, 'filter', options.filter ?? 'garch', ['garch', 'ewma']);
  if (method === 'filtered' && filter === 'garch' && options.decay !== undefined) {
    throw new OptionError(`${who}: decay belongs to the 'ewma' filter, received it with 'garch'`);
  }
  return {
    p: tailProbability(confidence),
    method,
    definition: checkChoice(who, 'definition', options.definition ?? 'tail-mean', ['tail-mean', 'acerbi']),
    degreesOfFreedom,
    decay: checkDecay(who, options.decay, method === 'weighted-historical' ? 0.99 : DAILY_DECAY),
    everywhere: checkChoice(who, 'domain', options.domain ?? 'tail', ['tail', 'everywhere']) === 'everywhere',
    filter,
    horizon: checkInteger(who, 'horizon', options.horizon ?? 1),
    scaling: checkChoice(who, 'scaling', options.scaling ?? 'square-root', ['square-root', 'independent']),
  };
}

/** The returns that a method needs, finite and enough of them. A long historical sample is checked while it is scanned. */
export function checkReturns(who: string, returns: Series, method: TailMethod): Float64Array {
  const isScanned = method === 'historical' && returns instanceof Float64Array && returns.length > 0;
  return isScanned ? returns : toFloat64(checkFiniteSeries(who, 'returns', returns, LEAST[method]));
}
