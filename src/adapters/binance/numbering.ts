import type { Timers } from './timers.js';

/** How many in a row, over how long, may be older than the last before the last is what is wrong. */
const MOST_OLD = 20;
const LONGEST_OLD = 5000;
/** How many that go on from the one before the last show that the last alone was wrong. */
const MOST_BETWEEN = 3;

/** The update ids of one symbol, which grow, until the exchange starts them over or one of them is wild. */
export interface Numbering {
  /** Whether an id goes on from the last, is old, or is one of so many that they are followed from here. */
  next(id: number, time: number): 'new' | 'old' | 'restarted';
  /** What comes is to go on from an id. */
  begin(id: number): void;
}

/**
 * Follows ids that grow, and neither a stray nor a new numbering keeps it for good from what comes after; `follow` is
 * called for each that is followed.
 */
export function numberingOf({ now }: Timers, follow: () => void): Numbering {
  let [before, last, lastTime] = [NaN, NaN, NaN];
  /** Old ids in a row, each newer than the one before: the newest, how many, since when, whether all are after `before`. */
  let [newest, olds, since, between] = [NaN, 0, NaN, false];
  return {
    begin(id) {
      last = id;
      before = lastTime = newest = NaN;
    },
    next(id, time) {
      const old = id <= last;
      if (old) {
        if (!(id > newest)) {
          olds = 0;
          since = now();
          between = id > before;
        }
        newest = id;
        olds++;
        // A stream that repeats itself repeats its times as well.
        const over = olds >= MOST_OLD && now() - since >= LONGEST_OLD && !(time <= lastTime);
        if (!over && !(between && olds >= MOST_BETWEEN)) return 'old';
      }
      before = old ? NaN : last;
      last = id;
      lastTime = time;
      newest = NaN;
      follow();
      return old ? 'restarted' : 'new';
    },
  };
}
