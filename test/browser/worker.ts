import { samples } from './samples.js';

postMessage(samples());
