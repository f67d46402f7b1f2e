export { type AutocorrelationOptions, autocorrelation } from './autocorrelation.js';
export { benjaminiHochberg } from './benjamini-hochberg.js';
export { correlation, RollingCorrelation, rollingCorrelation } from './correlation.js';
export { covariance, RollingCovariance, rollingCovariance } from './covariance.js';
export { correlationMatrix, covarianceMatrix } from './covariance-matrix.js';
export { type Description, describe, RollingDescribe, rollingDescribe } from './describe.js';
export type { ExponentialMeanOptions, ExponentialOptions, Forgetting } from './exponential.js';
export { ExponentialCorrelation, exponentialCorrelation } from './exponential-correlation.js';
export { ExponentialCovariance, exponentialCovariance } from './exponential-covariance.js';
export { ExponentialMean, exponentialMean } from './exponential-mean.js';
export {
  ExponentialStandardDeviation,
  exponentialStandardDeviation,
} from './exponential-standard-deviation.js';
export { ExponentialVariance, exponentialVariance } from './exponential-variance.js';
export { kurtosis, RollingKurtosis, rollingKurtosis } from './kurtosis.js';
export { type LjungBox, type LjungBoxOptions, ljungBox } from './ljung-box.js';
export { maximum, RollingMaximum, rollingMaximum } from './maximum.js';
export { mean, RollingMean, rollingMean } from './mean.js';
export { median, RollingMedian, rollingMedian } from './median.js';
export { minimum, RollingMinimum, rollingMinimum } from './minimum.js';
export type { Panel, PanelView } from './panel.js';
export { type PartialAutocorrelationOptions, partialAutocorrelation } from './partial-autocorrelation.js';
export {
  quantiles,
  RollingQuantiles,
  type RollingQuantilesOptions,
  rollingQuantiles,
} from './quantiles.js';
export type { RollingOptions } from './rolling.js';
export {
  RollingAutocorrelation,
  type RollingAutocorrelationOptions,
  rollingAutocorrelation,
} from './rolling-autocorrelation.js';
export {
  type LjungBoxReading,
  RollingLjungBox,
  type RollingLjungBoxOptions,
  rollingLjungBox,
} from './rolling-ljung-box.js';
export {
  RollingPartialAutocorrelation,
  type RollingPartialAutocorrelationOptions,
  rollingPartialAutocorrelation,
} from './rolling-partial-autocorrelation.js';
export { RollingQuantile, type RollingQuantileOptions, rollingQuantile } from './rolling-quantile.js';
export { Rolling, type RollingSummaryOptions, rolling, type Summary } from './rolling-summary.js';
export { RollingSkewness, rollingSkewness, skewness } from './skewness.js';
export {
  RollingStandardDeviation,
  rollingStandardDeviation,
  standardDeviation,
} from './standard-deviation.js';
export { RollingVariance, rollingVariance, variance } from './variance.js';
export { ZScore, zScore } from './z-score.js';
