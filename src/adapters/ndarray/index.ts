export { type Ndarray, panel, toNdarray } from './ndarray.js';
export { type OptionGridTerms, optionGrid } from './option-grid.js';
