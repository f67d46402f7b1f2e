import { checkPair } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Pair, Series, SeriesOf } from '../core/series.js';

/** Whether a pair is analysed in prices as they are or in their natural logarithms. */
export type Prices = 'raw' | 'log';

/** Both legs as they are analysed. */
export function pricesOf(who: string, pair: SeriesOf<Pair>, prices: Prices, least: number): SeriesOf<Pair> {
  checkPair(who, pair, least);
  return prices === 'raw' ? pair : { y: logarithms(who, 'y', pair.y), x: logarithms(who, 'x', pair.x) };
}

function logarithms(who: string, name: string, series: Series): Float64Array {
  return Float64Array.from(series, (price, i) => {
    if (price > 0) return Math.log(price);
    throw new DataError('degenerate', `${who}: prices 'log' need positive prices, ${name}[${i}] is ${price}`);
  });
}
