export { columnsOf } from './columns-of.js';
export { type MatrixEntry, matrixOf, pairsOf } from './matrix.js';
export { type Ndarray, panel, toNdarray } from './ndarray.js';
export { type OptionGridTerms, optionGrid } from './option-grid.js';
