export {
  type AcerbiSzekely,
  type AcerbiSzekelyOptions,
  acerbiSzekely,
  type ForecastTails,
} from './acerbi-szekely.js';
export { type Christoffersen, christoffersen } from './christoffersen.js';
export {
  type ComponentOptions,
  type ComponentValueAtRisk,
  componentValueAtRisk,
} from './component-value-at-risk.js';
export { fittedDegreesOfFreedom } from './degrees-of-freedom.js';
export { EwmaVolatility, type EwmaVolatilityOptions, ewmaVolatility } from './ewma-volatility.js';
export { type GarchFit, type GarchOptions, garch } from './garch.js';
export { Garch, garchVolatility } from './garch-filter.js';
export type { GarchFilterOptions, GarchParameters } from './garch-model.js';
export { type CoverageTest, type ExceedanceCount, kupiec } from './kupiec.js';
export { type LedoitWolf, ledoitWolf } from './ledoit-wolf.js';
export type { Matrix, SquareMatrix } from './matrix.js';
export {
  type MonteCarloLossesOptions,
  type MonteCarloOptions,
  type MonteCarloTail,
  monteCarloLosses,
  monteCarloValueAtRisk,
  type SimulatedPortfolio,
} from './monte-carlo.js';
export { type NearestCorrelationOptions, nearestCorrelation } from './nearest-correlation.js';
export { isCornishFisherValid } from './parametric.js';
export type { LawOptions, Portfolio } from './portfolio.js';
export { type ForecastReturns, quantileLoss } from './quantile-loss.js';
export type { Range, RangeMethod } from './range-terms.js';
export { rangeVolatility } from './range-volatility.js';
export { type Replayed, type ReplayScenarioOptions, replayScenario } from './replay-scenario.js';
export { type ReverseStressed, type ReverseStressOptions, reverseStress } from './reverse-stress.js';
export {
  RollingRangeVolatility,
  type RollingRangeVolatilityOptions,
  rollingRangeVolatility,
} from './rolling-range-volatility.js';
export { type Revaluation, type Shock, type Stressed, stress } from './stress.js';
export { type StressGrid, stressGrid } from './stress-grid.js';
export { type TailInterval, type TailIntervalOptions, tailInterval } from './tail-interval.js';
export type { TailMethod, TailOptions } from './tail-options.js';
export type { TailDefinition, TailRisk } from './tail-risk.js';
export { type TrafficLight, trafficLight } from './traffic-light.js';
export { expectedShortfall, tailRisk, valueAtRisk } from './value-at-risk.js';
export { type VarBacktest, type VarBacktestOptions, varBacktest } from './var-backtest.js';
