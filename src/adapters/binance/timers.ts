import type { Clock } from '../queue/clock.js';

/** A clock whose alarms all go when the feed does, so that none keeps a program alive. */
export class Timers implements Clock {
  private readonly set: Set<() => void> = new Set();
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  now(): number {
    return this.clock.now();
  }

  after(milliseconds: number, call: () => void): () => void {
    if (this.stopped) return () => {};
    const callOff = this.clock.after(milliseconds, () => {
      this.set.delete(callOff);
      call();
    });
    this.set.add(callOff);
    return () => {
      this.set.delete(callOff);
      callOff();
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /**
   * How long to wait before trying again: anything up to a bound that doubles, so that clients cut off together do not
   * come back together. Brooker, "Exponential Backoff and Jitter" (2015), full jitter.
   */
  backoff(attempt: number, first: number, most: number): number {
    return this.random() * Math.min(most, first * 2 ** Math.min(attempt, 30));
  }

  stop(): void {
    this.stopped = true;
    for (const callOff of this.set) callOff();
    this.set.clear();
  }
}
