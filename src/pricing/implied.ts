import { quickExp } from '../math/quick-exp.js';
import { lognormalDeviation } from './lognormal-volatility.js';
import { logMoneyness } from './moneyness.js';
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
const ABOVE_BOUND = -2;
const INVALID = -3;

/** Two units in the last place of 1: what a difference of rounded values may be off by. */
const ROUNDING = 2 ** -51;

/** The reason that a solver returned instead of a volatility. */
export function reasonOf(volatility: number): NoVolatility | null {
  return volatility > 0 ? null : NO_VOLATILITY[-volatility]!;
}

/** The lognormal volatility at which an option has a price, or minus the number of the reason why there is none. */
export function impliedLognormal(
  sign: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  price: number,
): number {
  const strikeFactor = quickExp(-rate * years);
  const spotFactor = dividendYield === rate ? strikeFactor : quickExp(-dividendYield * years);
  const spotValue = spot * spotFactor;
  const strikeValue = strike * strikeFactor;
  const fits = spot >= 0 && strike >= 0 && years >= 0 && spotValue + strikeValue < Infinity;
  if (!(fits && Math.abs(price) < Infinity && sign * sign === 1)) return INVALID;
  const bound = sign > 0 ? spotValue : strikeValue;
  const root = Math.sqrt(spotValue) * Math.sqrt(strikeValue);
  // s is at least √(2π) times the price in these units: below that, rounding of the logarithm may matter.
  const x =
    root > 0 ? logMoneyness(spot, strike, years, rate, dividendYield, (2.5 * price) / root) : Infinity;
  const gap =
    rate === dividendYield || years === 0
      ? (spot - strike) * strikeFactor
      : Math.abs(x) < 0.1
        ? strikeValue * Math.expm1(x)
        : spotValue - strikeValue;
  const inside = sign * gap > 0;
  const time = inside ? price - Math.abs(gap) : price;
  if (!(time > 0)) {
    const noise = inside ? ROUNDING * Math.max(spotValue, strikeValue) : 0;
    return time < -noise ? BELOW_INTRINSIC : NO_TIME_VALUE;
  }
  if (price >= bound) return ABOVE_BOUND;
  if (years === 0) return NO_TIME_VALUE;
  const size = Math.abs(x);
  const distance = size < 0.5 ? size * (1 + (size * size) / 24) : Math.abs(gap) / root;
  return lognormalDeviation(size, distance, time / root, (bound - price) / root) / Math.sqrt(years);
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
  const fits = Math.abs(gap) < Infinity && years >= 0 && Math.abs(value) < Infinity;
  if (!(fits && sign * sign === 1)) return INVALID;
  const distance = Math.abs(gap);
  const inside = sign * gap > 0;
  const time = inside ? value - distance : value;
  if (!(time > 0)) return time < (inside ? -ROUNDING * distance : 0) ? BELOW_INTRINSIC : NO_TIME_VALUE;
  if (years === 0) return NO_TIME_VALUE;
  return normalDeviation(distance, time) / Math.sqrt(years);
}
