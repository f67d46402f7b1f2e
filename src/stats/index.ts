export { benjaminiHochberg } from './benjamini-hochberg.js';
export { correlation, RollingCorrelation, rollingCorrelation } from './correlation.js';
export { covariance, RollingCovariance, rollingCovariance } from './covariance.js';
export { correlationMatrix, covarianceMatrix } from './covariance-matrix.js';
export { maximum, RollingMaximum, rollingMaximum } from './maximum.js';
export { mean, RollingMean, rollingMean } from './mean.js';
export { median, RollingMedian, rollingMedian } from './median.js';
export { minimum, RollingMinimum, rollingMinimum } from './minimum.js';
export type { Panel, PanelView } from './panel.js';
export type { RollingOptions } from './rolling.js';
export { RollingQuantile, type RollingQuantileOptions, rollingQuantile } from './rolling-quantile.js';
export {
  RollingStandardDeviation,
  rollingStandardDeviation,
  standardDeviation,
} from './standard-deviation.js';
export { RollingVariance, rollingVariance, variance } from './variance.js';
export { ZScore, zScore } from './z-score.js';
