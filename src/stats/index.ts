export { correlation, RollingCorrelation, rollingCorrelation } from './correlation.js';
export { covariance, RollingCovariance, rollingCovariance } from './covariance.js';
export { mean, RollingMean, rollingMean } from './mean.js';
export type { RollingOptions } from './rolling.js';
export {
  RollingStandardDeviation,
  rollingStandardDeviation,
  standardDeviation,
} from './standard-deviation.js';
export { RollingVariance, rollingVariance, variance } from './variance.js';
export { ZScore, zScore } from './z-score.js';
