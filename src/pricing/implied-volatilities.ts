import { checkChoice, checkOptions } from '../core/checks.js';
import { impliedLognormal, impliedNormal, type NoVolatility, reasonOf } from './implied.js';
import { MODELS, type PricingModel } from './implied-volatility.js';
import { type Numbers, outColumn, outReasons, type Types, termColumns } from './term-columns.js';

/** Options with their prices as columns; a single number or type stands for every row. A volatility is not read. */
export type PricedColumns = {
  readonly type: Types;
  readonly strike: Numbers;
  readonly years: Numbers;
  readonly rate: Numbers;
  readonly price: Numbers;
  readonly volatility?: Numbers;
} & ({ readonly spot: Numbers; readonly dividendYield?: Numbers } | { readonly forward: Numbers });

/** A volatility for every row, and why where there is none. */
export interface ImpliedVolatilities {
  /** NaN where there is a reason. */
  readonly volatility: Float64Array;
  /** null where there is a volatility. */
  readonly reason: (NoVolatility | null)[];
}

/** How a column of prices is turned into volatilities. */
export interface ImpliedVolatilitiesOptions {
  /** 'black-scholes' for terms with a spot, 'black-76' for terms with a forward, unless said. */
  readonly model?: PricingModel;
  /** An earlier result to write over. */
  readonly out?: ImpliedVolatilities;
}

/**
 * The implied volatilities of a whole chain. A row whose price no volatility explains is NaN with its reason beside it;
 * the others are not lost. Each number is what {@link impliedVolatility} gives.
 *
 * @throws OptionError for an unknown name or one that is missing
 * @throws DataError where columns differ in length (`uneven`)
 * @example
 * ```ts
 * const chain = impliedVolatilities({
 *   type: ['call', 'call', 'put'], spot: 21, strike: [20, 25, 20], years: 0.25, rate: 0.1, price: [1.875, 30, NaN],
 * });
 * chain.volatility; // → [0.234512913997644, NaN, NaN]
 * chain.reason; // → [null, 'above-bound', 'invalid']
 * ```
 */
export function impliedVolatilities(
  terms: PricedColumns,
  options: ImpliedVolatilitiesOptions = {},
): ImpliedVolatilities {
  const who = 'impliedVolatilities';
  checkOptions(who, options, ['model', 'out']);
  const byForward = typeof terms === 'object' && terms !== null && 'forward' in terms;
  const model = checkChoice(
    who,
    'model',
    options.model ?? (byForward ? 'black-76' : 'black-scholes'),
    MODELS,
  );
  const underlying = model === 'black-scholes' ? 'spot' : 'forward';
  const names = [underlying, 'strike', 'years', 'rate', 'price'];
  if (model === 'black-scholes') names.push('dividendYield');
  const { length, sign, columns } = termColumns(who, terms, names, ['dividendYield'], ['volatility']);
  const [price, strike, years, rate, quote, pays] = columns;
  const volatility = outColumn(who, 'volatility', options.out?.volatility, length);
  const reason = outReasons(options.out?.reason, length);
  for (let i = 0; i < length; i++) {
    const side = sign.data[i * sign.step]!;
    const p = price!.data[i * price!.step]!;
    const k = strike!.data[i * strike!.step]!;
    const t = years!.data[i * years!.step]!;
    const r = rate!.data[i * rate!.step]!;
    const value = quote!.data[i * quote!.step]!;
    let found: number;
    if (model === 'bachelier') found = impliedNormal(side, p, k, t, r, value);
    else if (model === 'black-scholes')
      found = impliedLognormal(side, p, k, t, r, pays!.data[i * pays!.step]!, value);
    else found = p > 0 && k > 0 ? impliedLognormal(side, p, k, t, r, r, value) : -3;
    if (found > 0) volatility[i] = found;
    else {
      volatility[i] = NaN;
      reason[i] = reasonOf(found);
    }
  }
  return { volatility, reason };
}
