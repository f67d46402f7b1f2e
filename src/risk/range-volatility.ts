import {
  checkChoice,
  checkFiniteSeries,
  checkOptions,
  checkRecord,
  checkSameLength,
} from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type SeriesOf, toFloat64 } from '../core/series.js';
import { sum } from '../math/sum.js';
import { type Range, type RangeMethod, rangeTerm, yangZhangWeight } from './range-terms.js';
import { meanAndDeviation } from './sample-moments.js';

const METHODS: readonly RangeMethod[] = ['parkinson', 'garman-klass', 'rogers-satchell', 'yang-zhang'];

export function checkRangeMethod(who: string, value: unknown): RangeMethod {
  return checkChoice(who, 'method', value, METHODS);
}

function checkBars(who: string, bars: SeriesOf<Range>, least: number): SeriesOf<Range> {
  const { open, high, low, close } = checkRecord(who, 'bars', bars);
  checkSameLength(who, { open, high, low, close });
  const columns = { open, high, low, close };
  for (const [name, column] of Object.entries(columns)) {
    checkFiniteSeries(who, name, column, least);
    for (let i = 0; i < column.length; i++) {
      if (!(column[i]! > 0))
        throw new DataError('degenerate', `${who}: ${name}[${i}] must be above 0, received ${column[i]}`);
    }
  }
  for (let i = 0; i < high.length; i++) {
    if (high[i]! < low[i]!) {
      throw new DataError('degenerate', `${who}: high[${i}] is ${high[i]}, below low[${i}] of ${low[i]}`);
    }
  }
  return {
    open: toFloat64(open),
    high: toFloat64(high),
    low: toFloat64(low),
    close: toFloat64(close),
  };
}

/**
 * The volatility of a bar from its range as well as its close, over all bars: several times as precise as from closes alone.
 * Per bar; times the root of bars a year it is the volatility of a year.
 *
 * `'parkinson'` uses high and low, `'garman-klass'` also open and close; both suppose no drift and no gaps.
 * `'rogers-satchell'` allows a drift. `'yang-zhang'` allows gaps between a close and the next open as well; the first bar then
 * only gives its close.
 *
 * Sources: Parkinson (1980) and Garman & Klass (1980), Journal of Business 53; Rogers & Satchell (1991), Annals of Applied
 * Probability 1; Yang & Zhang (2000), Journal of Business 73.
 *
 * @param bars - columns of open, high, low and close, as bars have them
 * @throws OptionError for an unknown method
 * @throws DataError where columns differ in length, there are too few bars, a price is not finite and above 0, or a
 * high is below its low
 * @example
 * ```ts
 * const bars = { open: [100, 102, 101], high: [103, 104, 103], low: [99, 101, 100], close: [102, 101, 102] };
 * rangeVolatility(bars, { method: 'parkinson' }); // → 0.0199164359212
 * rangeVolatility(bars, { method: 'yang-zhang' }); // → 0.0213563597471
 * ```
 */
export function rangeVolatility(bars: SeriesOf<Range>, options: { readonly method: RangeMethod }): number {
  const who = 'rangeVolatility';
  checkOptions(who, options, ['method']);
  const method = checkRangeMethod(who, options.method);
  const columns = checkBars(who, bars, method === 'yang-zhang' ? 3 : 1);
  const { open, high, low, close } = columns;
  const from = method === 'yang-zhang' ? 1 : 0;
  const terms = new Float64Array(open.length - from);
  for (let i = from; i < open.length; i++) {
    terms[i - from] = rangeTerm(method, { open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]! });
  }
  const within = sum(terms) / terms.length;
  if (method !== 'yang-zhang') return Math.sqrt(Math.max(within, 0));
  const gaps = terms.map((_, i) => Math.log(open[i + 1]! / close[i]!));
  const bodies = terms.map((_, i) => Math.log(close[i + 1]! / open[i + 1]!));
  const weight = yangZhangWeight(terms.length);
  const overnight = meanAndDeviation(gaps).deviation ** 2;
  const day = meanAndDeviation(bodies).deviation ** 2;
  return Math.sqrt(Math.max(overnight + weight * day + (1 - weight) * within, 0));
}
