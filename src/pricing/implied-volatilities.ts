import { checkChoice, checkOptions } from '../core/checks.js';
import { impliedNormal, type NoVolatility, reasonOf } from './implied.js';
import { impliedRows } from './implied-rows.js';
import { MODELS, type PricingModel } from './implied-volatility.js';
import { ROWS } from './lognormal.js';
import { type LognormalTerms, seen, termsAt, viewOf } from './lognormal-terms.js';
import { type Column, type Numbers, outColumn, outReasons, type Types, termColumns } from './term-columns.js';

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
  if (model === 'bachelier') {
    for (let i = 0; i < length; i++) {
      const at = ({ data, step }: Column): number => data[i * step]!;
      volatility[i] = impliedNormal(at(sign), at(price!), at(strike!), at(years!), at(rate!), at(quote!));
    }
  } else {
    const views = [sign, price!, strike!, years!, rate!, pays ?? rate!, quote!].map((one) =>
      viewOf(one, ROWS),
    );
    for (let from = 0; from < length; from += ROWS) {
      const count = Math.min(ROWS, length - from);
      const rows = termsAt(views, from, count);
      const found = volatility.subarray(from, from + count);
      impliedRows(found, rows, seen(views[6]!, from, count), count);
      if (model === 'black-76') refuseBelowZero(found, rows, count);
    }
  }
  for (let i = 0; i < length; i++) {
    if (volatility[i]! > 0) continue;
    reason[i] = reasonOf(volatility[i]!);
    volatility[i] = NaN;
  }
  return { volatility, reason };
}

/** A future or a strike that is not positive has no logarithm. */
function refuseBelowZero(found: Float64Array, { spot, strike }: LognormalTerms, count: number): void {
  for (let i = 0; i < count; i++) if (!(spot[i]! > 0 && strike[i]! > 0)) found[i] = -3;
}
