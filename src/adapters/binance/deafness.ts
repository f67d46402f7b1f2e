import type { Timers } from './timers.js';

/** How long a stream may keep to itself what REST has said. */
export const GRACE = 5000;

/** How long the stream of one symbol has said nothing, and whether that is because nothing happens. */
export interface Deafness {
  /** The stream speaks. */
  hear(): void;
  heardAt(): number;
  /** The connection is another one. */
  up(): void;
  /** REST was asked, beginning at a time, and had what the stream has not said, or had not. */
  checked(began: number, news: boolean): void;
  /** Whether it is time to ask REST, which was last asked at a time. */
  due(checkedAt: number): boolean;
  /** Whether REST twice had what the stream never said; asked once. */
  deaf(): boolean;
}

/** Every subscription must show data within `firstData`, not only the connection; then it may be `idle` for a while. */
export function deafnessOf({ now }: Timers, firstData: number, idle: number): Deafness {
  let openedAt = NaN;
  let heardAt = -Infinity;
  /** How often REST was asked since the stream last spoke, or since it first should have, and how often it should. */
  let checks = 0;
  let doubts = 0;
  return {
    hear() {
      heardAt = now();
      checks = doubts = 0;
    },
    heardAt: () => heardAt,
    up() {
      openedAt = now();
      checks = doubts = 0;
    },
    checked(began, news) {
      checks++;
      // A frame may be lost, or under way; twice, the stream is deaf.
      if (news && heardAt < began && doubts++ === 0) checks = 1;
    },
    due(checkedAt) {
      if (heardAt < openedAt && checks === 0) return now() >= openedAt + firstData;
      const wait = doubts > 0 ? Math.min(idle, GRACE * checks) : idle;
      return now() >= Math.max(heardAt, checkedAt, openedAt) + wait;
    },
    deaf() {
      const deaf = doubts > 1;
      if (deaf) doubts = 0;
      return deaf;
    },
  };
}
