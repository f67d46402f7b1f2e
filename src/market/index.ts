export { type AlignedPair, type AlignOptions, align, type TimedSeries } from './align.js';
export type { Bar, BarColumns } from './bar.js';
export { barColumns, barRows } from './bar-columns.js';
export type { ResampleOptions } from './buckets.js';
export {
  type BarMeasure,
  type BarSizeOptions,
  dollarBars,
  InformationBars,
  type InformationBarsOptions,
  tickBars,
  volumeBars,
} from './information-bars.js';
export { dropMissing, fillForward } from './missing.js';
export { resample } from './resample.js';
export { type BarSource, resampleBars } from './resample-bars.js';
export { Resampler, type ResamplerOptions } from './resampler.js';
export { logReturns, simpleReturns } from './returns.js';
export { type Trade, type TradeColumns, type Trades, tradeColumns, tradeRows } from './trade.js';
