import { checkFinite, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { ColumnsOf, Pair } from '../core/series.js';
import { Random } from '../math/random.js';
import { geometricBrownianMotion } from './geometric-brownian-motion.js';
import { ornsteinUhlenbeck } from './ornstein-uhlenbeck.js';

/** A wandering x, and a y that never strays far from a line over it. */
export interface CointegratedPairOptions {
  readonly observations: number;
  /** Units of x that hedge one unit of y. */
  readonly ratio: number;
  /** Default 0. */
  readonly intercept?: number;
  /** Half-life of the spread, in observations. */
  readonly halfLife: number;
  /** Long-run standard deviation of the spread, in the units of y. Default 1. */
  readonly spreadDeviation?: number;
  /** The first price of x. Default 100. */
  readonly start?: number;
  /** Volatility of x from one observation to the next, decimal. Default 0.01. */
  readonly volatilityPerObservation?: number;
  readonly seed: number;
}

/** The names of the options, for whoever adds to them. */
export const cointegratedPairOptions: readonly (keyof CointegratedPairOptions)[] = [
  'observations',
  'ratio',
  'intercept',
  'halfLife',
  'spreadDeviation',
  'start',
  'volatilityPerObservation',
  'seed',
];

/**
 * Two prices that belong together: x wanders without drift, and y = intercept + ratio · x + spread,
 * where the spread always comes home. What a pairs trader hopes to find, with the truth known.
 *
 * @returns columns of `observations` prices; x is positive, y is whatever the line makes of it
 * @throws OptionError when an option is missing, misspelt or out of range
 * @see Engle & Granger (1987), Econometrica 55(2)
 * @example
 * ```ts
 * const pair = cointegratedPair({ observations: 5000, ratio: 1.5, halfLife: 10, spreadDeviation: 0.5, seed: 1 });
 * pair.x[0]; // → 100
 * Math.round(ols(pair).ratio * 10) / 10; // → 1.5
 * ```
 */
export function cointegratedPair(options: CointegratedPairOptions): ColumnsOf<Pair> {
  const who = 'cointegratedPair';
  checkOptions(who, options, cointegratedPairOptions);
  const observations = checkInteger(who, 'observations', options.observations);
  const ratio = checkFinite(who, 'ratio', options.ratio);
  const intercept = checkFinite(who, 'intercept', options.intercept ?? 0);
  const halfLife = checkPositive(who, 'halfLife', options.halfLife);
  const deviation = checkPositive(who, 'spreadDeviation', options.spreadDeviation ?? 1);
  const start = checkPositive(who, 'start', options.start ?? 100);
  const { volatilityPerObservation: volatility = 0.01 } = options;
  checkFinite(who, 'volatilityPerObservation', volatility);
  if (volatility < 0) {
    throw new OptionError(`${who}: volatilityPerObservation must not be negative, received ${volatility}`);
  }
  const seeds = new Random(options.seed);

  const x = geometricBrownianMotion({
    start,
    drift: 0,
    volatility,
    // A unit of time per observation, so that the volatility per observation is the volatility per unit.
    years: observations,
    steps: observations,
    seed: seeds.integer(2 ** 32),
  }).slice(0, observations);
  const spread = ornsteinUhlenbeck({
    observations,
    mean: 0,
    halfLife,
    deviation,
    seed: seeds.integer(2 ** 32),
  });
  return { y: spread.map((away, i) => intercept + ratio * x[i]! + away), x };
}
