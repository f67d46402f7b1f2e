export { Bands, type BandsOptions, bands, type Position } from './bands.js';
export { type Cross, Crossing, type CrossingOptions, crossings } from './crossing.js';
