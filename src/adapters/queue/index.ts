export { type Clock, type StopSignal, systemClock } from './clock.js';
export { type MergeOptions, merge, type Timed } from './merge.js';
export { Queue, type QueueOptions, type WhenFull } from './queue.js';
export { type ReplayOptions, replay } from './replay.js';
export type { Source } from './source.js';
