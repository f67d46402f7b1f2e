export {
  ExponentialOls,
  type ExponentialOlsOptions,
  type ExponentialOlsReading,
  exponentialOls,
} from './exponential-ols.js';
export { type Hedge, spread, spreads } from './hedge.js';
export { type Huber, type HuberOptions, huber } from './huber.js';
export { type KalmanColumns, KalmanHedge, type KalmanReading, kalmanHedge } from './kalman.js';
export { type KalmanFit, kalmanFit } from './kalman-fit.js';
export type { KalmanOptions, StateCovariance } from './kalman-options.js';
export { kalmanSmoother, type SmoothedHedge } from './kalman-smoother.js';
export { type Ols, type OlsOptions, ols } from './ols.js';
export {
  RecursiveOls,
  type RecursiveOlsOptions,
  type RecursiveOlsReading,
  recursiveOls,
} from './recursive-ols.js';
export { RollingOls, type RollingOlsOptions, type RollingOlsReading, rollingOls } from './rolling-ols.js';
export { type Siegel, type SiegelOptions, siegel } from './siegel.js';
export { type TheilSen, type TheilSenOptions, theilSen } from './theil-sen.js';
export {
  type TotalLeastSquares,
  type TotalLeastSquaresOptions,
  totalLeastSquares,
} from './total-least-squares.js';
