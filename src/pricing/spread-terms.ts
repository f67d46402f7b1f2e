import { checkBetween, checkFinite } from '../core/checks.js';
import { checkNonNegative, checkTerms, type OptionType, signOf } from './option.js';

/** How a spread option is priced. */
export type SpreadMethod = 'quadrature' | 'kirk' | 'bjerksund-stensland' | 'bachelier';

/** The right to exchange forward2 and the strike for forward1 (call), or the other way round (put). */
export interface SpreadTerms {
  readonly type: OptionType;
  readonly forward1: number;
  readonly forward2: number;
  /** What the difference forward1 − forward2 is compared with; of any sign. */
  readonly strike: number;
  /** Time to expiry in years. */
  readonly years: number;
  /** Interest rate per year, continuously compounded. */
  readonly rate: number;
  /** Per year: a fraction, or units of price for `'bachelier'`. */
  readonly volatility1: number;
  readonly volatility2: number;
  /** Of the two legs' returns (changes, for `'bachelier'`), −1 to 1. */
  readonly correlation: number;
  /** `'quadrature'` unless said: the true value. */
  readonly method?: SpreadMethod;
}

/** The value of an option on two things and its derivatives, raw: per 1.00 of whatever moves. */
export interface Spread {
  readonly price: number;
  /** ∂V/∂F1. */
  readonly delta1: number;
  /** ∂V/∂F2. */
  readonly delta2: number;
  /** ∂²V/∂F1². */
  readonly gamma1: number;
  /** ∂²V/∂F2². */
  readonly gamma2: number;
  /** ∂²V/∂F1∂F2. */
  readonly crossGamma: number;
  /** ∂V/∂σ1. */
  readonly vega1: number;
  /** ∂V/∂σ2. */
  readonly vega2: number;
  /** ∂V/∂ρ, per 1.00 of correlation. */
  readonly correlationVega: number;
  /** −∂V/∂T, per year. */
  readonly theta: number;
  /** ∂V/∂r with the forwards held. */
  readonly rho: number;
}

/** The terms as numbers, checked; names are short as in the formulas. */
export interface Legs {
  readonly sign: 1 | -1;
  readonly f1: number;
  readonly f2: number;
  readonly k: number;
  readonly years: number;
  readonly rate: number;
  readonly v1: number;
  readonly v2: number;
  readonly correlation: number;
}

const NAMES = [
  'type',
  'forward1',
  'forward2',
  'strike',
  'years',
  'rate',
  'volatility1',
  'volatility2',
  'correlation',
  'method',
];

export function checkLegsOf(who: string, terms: SpreadTerms, isNormal: boolean): Legs {
  checkTerms(who, terms, NAMES);
  const forward = isNormal ? checkFinite : checkNonNegative;
  return {
    sign: signOf(terms.type),
    f1: forward(who, 'forward1', terms.forward1),
    f2: forward(who, 'forward2', terms.forward2),
    k: checkFinite(who, 'strike', terms.strike),
    years: terms.years,
    rate: terms.rate,
    v1: checkNonNegative(who, 'volatility1', terms.volatility1),
    v2: checkNonNegative(who, 'volatility2', terms.volatility2),
    correlation: checkBetween(who, 'correlation', terms.correlation, -1, 1),
  };
}

/** Undiscounted value and what its first and second derivatives by the two forwards are. */
export interface Slopes {
  readonly price: number;
  readonly delta1: number;
  readonly delta2: number;
  readonly gamma1: number;
  readonly gamma2: number;
  readonly crossGamma: number;
}

/**
 * All Greeks of two lognormal legs from the derivatives by the forwards: a covariance c of the logarithms moves the value by
 * ½ F² gamma dc, the covariance between them by F1 F2 crossGamma dc (Price's theorem), and vegas, theta and the
 * correlation only move covariances.
 */
export function spreadGreeks(legs: Legs, slopes: Slopes): Spread {
  const { f1, f2, years, rate, v1, v2, correlation } = legs;
  const factor = Math.exp(-rate * years);
  // infinite at a kink, where these are no more than directions: a middle between them is 0
  const finite = (x: number): number => (Number.isFinite(x) ? x : 0);
  const own1 = finite(f1 * f1 * slopes.gamma1);
  const own2 = finite(f2 * f2 * slopes.gamma2);
  const cross = finite(f1 * f2 * slopes.crossGamma);
  // own1 + cross and own2 + cross are small differences where the legs nearly cancel; Euler's theorem says so little
  const decay = 0.5 * own1 * v1 * v1 + 0.5 * own2 * v2 * v2 + cross * correlation * v1 * v2;
  const price = factor * slopes.price;
  return {
    price,
    delta1: factor * slopes.delta1 + 0,
    delta2: factor * slopes.delta2 + 0,
    gamma1: factor * slopes.gamma1,
    gamma2: factor * slopes.gamma2,
    crossGamma: factor * slopes.crossGamma + 0,
    vega1: factor * years * (own1 * v1 + cross * correlation * v2) + 0,
    vega2: factor * years * (own2 * v2 + cross * correlation * v1) + 0,
    correlationVega: factor * years * cross * v1 * v2 + 0,
    theta: rate * price - factor * decay + 0,
    rho: -years * price + 0,
  };
}
