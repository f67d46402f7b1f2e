import type { Snapshot } from './snapshot.js';

/**
 * A small state and one step: a dense analytic, one reading per observation.
 * Whole-series forms drive the same `push` over an array, so live and historical readings agree bit for bit.
 */
export interface Estimator<Observation, Reading> {
  /** Absorbs one observation and returns the new reading. Never throws over a value. */
  push(observation: Observation): Reading;
  /** The latest reading; NaN until ready. */
  readonly value: Reading;
  /** Whether enough has been seen; never turns back. */
  readonly ready: boolean;
  /** The whole state as plain JSON; the class's `from` goes on from it bit for bit. */
  snapshot(): Snapshot;
}

/** A small state and one step: a sparse analytic, which usually has nothing to say. */
export interface Detector<Observation, Event> {
  push(observation: Observation): readonly Event[];
  snapshot(): Snapshot;
}
