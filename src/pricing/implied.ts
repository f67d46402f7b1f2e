import { quickExp } from '../math/quick-exp.js';
import { normalDeviation } from './normal-volatility.js';

/** Why no volatility gives a price. */
export type NoVolatility = 'below-intrinsic' | 'above-bound' | 'no-time-value' | 'invalid';

/** The reasons, each at minus the number that a solver returns for it. */
export const NO_VOLATILITY: readonly NoVolatility[] = [
  'no-time-value',
  'below-intrinsic',
  'above-bound',
  'invalid',
];
const NO_TIME_VALUE = -0;
const BELOW_INTRINSIC = -1;
const INVALID = -3;

/** Two units in the last place of 1: what a difference of rounded values may be off by. */
const ROUNDING = 2 ** -51;

/** The reason that a solver returned instead of a volatility. */
export function reasonOf(volatility: number): NoVolatility | null {
  return volatility > 0 ? null : (NO_VOLATILITY[-volatility] ?? 'no-time-value');
}

/** The normal volatility, in units of price, at which an option has a price, or minus the number of the reason. */
export function impliedNormal(
  sign: number,
  forward: number,
  strike: number,
  years: number,
  rate: number,
  price: number,
): number {
  const value = price * quickExp(rate * years);
  const gap = forward - strike;
  const fits =
    Math.abs(gap) < Infinity && years >= 0 && Math.abs(rate) < Infinity && Math.abs(value) < Infinity;
  if (!(fits && sign * sign === 1)) return INVALID;
  const distance = Math.abs(gap);
  const inside = sign * gap > 0;
  const time = inside ? value - distance : value;
  if (!(time > 0)) return time < (inside ? -ROUNDING * distance : 0) ? BELOW_INTRINSIC : NO_TIME_VALUE;
  if (years === 0) return NO_TIME_VALUE;
  return normalDeviation(distance, time) / Math.sqrt(years);
}
