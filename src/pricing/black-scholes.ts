import { checkFinite } from '../core/checks.js';
import { type Greeks, greeksAt } from './greeks.js';
import { lognormalRow } from './lognormal.js';
import { checkNonNegative, checkTerms, SPOT_NAMES, type SpotTerms, signOf } from './option.js';

/**
 * The value of a European option on a share, an index or a coin, with all its Greeks in one pass.
 *
 * Prices keep 13 digits, 12 in tails of 1e-200, also a moment before expiry; put and call differ by the discounted
 * forward's distance from the strike. At expiry and without volatility they are the limits: intrinsic value, never NaN.
 * Derivatives are raw (vega per 1.00, theta per year); {@link inMarketUnits} turns them into a desk's.
 *
 * Source: Black & Scholes (1973), Merton (1973); Haug (2007), "The Complete Guide to Option Pricing Formulas", chapter 2.
 *
 * @throws OptionError for an unknown name, a type other than 'call' or 'put', a negative or non-finite spot, strike, years
 * or volatility, or a rate or dividend yield that is not finite
 * @example
 * ```ts
 * const call = blackScholes({ type: 'call', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 });
 * call.price; // → 4.75942239287153
 * call.delta; // → 0.779131290942669
 * blackScholes({ type: 'put', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 }).price; // → 0.808599372900092
 * blackScholes({ type: 'put', spot: 42, strike: 40, years: 0, rate: 0.1, volatility: 0.2 }).price; // → 0
 * ```
 */
export function blackScholes(terms: SpotTerms): Greeks {
  const who = 'blackScholes';
  checkTerms(who, terms, SPOT_NAMES);
  const columns = lognormalRow(
    signOf(terms.type),
    checkNonNegative(who, 'spot', terms.spot),
    checkNonNegative(who, 'strike', terms.strike),
    terms.years,
    terms.rate,
    checkFinite(who, 'dividendYield', terms.dividendYield ?? 0),
    checkNonNegative(who, 'volatility', terms.volatility),
  );
  return greeksAt(columns, 0);
}
