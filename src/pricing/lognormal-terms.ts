/** Terms of options on lognormal prices, a column each; a call's sign is 1 and a put's −1. */
export interface LognormalTerms {
  sign: Float64Array;
  spot: Float64Array;
  strike: Float64Array;
  years: Float64Array;
  rate: Float64Array;
  dividendYield: Float64Array;
  volatility: Float64Array;
}
