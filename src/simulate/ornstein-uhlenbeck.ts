import { checkFinite, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { Random } from '../math/random.js';

/** A level that is always pulled back to its mean. */
export interface OrnsteinUhlenbeckOptions {
  readonly observations: number;
  readonly mean: number;
  /** Observations until half of a distance to the mean is expected to be gone. */
  readonly halfLife: number;
  /** Standard deviation of the level in the long run. */
  readonly deviation: number;
  /** The first level. Without it the first level is a draw from the long run. */
  readonly start?: number;
  readonly seed: number;
}

/**
 * A mean-reverting path, such as the spread of a good pair, by its exact transition rather than small steps.
 *
 * In the terms of dS = θ(μ − S)dt + σ dW with one observation as the unit of time, θ = ln 2 / halfLife and
 * σ = deviation · √(2θ). Seen once an observation it is an autoregression with coefficient 2^(−1/halfLife).
 *
 * @returns `observations` levels
 * @throws OptionError when an option is missing, misspelt or out of range
 * @see Glasserman (2003), Monte Carlo Methods in Financial Engineering, eq. 3.46
 * @example
 * ```ts
 * const spread = ornsteinUhlenbeck({ observations: 5000, mean: 3, halfLife: 10, deviation: 0.5, seed: 1 });
 * spread.length; // → 5000
 * Math.round(mean(spread)); // → 3
 * ```
 */
export function ornsteinUhlenbeck(options: OrnsteinUhlenbeckOptions): Float64Array {
  const who = 'ornsteinUhlenbeck';
  checkOptions(who, options, ['observations', 'mean', 'halfLife', 'deviation', 'start', 'seed']);
  const path = new Float64Array(checkInteger(who, 'observations', options.observations));
  const mean = checkFinite(who, 'mean', options.mean);
  const halfLife = checkPositive(who, 'halfLife', options.halfLife);
  const deviation = checkPositive(who, 'deviation', options.deviation);
  const random = new Random(options.seed);

  const kept = 2 ** (-1 / halfLife);
  // √(1 − kept²), which subtraction would round away for a long half-life.
  const noise = deviation * Math.sqrt(-Math.expm1((-2 * Math.LN2) / halfLife));
  let distance =
    options.start === undefined
      ? deviation * random.normal()
      : checkFinite(who, 'start', options.start) - mean;
  for (let i = 0; i < path.length; i++) {
    path[i] = mean + distance;
    distance = kept * distance + noise * random.normal();
  }
  return path;
}
