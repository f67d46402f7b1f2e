import { checkFinite, checkOptions } from '../core/checks.js';
import { Random } from '../math/random.js';
import {
  type CointegratedPairOptions,
  cointegratedPair,
  cointegratedPairOptions,
} from './cointegrated-pair.js';
import {
  type SimulatedTradesOptions,
  simulatedTrades,
  simulatedTradesOptions,
  type TradeTape,
} from './simulated-trades.js';

/** A cointegrated pair, and how its closes are turned into two tapes; `start` is the first price of x. */
export interface CointegratedTradesOptions
  extends CointegratedPairOptions,
    Omit<SimulatedTradesOptions, 'start' | 'seed'> {
  /** When the first bar opens, in milliseconds since 1970 UTC. */
  readonly startTime: number;
}

/**
 * Two tapes whose bars are a cointegrated pair: what a live feed of a good pair looks like, with the truth known.
 *
 * @returns a tape for each leg; their trades arrive at different moments
 * @throws OptionError when an option is missing, misspelt or out of range
 * @example
 * ```ts
 * const tapes = cointegratedTrades({
 *   observations: 600, ratio: 1.5, halfLife: 10, spreadDeviation: 0.5, volatilityPerObservation: 0.001,
 *   startTime: 0, every: '1s', interval: '200ms', tickSize: 0.01, seed: 1,
 * });
 * tapes.y.time.length > 2000; // → true
 * tapes.y.time.length === tapes.x.time.length; // → false
 * ```
 */
export function cointegratedTrades(options: CointegratedTradesOptions): {
  readonly y: TradeTape;
  readonly x: TradeTape;
} {
  const who = 'cointegratedTrades';
  checkOptions(who, options, [...cointegratedPairOptions, ...simulatedTradesOptions, 'startTime']);
  const { every, interval, tickSize, meanQuantity, startTime, ...pairOptions } = options;
  const seeds = new Random(options.seed);
  const pair = cointegratedPair({ ...pairOptions, seed: seeds.integer(2 ** 32) });
  const tapeOptions = {
    start: checkFinite(who, 'startTime', startTime),
    every,
    interval,
    tickSize,
    ...(meanQuantity !== undefined && { meanQuantity }),
  };
  return {
    y: simulatedTrades(pair.y, { ...tapeOptions, seed: seeds.integer(2 ** 32) }),
    x: simulatedTrades(pair.x, { ...tapeOptions, seed: seeds.integer(2 ** 32) }),
  };
}
