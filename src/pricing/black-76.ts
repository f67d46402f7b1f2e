import { OptionError } from '../core/errors.js';
import { type Greeks, greeksAt } from './greeks.js';
import { lognormalRow, lognormalRows } from './lognormal.js';
import type { LognormalTerms } from './lognormal-terms.js';
import { checkNonNegative, checkTerms, FORWARD_NAMES, type ForwardTerms, signOf } from './option.js';

/** A price that can have a logarithm; complains with the model that needs none. */
export function checkLogarithmic(who: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new OptionError(
    `${who}: ${name} must be a positive number, received ${String(value)}; bachelier prices any sign`,
  );
}

/** Black-76 rows: Black–Scholes with the forward for a spot that yields the rate; a rate then only discounts. */
export function black76Rows(
  terms: LognormalTerms,
  greeks: readonly Float64Array[],
  count: number,
  all: boolean,
): void {
  lognormalRows(terms, greeks, count, all);
  onlyDiscounts(greeks, terms.years, count);
}

function onlyDiscounts(greeks: readonly Float64Array[], years: Float64Array, count: number): void {
  const [price, , , , , rho] = greeks;
  for (let i = 0; i < count; i++) rho![i] = -years[i]! * price![i]! + 0;
  greeks[16]!.fill(0, 0, count);
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
  const columns = lognormalRow(
    signOf(terms.type),
    checkLogarithmic(who, 'forward', terms.forward),
    checkLogarithmic(who, 'strike', terms.strike),
    terms.years,
    terms.rate,
    terms.rate,
    checkNonNegative(who, 'volatility', terms.volatility),
  );
  onlyDiscounts(columns, Float64Array.of(terms.years), 1);
  return greeksAt(columns, 0);
}
