/** What was read of one leg. */
export interface LegFacts {
  /** How the report calls it. */
  readonly name: string;
  /** Trades or prices used. */
  readonly rows: number;
  readonly firstTime: number;
  readonly lastTime: number;
  /** Only of trades. */
  readonly bars?: { readonly count: number; readonly empty: number; readonly volume: number };
  /** Rows whose date the other leg does not have, or whose cell is empty. Only of prices. */
  readonly unmatched?: number;
}

/** A pair ready for analysis: the newest aligned prices, and how they came about. */
export interface PairData {
  readonly source: 'trades' | 'prices' | 'simulated';
  /** Length of a bar in milliseconds; NaN for prices as they are dated. */
  readonly every: number;
  readonly y: LegFacts;
  readonly x: LegFacts;
  readonly time: Float64Array;
  readonly values: { readonly y: Float64Array; readonly x: Float64Array };
  /** Aligned observations in all; more than `time.length` when older ones were left out. */
  readonly aligned: number;
}
