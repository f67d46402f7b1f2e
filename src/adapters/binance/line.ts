import type { GapEvent } from './events.js';
import type { Session } from './session.js';

/** How far ahead one item alone is believed. */
const FAR_AHEAD = 1000;
/** How many must wait, REST not being asked, before one far from the rest is wrong. */
const FEW = 3;

/** One symbol's items on their way to the reader, in the order of their numbers; what comes too early waits in line. */
export interface Line<Item> {
  /** The number to come; NaN while it is not known. */
  next: number;
  /** The time of the last item that was handed on. */
  time: number;
  /** The reader has no room: items are let go, to be fetched when it has. */
  behind: boolean;
  /** Whether any wait, and since when the first of them does. */
  waiting(): boolean;
  waitingSince(): number;
  /** Hands on the next item, and those after it that wait; false where there is no room for it. */
  give(item: Item): boolean;
  /** Keeps an item until those before it are there. */
  hold(item: Item, number: number): void;
  /** Names what is missing before a number, or before the first that waits; false where there is no room to say so. */
  gap(to: number, reason: GapEvent['reason']): boolean;
  /**
   * Settles what is to become of the first that waits: one far ahead is let go where the stream has gone on without it,
   * or where it is alone; else, where it is time, the feed goes over what is missing before it. False where that cannot
   * be settled yet: where REST was not `asked`, one alone is only wrong once others have come that are not near it.
   */
  settle(reason: GapEvent['reason'], over: boolean, asked: boolean): boolean;
}

export function lineOf<Item extends { readonly time: number }>(
  { counts, deliver, settings, timers }: Session<Item | GapEvent>,
  symbol: string,
  nameOf: (number: number) => number,
  from: number | undefined,
): Line<Item> {
  /** How many items may wait for one that is missing. */
  const most = Math.min(10_000, Math.max(1000, settings.capacity / settings.symbols.length));
  /** Items ahead of a missing one, by number, and when the stream said them. */
  const ahead = new Map<number, { readonly item: Item; readonly at: number }>();
  const numbers = (): number[] => [...ahead.keys()].sort((a, b) => a - b);
  /** Lets go of what waits, and of one more: REST has them all. */
  const shed = (): void => {
    counts.shed += ahead.size + 1;
    ahead.clear();
  };
  /** When the stream last said what was next, while something waited. */
  let wentOn = -Infinity;
  const send = (event: Item | GapEvent): boolean => {
    if (deliver(event)) return true;
    line.behind = true;
    shed();
    return false;
  };

  const handOn = (item: Item): boolean => {
    if (!send(item)) return false;
    counts.delivered++;
    line.time = item.time;
    line.next++;
    return true;
  };
  /** Hands on what waits and is no longer ahead. */
  const drain = (): void => {
    for (let held = ahead.get(line.next); held; held = ahead.get(line.next)) {
      ahead.delete(line.next);
      handOn(held.item);
    }
  };

  const line: Line<Item> = {
    next: (from ?? NaN) + 1,
    time: NaN,
    behind: false,
    waiting: () => ahead.size > 0,
    waitingSince: () => ahead.get(numbers()[0]!)?.at ?? Infinity,
    give(item) {
      const given = handOn(item);
      drain();
      return given;
    },
    hold(item, number) {
      if (ahead.size >= most) shed();
      else if (ahead.has(number)) counts.duplicates++;
      else ahead.set(number, { item, at: timers.now() });
      counts.mostPending = Math.max(counts.mostPending, ahead.size);
      if (number === line.next) wentOn = timers.now();
      drain();
    },
    gap(number, reason) {
      const end = Math.min(number, ...ahead.keys());
      const count = Math.max(0, end - line.next);
      const [from, to] = [nameOf(line.next), nameOf(end - 1)];
      if (!send({ type: 'gap', symbol, from, to, count, time: timers.now(), reason })) return false;
      counts.gaps++;
      counts.missing += count;
      line.next = end;
      drain();
      return true;
    },
    settle(reason, over, asked) {
      const [first = NaN, second = Infinity] = numbers();
      const far = first - line.next > FAR_AHEAD;
      const alone = far && second - first > FAR_AHEAD;
      if ((far && wentOn >= line.waitingSince()) || (alone && (asked || ahead.size >= FEW))) {
        counts.garbage++;
        return ahead.delete(first);
      }
      return over && !alone && line.gap(first, reason);
    },
  };
  return line;
}
