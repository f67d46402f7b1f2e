import { ratioChance } from '../math/incomplete-beta.js';
import { checkCount, type ExceedanceCount } from './kupiec.js';

/** What the supervisor makes of a count of exceedances. */
export interface TrafficLight {
  readonly zone: 'green' | 'yellow' | 'red';
  /** The chance that an accurate model has so many exceedances, or fewer. */
  readonly cumulativeProbability: number;
  /** What is added to the capital multiplier of 3; the Basel table has it for 250 days at 99 %, otherwise NaN. */
  readonly multiplierIncrease: number;
}

/** Basel Committee (1996), table 2: 250 days at 99 %, by exceedances. */
const INCREASES = [0, 0, 0, 0, 0, 0.4, 0.5, 0.65, 0.75, 0.85, 1];

/** How far rounding may keep a chance from a border that it is at. */
const ROUNDING = 1e-13;

/**
 * The chance that at most so many of so many trials succeed: a regularised incomplete beta function, asked as the ratio
 * that it is. Source: Abramowitz & Stegun, 26.5.24.
 */
function binomialCdf(successes: number, trials: number, p: number): number {
  const failures = trials - successes;
  return failures === 0
    ? 1
    : ratioChance(failures, successes + 1, ((1 - p) / p) * ((successes + 1) / failures), 'lower');
}

/**
 * The traffic light of the Basel Committee: green while an accurate model would have at most so many exceedances with a chance
 * below 95 %, red from 99.99 % on, yellow between. Over 250 days at 99 %: green to 4, yellow from 5 to 9, red from 10.
 *
 * Source: Basel Committee on Banking Supervision (1996), "Supervisory framework for the use of 'backtesting' in conjunction
 * with the internal models approach to market risk capital requirements".
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @example
 * ```ts
 * trafficLight({ observations: 250, exceedances: 4, confidence: 0.99 }).zone; // → 'green'
 * trafficLight({ observations: 250, exceedances: 7, confidence: 0.99 }).multiplierIncrease; // → 0.65
 * trafficLight({ observations: 250, exceedances: 10, confidence: 0.99 }).zone; // → 'red'
 * ```
 */
export function trafficLight(count: ExceedanceCount): TrafficLight {
  const { n, x, p } = checkCount('trafficLight', count);
  const cumulativeProbability = binomialCdf(x, n, p);
  const reaches = (border: number): boolean => cumulativeProbability >= border - ROUNDING;
  const zone = reaches(0.9999) ? 'red' : reaches(0.95) ? 'yellow' : 'green';
  const isBasel = n === 250 && p === 0.01;
  return { zone, cumulativeProbability, multiplierIncrease: isBasel ? INCREASES[Math.min(x, 10)]! : NaN };
}
