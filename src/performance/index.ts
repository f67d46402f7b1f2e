export {
  Drawdown,
  type DrawdownSpell,
  Drawdowns,
  drawdown,
  drawdowns,
  maxDrawdown,
} from './drawdown.js';
export { Performance, type PerformanceOptions, type PerformanceReading, performance } from './performance.js';
export { calmar, type OmegaOptions, omega, type RatioOptions, sharpe, sortino } from './ratios.js';
export {
  type Marks,
  RoundTrips,
  type RoundTripsOptions,
  type RoundTripsResult,
  roundTrips,
} from './round-trips.js';
export {
  type DeflatedSharpeOptions,
  deflatedSharpe,
  expectedMaximumSharpe,
  type ProbabilisticSharpeOptions,
  probabilisticSharpe,
  type SharpeEvidence,
  type SharpeTrials,
  sharpeStandardError,
} from './sharpe-error.js';
export type { ProfitAttribution, RoundTrip, TradeFill } from './trip-book.js';
export { type TripStatistics, tripStatistics } from './trip-statistics.js';
export {
  VersusBenchmark,
  type VersusBenchmarkOptions,
  type VersusBenchmarkReading,
  versusBenchmark,
} from './versus-benchmark.js';
