import type { Column } from './term-columns.js';

/** Terms of options on lognormal prices, a column each; a call's sign is 1 and a put's −1. */
export interface LognormalTerms {
  readonly sign: Float64Array;
  readonly spot: Float64Array;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly rate: Float64Array;
  readonly dividendYield: Float64Array;
  readonly volatility: Float64Array;
}

/** A column of which a few rows can be seen at a time, without being moved; a single number is seen as many times. */
export interface View {
  readonly data: Float64Array;
  readonly moves: boolean;
}

/** A view of a column, at most `most` rows at a time. */
export function viewOf({ data, step }: Column, most: number): View {
  return step === 1
    ? { data, moves: data.length > most }
    : { data: new Float64Array(most).fill(data[0]!), moves: false };
}

/** Rows of a column. */
export function seen({ data, moves }: View, from: number, count: number): Float64Array {
  return moves ? data.subarray(from, from + count) : data;
}

/** Rows of the terms, whose views come in the order of LognormalTerms. */
export function termsAt(views: readonly View[], from: number, count: number): LognormalTerms {
  return {
    sign: seen(views[0]!, from, count),
    spot: seen(views[1]!, from, count),
    strike: seen(views[2]!, from, count),
    years: seen(views[3]!, from, count),
    rate: seen(views[4]!, from, count),
    dividendYield: seen(views[5]!, from, count),
    volatility: seen(views[6]!, from, count),
  };
}
