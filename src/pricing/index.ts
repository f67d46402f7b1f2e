export { american, type BoundaryTerms, exerciseBoundary } from './american.js';
export type { American, AmericanMethod, AmericanTerms, Dividend } from './american-terms.js';
export { bachelier } from './bachelier.js';
export { black76 } from './black-76.js';
export { blackScholes } from './black-scholes.js';
export {
  type Book,
  type BookChange,
  type BookPosition,
  type BookValue,
  book,
  bookValue,
  explainBook,
  type Instrument,
  type MarketShock,
  shocked,
} from './book.js';
export {
  bachelierChain,
  black76Chain,
  blackScholesChain,
  type Chain,
  type ChainOptions,
  type ForwardColumns,
  type SpotColumns,
} from './chain.js';
export { lognormalVolatility, normalVolatility, type VolatilityTerms } from './convert-volatility.js';
export type { GreekName, Greeks } from './greeks.js';
export type { NoVolatility } from './implied.js';
export {
  type ImpliedVolatilities,
  type ImpliedVolatilitiesOptions,
  impliedVolatilities,
  type PricedColumns,
} from './implied-volatilities.js';
export {
  type ImpliedVolatilityOptions,
  impliedVolatility,
  type PricedOption,
  type PricingModel,
} from './implied-volatility.js';
export { type MargrabeTerms, margrabe } from './margrabe.js';
export { inMarketUnits, type MarketUnits } from './market-units.js';
export type { ForwardTerms, OptionType, SpotTerms } from './option.js';
export { spreadOption } from './spread-option.js';
export type { Spread, SpreadMethod, SpreadTerms } from './spread-terms.js';
export type { Numbers, Types } from './term-columns.js';
