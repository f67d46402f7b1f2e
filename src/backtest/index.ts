export type { Fill, Paid } from './account.js';
export {
  Backtest,
  type BacktestOptions,
  type BacktestReading,
  type BacktestResult,
  backtest,
  type MarketUpdate,
} from './backtest.js';
export type { Costs, OrderToFill } from './costs.js';
export {
  type Fold,
  type PurgedFoldsOptions,
  purgedFolds,
  type RowRange,
  type WalkForwardOptions,
  walkForwardFolds,
} from './folds.js';
export type { ColumnsByName, MarketHistory, MarketRow, RowOf, Strategy, Targets } from './strategy.js';
export { type WalkForwardResult, type WalkForwardRunOptions, walkForward } from './walk-forward.js';
