/** The four prices of a bar. */
export interface Range {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** How the range of a bar tells its volatility. */
export type RangeMethod = 'parkinson' | 'garman-klass' | 'rogers-satchell' | 'yang-zhang';

/** The variance that one bar shows by itself; NaN where a price is missing or not above 0. */
export function rangeTerm(method: RangeMethod, { open, high, low, close }: Range): number {
  if (method === 'parkinson') {
    const range = Math.log(high / low);
    return (range * range) / (4 * Math.LN2);
  }
  if (method === 'garman-klass') {
    const range = Math.log(high / low);
    const body = Math.log(close / open);
    return 0.5 * range * range - (2 * Math.LN2 - 1) * body * body;
  }
  return Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open);
}

/** Yang & Zhang's weight of the day session for `count` bars: the one of least variance. */
export function yangZhangWeight(count: number): number {
  return 0.34 / (1.34 + (count + 1) / (count - 1));
}
