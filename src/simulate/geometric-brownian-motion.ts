import { checkFinite, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { Random } from '../math/random.js';

/** Where a price starts, how it grows and shakes, and for how long. */
export interface GeometricBrownianMotionOptions {
  /** The first price. */
  readonly start: number;
  /** Expected growth per year, decimal and continuous: after t years the mean price is start · e^(drift · t). */
  readonly drift: number;
  /** Per year, decimal; 0 is a straight compounding. */
  readonly volatility: number;
  /** Length of the path in years. */
  readonly years: number;
  /** How many equal steps the years are cut into. */
  readonly steps: number;
  readonly seed: number;
}

/**
 * A price path whose log returns are independent and normal, exact at every step whatever its length.
 *
 * @returns steps + 1 prices, the first of them `start`; all positive
 * @throws OptionError when an option is missing, misspelt or out of range
 * @see Glasserman (2003), Monte Carlo Methods in Financial Engineering, eq. 3.22
 * @example
 * ```ts
 * const year = { start: 100, drift: 0.05, volatility: 0.2, years: 1, steps: 252 };
 * const path = geometricBrownianMotion({ ...year, seed: 1 });
 * path.length; // → 253
 * path[0]; // → 100
 * geometricBrownianMotion({ ...year, volatility: 0, seed: 1 })[252]; // → 105.1271096376
 * ```
 */
export function geometricBrownianMotion(options: GeometricBrownianMotionOptions): Float64Array {
  const who = 'geometricBrownianMotion';
  checkOptions(who, options, ['start', 'drift', 'volatility', 'years', 'steps', 'seed']);
  const start = checkPositive(who, 'start', options.start);
  const drift = checkFinite(who, 'drift', options.drift);
  const volatility = checkFinite(who, 'volatility', options.volatility);
  if (volatility < 0) {
    throw new OptionError(`${who}: volatility must not be negative, received ${volatility}`);
  }
  const steps = checkInteger(who, 'steps', options.steps);
  const step = checkPositive(who, 'years', options.years) / steps;
  const random = new Random(options.seed);

  const growth = (drift - volatility ** 2 / 2) * step;
  const shake = volatility * Math.sqrt(step);
  const path = new Float64Array(steps + 1);
  let logReturn = 0;
  path[0] = start;
  for (let i = 1; i <= steps; i++) {
    logReturn += growth + shake * random.normal();
    path[i] = start * Math.exp(logReturn);
  }
  return path;
}
