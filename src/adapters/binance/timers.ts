import type { Clock } from '../queue/clock.js';

/** A clock whose alarms all go when the feed does, so that none keeps a program alive. */
export interface Timers {
  now(): number;
  after(milliseconds: number, call: () => void): void;
  sleep(milliseconds: number): Promise<void>;
  /**
   * How long to wait before trying again: anything up to a bound that doubles, so that clients cut off together do not
   * come back together. Brooker, "Exponential Backoff and Jitter" (2015), full jitter.
   */
  backoff(attempt: number, first: number, most: number): number;
  stop(): void;
}

/** Alarms on a clock, and waits of random length. */
export function timersOf(clock: Clock, random: () => number): Timers {
  const alarms = new Set<() => void>();
  let stopped = false;
  const after = (milliseconds: number, call: () => void): void => {
    if (stopped) return;
    const callOff = clock.after(milliseconds, () => {
      alarms.delete(callOff);
      call();
    });
    alarms.add(callOff);
  };
  return {
    now: () => clock.now(),
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    backoff: (attempt, first, most) => random() * Math.min(most, first * 2 ** attempt),
    stop() {
      stopped = true;
      for (const callOff of alarms) callOff();
    },
  };
}
