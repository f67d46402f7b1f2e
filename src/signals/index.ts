export { Bands, type BandsOptions, bands, type Position } from './bands.js';
