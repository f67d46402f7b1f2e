import { OptionError } from '../core/errors.js';
import { type Greeks, greeksOf } from './greeks.js';
import { lognormalRow } from './lognormal.js';
import { checkNonNegative, checkTerms, FORWARD_NAMES, type ForwardTerms, signOf } from './option.js';

/** A price that can have a logarithm; complains with the model that needs none. */
export function checkLogarithmic(who: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new OptionError(
    `${who}: ${name} must be a positive number, received ${String(value)}; bachelier prices any sign`,
  );
}

/** The Black-76 row: Black–Scholes with the forward for a spot that yields the rate; a rate then only discounts. */
export function black76Row(
  row: Float64Array,
  sign: number,
  forward: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number,
  all: boolean,
): void {
  lognormalRow(row, sign, forward, strike, years, rate, rate, volatility, all);
  row[5] = -years * row[0]!;
  if (all) row[16] = 0;
}

/**
 * The value of a European option on a future that cannot fall below zero, with all its Greeks in one pass.
 *
 * Derivatives are with respect to the future. A change of the rate only discounts: rho is −years · price, and dividendRho
 * is 0. A future that may go below zero, as crude oil did on 2020-04-20, is for {@link bachelier}.
 *
 * Source: Black (1976), "The pricing of commodity contracts"; Haug (2007), chapter 1.1.
 *
 * @throws OptionError for an unknown name, a type other than 'call' or 'put', a forward or strike that is not positive,
 * negative or non-finite years or volatility, or a rate that is not finite
 * @example
 * ```ts
 * black76({ type: 'put', forward: 19, strike: 19, years: 0.75, rate: 0.1, volatility: 0.28 }).price; // → 1.70105072523627
 * black76({ type: 'put', forward: -37.63, strike: 10, years: 0.1, rate: 0, volatility: 0.5 }); // throws OptionError: black76: forward must be a positive number, received -37.63; bachelier prices any sign
 * ```
 */
export function black76(terms: ForwardTerms): Greeks {
  const who = 'black76';
  checkTerms(who, terms, FORWARD_NAMES);
  const row = new Float64Array(17);
  black76Row(
    row,
    signOf(terms.type),
    checkLogarithmic(who, 'forward', terms.forward),
    checkLogarithmic(who, 'strike', terms.strike),
    terms.years,
    terms.rate,
    checkNonNegative(who, 'volatility', terms.volatility),
    true,
  );
  return greeksOf(row);
}
