import { checkFinite } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { checkNonNegative, checkTerms, SPOT_NAMES, type SpotTerms, signOf } from './option.js';

/** How an American option is priced. */
export type AmericanMethod =
  | 'integral'
  | 'binomial'
  | 'leisen-reimer'
  | 'barone-adesi-whaley'
  | 'bjerksund-stensland'
  | 'bjerksund-stensland-1993';

/** A dividend known in money. */
export interface Dividend {
  /** Years from now to the day the share trades without it. */
  readonly years: number;
  /** Money per share. */
  readonly amount: number;
}

/** An option that may be exercised on any day up to expiry, and how to price it. */
export interface AmericanTerms extends SpotTerms {
  /** `'integral'` unless said: the true value, to ten digits and more. */
  readonly method?: AmericanMethod;
  /**
   * Steps of a tree (500; 501 for Leisen–Reimer; at most 10 000), or points of the boundary of the integral equation (32; at
   * most 48).
   */
  readonly steps?: number;
  /** Dividends known in money, for the two trees. */
  readonly dividends?: readonly Dividend[];
}

/** The value of an American option and its derivatives, raw: per 1.00 of whatever moves. */
export interface American {
  readonly price: number;
  /** ∂V/∂S. */
  readonly delta: number;
  /** ∂²V/∂S². */
  readonly gamma: number;
  /** ∂V/∂σ, per 1.00 of volatility. */
  readonly vega: number;
  /** −∂V/∂T, per year. */
  readonly theta: number;
  /** ∂V/∂r, per 1.00 of rate. */
  readonly rho: number;
  /** ∂²V/∂S∂σ. */
  readonly vanna: number;
  /** ∂V/∂q, per 1.00 of dividend yield. */
  readonly dividendRho: number;
  /** What the right to exercise early is worth: the price less that of the European option. */
  readonly earlyExercisePremium: number;
  /**
   * The spot from which on it is best to exercise now: at or below it for a put, at or above it for a call. 0 for a put and
   * Infinity for a call that are never exercised early; NaN from a tree, which does not look for it.
   */
  readonly criticalSpot: number;
}

/** The terms as numbers, checked. */
export interface Checked {
  readonly sign: 1 | -1;
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly volatility: number;
}

/** Checks what all methods need. */
export function checkAmerican(who: string, terms: SpotTerms, names: readonly string[]): Checked {
  checkTerms(who, terms, [...SPOT_NAMES, ...names]);
  return {
    sign: signOf(terms.type),
    spot: checkNonNegative(who, 'spot', terms.spot),
    strike: checkNonNegative(who, 'strike', terms.strike),
    years: terms.years,
    rate: terms.rate,
    dividendYield: checkFinite(who, 'dividendYield', terms.dividendYield ?? 0),
    volatility: checkNonNegative(who, 'volatility', terms.volatility),
  };
}

/** The error for rate and yield that leave two boundaries, which only a tree can follow. */
export function twoBoundaries(who: string, { sign, rate, dividendYield }: Checked): OptionError {
  const [higher, lower] = sign < 0 ? ['rate', 'dividendYield'] : ['dividendYield', 'rate'];
  return new OptionError(
    `${who}: a ${sign < 0 ? 'put' : 'call'} needs a ${higher} of at least 0, or a ${lower} not below it: it is exercised ` +
      `between two boundaries; method 'leisen-reimer' prices it, received rate ${rate} and dividendYield ${dividendYield}`,
  );
}
