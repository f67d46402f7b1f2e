import { checkChoice } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { bachelierRow } from './bachelier.js';
import { bjerksundStenslandSpread, kirkPrice } from './kirk.js';
import { lognormalInto } from './lognormal-into.js';
import { exchangeSlopes, ratioVolatility } from './margrabe.js';
import { spreadDifferences } from './spread-option-differences.js';
import { quadratureSlopes } from './spread-option-quadrature.js';
import {
  checkLegsOf,
  type Legs,
  type Slopes,
  type Spread,
  type SpreadMethod,
  type SpreadTerms,
  spreadGreeks,
} from './spread-terms.js';

const METHODS: readonly SpreadMethod[] = ['quadrature', 'kirk', 'bjerksund-stensland', 'bachelier'];

/**
 * The value of an option on the difference of two forwards, as of WTI and Brent, with its Greeks to both legs and to their
 * correlation: a call pays max(forward1 − forward2 − strike, 0), a put the opposite.
 *
 * | method | what it is |
 * | --- | --- |
 * | `'quadrature'` | the true value of two lognormal legs: exact but for rounding, for every strike and correlation |
 * | `'kirk'` | the market's approximation of 1995 |
 * | `'bjerksund-stensland'` | the closed form of 2011: a lower bound, nearer than Kirk's |
 * | `'bachelier'` | the true value of two normal legs of any sign; volatilities in units of price |
 *
 * With a strike of 0 the true value is Margrabe's. Greeks of the true values are analytic; of the two approximations they are
 * differences of the formula. Where everything is known (no time, no volatility) gammas at the strike are infinite.
 *
 * Source: Margrabe (1978); Kirk (1995); Bjerksund & Stensland (2011); Pearson (1995); Carmona & Durrleman (2003), "Pricing
 * and hedging spread options", SIAM Review 45.
 *
 * @throws OptionError for an unknown name or method, forwards that are negative (but for `'bachelier'`) or not finite,
 * negative years or volatilities, a correlation outside −1 to 1, or an approximation whose leg 2 and strike are not above 0
 * @example
 * ```ts
 * const terms = { type: 'call', forward1: 28, forward2: 20, strike: 7, years: 0.25, rate: 0.05, volatility1: 0.29, volatility2: 0.36, correlation: 0.42 } as const;
 * spreadOption(terms).price; // → 2.16883442900545
 * // Haug, 2nd edition, p. 214
 * spreadOption({ ...terms, method: 'kirk' }).price.toFixed(4); // → '2.1670'
 * ```
 */
export function spreadOption(terms: SpreadTerms): Spread {
  const who = 'spreadOption';
  const method = checkChoice(who, 'method', terms?.method ?? 'quadrature', METHODS);
  const legs = checkLegsOf(who, terms, method === 'bachelier');
  if (method === 'bachelier') return ofNormal(legs);
  if (method === 'quadrature') return spreadGreeks(legs, exactSlopes(legs));
  if (!(legs.f2 + legs.k > 0 && legs.f1 > 0)) {
    throw new OptionError(
      `${who}: method '${method}' needs forward1 and forward2 + strike above 0, received ${legs.f1} and ${legs.f2 + legs.k}`,
    );
  }
  // expired, every method is the difference or nothing
  if (legs.years === 0) return spreadGreeks(legs, exactSlopes(legs));
  return spreadDifferences(legs, method === 'kirk' ? kirkPrice : bjerksundStenslandSpread);
}

function exactSlopes(legs: Legs): Slopes {
  const { sign, f1, f2, k, years, v1, v2 } = legs;
  if (k === 0) return exchangeSlopes(legs);
  const isKnown1 = !(f1 > 0 && v1 * Math.sqrt(years) > 0);
  const isKnown2 = !(f2 > 0 && v2 * Math.sqrt(years) > 0);
  if (!isKnown1 && !isKnown2) return quadratureSlopes(legs);
  // One leg is a number: an option on the other.
  const slopes = isKnown2 ? oneLeg(sign, f1, f2 + k, years, v1) : oneLeg(-sign, f2, f1 - k, years, v2);
  const { price, delta, against, gamma } = slopes;
  return isKnown2
    ? { price, delta1: delta, delta2: against, gamma1: gamma, gamma2: slopes.bend, crossGamma: slopes.twist }
    : { price, delta1: against, delta2: delta, gamma1: slopes.bend, gamma2: gamma, crossGamma: slopes.twist };
}

/** An option on one lognormal leg with a strike of any sign. */
function oneLeg(
  sign: number,
  forward: number,
  strike: number,
  years: number,
  volatility: number,
): {
  readonly price: number;
  readonly delta: number;
  readonly against: number;
  readonly gamma: number;
  readonly bend: number;
  readonly twist: number;
} {
  if (strike <= 0) {
    const isIn = sign > 0 && forward - strike > 0 ? 1 : 0;
    return { price: isIn * (forward - strike), delta: isIn, against: -isIn, gamma: 0, bend: 0, twist: 0 };
  }
  const row = new Float64Array(17);
  lognormalInto(row, sign, forward, strike, years, 0, 0, volatility, true);
  const twist = -row[2]! * (forward / strike);
  return { price: row[0]!, delta: row[1]!, against: row[14]!, gamma: row[2]!, bend: row[15]!, twist };
}

function ofNormal({ sign, f1, f2, k, years, rate, v1, v2, correlation }: Legs): Spread {
  const v = ratioVolatility(v1, v2, correlation);
  const row = new Float64Array(17);
  bachelierRow(row, sign, f1 - f2, k, years, rate, v);
  const vega = v > 0 ? row[3]! / v : 0;
  return {
    price: row[0]! + 0,
    delta1: row[1]! + 0,
    delta2: -row[1]! + 0,
    gamma1: row[2]!,
    gamma2: row[2]!,
    crossGamma: -row[2]! + 0,
    vega1: vega * (v1 - correlation * v2) + 0,
    vega2: vega * (v2 - correlation * v1) + 0,
    correlationVega: -vega * v1 * v2 + 0,
    theta: row[4]! + 0,
    rho: row[5]! + 0,
  };
}
