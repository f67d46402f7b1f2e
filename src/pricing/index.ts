export { bachelier } from './bachelier.js';
export { black76 } from './black-76.js';
export { blackScholes } from './black-scholes.js';
export type { GreekName, Greeks } from './greeks.js';
export { inMarketUnits, type MarketUnits } from './market-units.js';
export type { ForwardTerms, OptionType, SpotTerms } from './option.js';
