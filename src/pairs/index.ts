export { type AnalyzePairOptions, analyzePair, type PairAnalysis } from './analyze-pair.js';
export type { FinalHedge } from './final-hedge.js';
export type { HedgeMethod, HedgeResults, KalmanDrift, MethodOptions } from './methods.js';
export {
  type BookedPair,
  PairBook,
  type PairBookOptions,
  type PairBookStatus,
  type PairUpdate,
  type SymbolBar,
  type SymbolTrade,
} from './pair-book.js';
export {
  monitorPair,
  PairMonitor,
  type PairMonitorOptions,
  type PairObservation,
  type PairReading,
} from './pair-monitor.js';
export { PairStrategy, type PairStrategyOptions } from './pair-strategy.js';
export type { Prices } from './prices.js';
export { screenPairs } from './screen.js';
export { type ParallelScreenOptions, screenPairsInParallel } from './screen-in-parallel.js';
export { type ScreenMatrixFigure, screenMatrix } from './screen-matrix.js';
export type { ScreenPairsOptions, ScreenProgress, ScreenSignal } from './screen-options.js';
export type { PairScreen, ScreenedPair } from './screen-ranking.js';
export { answerScreens, type ScreenPort, type ScreenWorker } from './screen-worker.js';
export type { SpreadTestOptions, SpreadVerdict } from './spread-test.js';
