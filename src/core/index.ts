export { type Duration, duration } from './duration.js';
export {
  DataError,
  type DataReason,
  FeedError,
  type FeedReason,
  HedgerowError,
  OptionError,
} from './errors.js';
export type { Detector, Estimator } from './estimator.js';
export type { ColumnsOf, NumericView, Pair, Series, SeriesOf } from './series.js';
export type { Json, Snapshot } from './snapshot.js';
