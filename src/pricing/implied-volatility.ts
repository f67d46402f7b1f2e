import { checkChoice, checkFinite, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { checkLogarithmic } from './black-76.js';
import { impliedNormal, type NoVolatility, reasonOf } from './implied.js';
import { impliedLognormal } from './implied-rows.js';
import type { ForwardTerms, SpotTerms } from './option.js';
import { checkNonNegative, checkTerms, FORWARD_NAMES, SPOT_NAMES, signOf } from './option.js';

/** What the price of the underlying is taken to do. */
export type PricingModel = 'black-scholes' | 'black-76' | 'bachelier';

export const MODELS: readonly PricingModel[] = ['black-scholes', 'black-76', 'bachelier'];

/** How a price is turned into a volatility. */
export interface ImpliedVolatilityOptions {
  /** 'black-scholes' for terms with a spot, 'black-76' for terms with a forward, unless said. */
  readonly model?: PricingModel;
}

/** Terms with the price they trade at. A volatility among them is not read. */
export type PricedOption =
  | (Omit<SpotTerms, 'volatility'> & { readonly price: number; readonly volatility?: number })
  | (Omit<ForwardTerms, 'volatility'> & { readonly price: number; readonly volatility?: number });

const WHY: Readonly<Record<NoVolatility, string>> = {
  'below-intrinsic': 'is below the intrinsic value',
  'above-bound': 'is as much as the option can ever be worth, or more',
  'no-time-value': 'holds no time value that would tell a volatility',
  invalid: 'is no price of such an option',
};

/**
 * The volatility at which the model gives the price seen: to the last bits wherever the price still depends on it, in one
 * or two steps, from the smallest price a number can hold to the last digit below the bound.
 *
 * Where no volatility does, the error's `reason` says why: 'below-intrinsic', 'above-bound', 'no-time-value' (also an option
 * that has expired) or 'invalid'. A whole chain is for {@link impliedVolatilities}, which loses no other row over a bad one.
 *
 * Source: Jäckel (2015), "Let's Be Rational"; Jäckel (2017), "Implied normal volatility".
 *
 * @throws OptionError for an unknown name or terms that no option can have
 * @throws DataError when no volatility gives the price (`reason` as above)
 * @example
 * ```ts
 * const terms = { type: 'call', spot: 21, strike: 20, years: 0.25, rate: 0.1 } as const;
 * impliedVolatility({ ...terms, price: 1.875 }); // → 0.234512913997644
 * impliedVolatility({ ...terms, price: 1 }); // throws DataError: impliedVolatility: price 1 is below the intrinsic value
 * const future = { type: 'put', forward: -37.63, strike: -40, years: 0.1, rate: 0, price: 3 } as const;
 * impliedVolatility(future, { model: 'bachelier' }); // → 32.3076433637427
 * ```
 */
export function impliedVolatility(terms: PricedOption, options: ImpliedVolatilityOptions = {}): number {
  const who = 'impliedVolatility';
  checkOptions(who, options, ['model']);
  const byForward = typeof terms === 'object' && terms !== null && 'forward' in terms;
  const model = checkChoice(
    who,
    'model',
    options.model ?? (byForward ? 'black-76' : 'black-scholes'),
    MODELS,
  );
  checkTerms(who, terms, [...(model === 'black-scholes' ? SPOT_NAMES : FORWARD_NAMES), 'price']);
  const price = checkFinite(who, 'price', terms.price);
  const volatility = solved(who, terms, model, price);
  const reason = reasonOf(volatility);
  if (reason) throw new DataError(reason, `${who}: price ${price} ${WHY[reason]}`);
  return volatility;
}

function solved(who: string, terms: PricedOption, model: PricingModel, price: number): number {
  const { type, strike, years, rate } = terms;
  const sign = signOf(type);
  if (model === 'black-scholes') {
    const { spot, dividendYield = 0 } = terms as SpotTerms;
    checkNonNegative(who, 'spot', spot);
    checkNonNegative(who, 'strike', strike);
    checkFinite(who, 'dividendYield', dividendYield);
    return impliedLognormal(sign, spot, strike, years, rate, dividendYield, price);
  }
  const { forward } = terms as ForwardTerms;
  if (model === 'black-76') {
    checkLogarithmic(who, 'forward', forward);
    checkLogarithmic(who, 'strike', strike);
    return impliedLognormal(sign, forward, strike, years, rate, rate, price);
  }
  checkFinite(who, 'forward', forward);
  checkFinite(who, 'strike', strike);
  return impliedNormal(sign, forward, strike, years, rate, price);
}
