export { type Ndarray, panel, toNdarray } from './ndarray.js';
