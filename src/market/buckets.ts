import { checkFinite } from '../core/checks.js';
import { type Duration, duration } from '../core/duration.js';
import { DataError } from '../core/errors.js';

/** How time is cut into bars, and what becomes of the stretches without trades. */
export interface ResampleOptions {
  /** Length of a bar: `'500ms'`, `'1s'`, `'5m'`, `'4h'`, `'1d'`, or milliseconds (fractions allowed). */
  readonly every: Duration;
  /**
   * Stretches without trades: `'skip'` (default) leaves them out; `'flat'` gives each a bar at the last price
   * (open = high = low = close = vwap, volume 0, count 0), between bars, never after the last.
   */
  readonly gaps?: 'skip' | 'flat';
  /** A time at which some bar opens, in milliseconds since 1970 UTC; default 0. */
  readonly origin?: number;
}

/** Time cut into stretches of one length. Stretch k is [origin + k·every, origin + (k + 1)·every), also before 1970. */
export class Buckets {
  /** Number, opening and end of the stretch that `place` found. */
  index: number = NaN;
  start: number = NaN;
  end: number = NaN;
  readonly every: number;
  readonly origin: number;

  constructor(who: string, every: Duration, origin = 0) {
    this.every = duration(who, 'every', every);
    this.origin = checkFinite(who, 'origin', origin);
  }

  /** When stretch `index` opens. */
  opening(index: number): number {
    return this.origin + index * this.every;
  }

  /**
   * Finds the stretch a time falls in. False when there is none: the time is not finite, or so far away that
   * neighbouring stretches round to one number.
   */
  place(time: number): boolean {
    let index = Math.floor((time - this.origin) / this.every);
    // The quotient is rounded; the edges decide.
    if (time < this.opening(index)) index--;
    else if (time >= this.opening(index + 1)) index++;
    this.index = index;
    this.start = this.opening(index);
    this.end = this.opening(index + 1);
    return time >= this.start && time < this.end;
  }

  /** The complaint about a finite time that has no place. */
  tooFar(who: string, time: number): DataError {
    return new DataError(
      'degenerate',
      `${who}: a time of ${time} is too far from the origin ${this.origin} for bars of ${this.every} ms`,
    );
  }
}
