export { type Adf, type AdfOptions, adf } from './adf.js';
export type { CriticalValues } from './critical-values.js';
export { type HalfLifeOptions, halfLife } from './half-life.js';
export type { LagRule } from './lag-selection.js';
export {
  type MackinnonCriticalOptions,
  type MackinnonOptions,
  mackinnonCriticalValues,
  mackinnonPValue,
} from './mackinnon.js';
export type { Trend } from './trend.js';
