import { checkBetween, checkFinite, checkOptions, checkRecord } from '../core/checks.js';
import { lognormalInto } from './lognormal-into.js';
import { checkNonNegative } from './option.js';
import { type Legs, type Slopes, type Spread, spreadGreeks } from './spread-terms.js';

/** The right to give spot2 and receive spot1. */
export interface MargrabeTerms {
  readonly spot1: number;
  readonly spot2: number;
  /** Time to expiry in years. */
  readonly years: number;
  readonly volatility1: number;
  readonly volatility2: number;
  /** Of the two returns, −1 to 1. */
  readonly correlation: number;
  /** What holding the first pays per year, continuously compounded; the interest rate when it is a future. */
  readonly dividendYield1?: number;
  readonly dividendYield2?: number;
}

/** The volatility of the ratio of the two legs. */
export function ratioVolatility(v1: number, v2: number, correlation: number): number {
  // (v1 − v2)² + 2 (1 − ρ) v1 v2 is never negative, and exact for legs that move as one
  return Math.sqrt((v1 - v2) ** 2 + 2 * (1 - correlation) * v1 * v2);
}

/** Undiscounted value and slopes of exchanging f2 for f1 (a call), or f1 for f2. */
export function exchangeSlopes({ sign, f1, f2, years, v1, v2, correlation }: Legs): Slopes {
  const row = new Float64Array(17);
  lognormalInto(row, sign, f1, f2, years, 0, 0, ratioVolatility(v1, v2, correlation), true);
  return {
    price: row[0]!,
    delta1: row[1]!,
    delta2: row[14]!,
    gamma1: row[2]!,
    gamma2: row[15]!,
    crossGamma: f2 > 0 ? (-row[2]! * f1) / f2 : 0,
  };
}

/**
 * The exact value of the right to exchange one thing for another, with its Greeks to both. It needs no interest rate.
 * Derivatives are by the two spots.
 *
 * Source: Margrabe (1978), "The value of an option to exchange one asset for another", J. Finance 33.
 *
 * @throws OptionError for an unknown name, a negative or non-finite spot, years or volatility, a yield that is not finite, or
 * a correlation outside −1 to 1
 * @example
 * ```ts
 * const exchange = margrabe({ spot1: 101, spot2: 104, years: 0.5, volatility1: 0.18, volatility2: 0.12, correlation: 0.8, dividendYield1: 0.04, dividendYield2: 0.06 });
 * exchange.price; // → 2.24996360403866
 * ```
 */
export function margrabe(terms: MargrabeTerms): Spread {
  const who = 'margrabe';
  checkOptions(who, checkRecord(who, 'terms', terms), [
    'spot1',
    'spot2',
    'years',
    'volatility1',
    'volatility2',
    'correlation',
    'dividendYield1',
    'dividendYield2',
  ]);
  const years = checkNonNegative(who, 'years', terms.years);
  const yield1 = checkFinite(who, 'dividendYield1', terms.dividendYield1 ?? 0);
  const yield2 = checkFinite(who, 'dividendYield2', terms.dividendYield2 ?? 0);
  const factor1 = Math.exp(-yield1 * years);
  const factor2 = Math.exp(-yield2 * years);
  const legs: Legs = {
    sign: 1,
    f1: checkNonNegative(who, 'spot1', terms.spot1) * factor1,
    f2: checkNonNegative(who, 'spot2', terms.spot2) * factor2,
    k: 0,
    years,
    rate: 0,
    v1: checkNonNegative(who, 'volatility1', terms.volatility1),
    v2: checkNonNegative(who, 'volatility2', terms.volatility2),
    correlation: checkBetween(who, 'correlation', terms.correlation, -1, 1),
  };
  const held = spreadGreeks(legs, exchangeSlopes(legs));
  return {
    ...held,
    delta1: held.delta1 * factor1,
    delta2: held.delta2 * factor2,
    gamma1: held.gamma1 * factor1 * factor1,
    gamma2: held.gamma2 * factor2 * factor2,
    crossGamma: held.crossGamma * factor1 * factor2,
    theta: held.theta + yield1 * legs.f1 * held.delta1 + yield2 * legs.f2 * held.delta2 + 0,
    rho: 0,
  };
}
