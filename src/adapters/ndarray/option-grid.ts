import { checkFiniteSeries, checkRecord } from '../../core/checks.js';
import type { Series } from '../../core/series.js';
import { blackScholesChain } from '../../pricing/chain.js';
import type { GreekName } from '../../pricing/greeks.js';
import type { OptionType } from '../../pricing/option.js';
import { type Ndarray, toNdarray } from './ndarray.js';

/** Terms for every strike at every expiry. */
export interface OptionGridTerms {
  readonly type: OptionType;
  readonly spot: number;
  readonly strike: Series;
  /** Times to expiry in years. */
  readonly years: Series;
  readonly rate: number;
  /** One for all, or a surface: a row a strike and a column an expiry, such as an ndarray. */
  readonly volatility: number | { readonly get: (row: number, column: number) => number };
  readonly dividendYield?: number;
}

/**
 * Prices and Greeks over strikes and expiries, each a real ndarray with a row a strike and a column an expiry. Where the
 * volatility of a surface is missing, so is the price.
 *
 * @throws OptionError for an unknown Greek
 * @throws DataError where a strike or an expiry is not finite
 * @example
 * ```ts
 * const grid = optionGrid(
 *   { type: 'call', spot: 42, strike: [40, 45], years: [0.5, 1], rate: 0.1, volatility: 0.2 },
 *   ['price', 'delta'],
 * );
 * grid.price.get(0, 0); // → 4.75942239287153
 * grid.price.shape; // → [2, 2]
 * ```
 */
export function optionGrid<Name extends GreekName = 'price'>(
  terms: OptionGridTerms,
  greeks: readonly Name[] = ['price' as Name],
): { readonly [Greek in Name]: Ndarray } {
  const who = 'optionGrid';
  const { strike, years, volatility, ...rest } = checkRecord(who, 'terms', terms);
  checkFiniteSeries(who, 'strike', strike);
  checkFiniteSeries(who, 'years', years);
  const cell = <Value>(of: (row: number, column: number) => Value): Value[] =>
    Array.from({ length: strike.length * years.length }, (_, i) =>
      of(Math.floor(i / years.length), i % years.length),
    );
  const chain = blackScholesChain<Name>(
    {
      ...rest,
      strike: cell((row) => strike[row]!),
      years: cell((_, column) => years[column]!),
      volatility:
        typeof volatility === 'number' ? volatility : cell((row, column) => volatility.get(row, column)),
    },
    { greeks },
  );
  const shape = [strike.length, years.length];
  const grid = (data: Float64Array): Ndarray =>
    toNdarray({ data, shape, stride: [years.length, 1], offset: 0 });
  return Object.fromEntries(greeks.map((name) => [name, grid(chain[name])])) as { [Greek in Name]: Ndarray };
}
