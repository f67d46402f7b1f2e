export { type Adf, type AdfOptions, adf } from './adf.js';
export type { Basket, CointegratingRelation } from './cointegrating-relation.js';
export type { CriticalValues } from './critical-values.js';
export { type DfGls, type DfGlsOptions, dfGls } from './df-gls.js';
export { type EngleGranger, type EngleGrangerOptions, engleGranger } from './engle-granger.js';
export { type HalfLifeOptions, halfLife } from './half-life.js';
export { type HurstOptions, hurst } from './hurst.js';
export { type HurstRescaledRangeOptions, hurstRescaledRange } from './hurst-rescaled-range.js';
export { type Johansen, type JohansenOptions, johansen } from './johansen.js';
export { type Kpss, type KpssOptions, kpss } from './kpss.js';
export type { LagOptions } from './lag-order.js';
export type { LagRule } from './lag-selection.js';
export {
  type MackinnonCriticalOptions,
  type MackinnonOptions,
  mackinnonCriticalValues,
  mackinnonPValue,
} from './mackinnon.js';
export { type PhillipsPerron, type PhillipsPerronOptions, phillipsPerron } from './phillips-perron.js';
export { type Stationarity, stationarity } from './stationarity.js';
export type { Trend } from './trend.js';
export { type VarianceRatio, type VarianceRatioOptions, varianceRatio } from './variance-ratio.js';
export { type ZivotAndrews, type ZivotAndrewsOptions, zivotAndrews } from './zivot-andrews.js';
