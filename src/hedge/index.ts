export { type Hedge, spread, spreads } from './hedge.js';
export { type Ols, type OlsOptions, ols } from './ols.js';
export { RollingOls, type RollingOlsOptions, type RollingOlsReading, rollingOls } from './rolling-ols.js';
