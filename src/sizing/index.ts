export type { CovarianceMatrix } from './covariance-matrix.js';
export { type AtrUnitsOptions, atrUnits, type FixedRiskOptions, fixedRisk } from './fixed-risk.js';
export { type KellyAsset, type KellyAssets, type KellyBet, type KellyOptions, kelly } from './kelly.js';
export { type MinimumVarianceOptions, minimumVariance } from './minimum-variance.js';
export { inverseVolatility, type RiskParityOptions, riskParity } from './risk-parity.js';
export {
  type ExchangeRules,
  exchangeFilters,
  type LotOptions,
  roundToLot,
  type SendableOrder,
} from './round-to-lot.js';
export { type VolatilityTargetOptions, volatilityTarget } from './volatility-target.js';
