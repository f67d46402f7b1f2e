import { FeedError } from '../../core/errors.js';
import type { GapEvent } from './events.js';
import type { Page } from './parse-rest.js';
import { isFinal } from './rest.js';
import type { Follower, Session } from './session.js';

/** A stream whose items are numbered by one, and REST where each can be asked for again. */
export interface SequenceOptions<Item> {
  /** The last number the caller has. */
  readonly from: number | undefined;
  /** The number of an item, and what a gap calls it: the id of a trade, the opening time of a bar. */
  numberOf(item: Item): number;
  nameOf(number: number): number;
  /** Items from a number on, in order, or where that is NaN the last there is; none where there are none. */
  page(from: number): Promise<Page<Item>>;
  /** How long a symbol may be silent before REST is asked, and what that costs. */
  readonly idle: number;
  readonly weight: number;
}

/** One symbol's items in the order of their numbers. */
export interface Sequence<Item> extends Omit<Follower, 'data'> {
  /** An item of the stream. */
  live(item: Item): void;
  /** The stream is at a number whose item is not whole yet; what is before it must be had. */
  heard(number: number): void;
}

/** How many rows a page has unless it is the last. */
export const PAGE = 1000;
/** How far behind the caller's own number a stream may begin before it is a mistake. */
const FAR_BEHIND = 10_000;
/** How far ahead one item alone is believed. */
const FAR_AHEAD = 1000;
/** How many items in a row, over how long, may be older than what was delivered before that is worth a word. */
const MOST_OLD = 20;
const LONGEST_OLD = 30_000;
/** How many items in a row, one after the other and later than all before, prove that numbers have started over. */
const MOST_NEW = 50;
/** How long REST may lag behind the stream before what it lacks is missing. */
const LAG = 30_000;
/** How long a stream may keep to itself what REST has said, and how long a frame is under way. */
const GRACE = 5000;
const UNDER_WAY = 1000;

/**
 * One symbol's items in the order of their numbers, each once: those of the stream as they come, those the stream lost
 * from REST, and where neither has them a gap with a name.
 */
export function sequenceOf<Item extends { readonly time: number }>(
  session: Session<Item | GapEvent>,
  symbol: string,
  { from, numberOf, nameOf, page, idle, weight }: SequenceOptions<Item>,
): Sequence<Item> {
  const { counts, settings } = session;
  const { now, sleep, backoff } = session.timers;
  const share = settings.symbols.length;
  /** Idle checks may take half of the allowance between them. */
  const longest = Math.max(idle, (120_000 * share * weight) / settings.rules.weightPerMinute);
  /** How many items may wait for one that is missing. */
  const most = Math.min(10_000, Math.max(1000, settings.capacity / share));
  /** The number to come; NaN while it is not known. */
  let next = (from ?? NaN) + 1;
  let begun = from === undefined;
  /** Items ahead of a missing one, by number, and when the stream said them. */
  const ahead = new Map<number, { readonly item: Item; readonly at: number }>();
  /** The reader has no room: items are let go, to be fetched when it has. */
  let behind = false;
  let filling = false;
  /** REST must be asked again: what it said may be older than this connection. */
  let again = false;
  /** Whether the last fill found what the stream had not said. */
  let news = false;
  let said = 'live';
  let openedAt = NaN;
  let heardAt = -Infinity;
  let checkedAt = -Infinity;
  let checking: Promise<boolean> | undefined;
  /** How often, since the stream last spoke, REST was asked whether it should have, and how often it should. */
  let checks = 0;
  let doubts = 0;
  /** Items in a row that are older than what was delivered, each newer than the one before. */
  let olds = 0;
  let oldest = Infinity;
  let oldSince = NaN;
  /** How many of them come right after the one before, and were made after the last that was delivered. */
  let fresh = 0;
  let lastTime = NaN;

  const say = (status: 'live' | 'filling' | 'stale', reason: string): void => {
    if (said !== status) session.status(status, symbol, reason);
    said = status;
  };

  /** Hands on; where there is no room, what waits is let go as well. */
  const deliver = (event: Item | GapEvent): boolean => {
    if (session.deliver(event)) return true;
    behind = true;
    counts.shed += ahead.size + 1;
    ahead.clear();
    return false;
  };

  const give = (item: Item): boolean => {
    if (!deliver(item)) return false;
    counts.delivered++;
    begun = true;
    lastTime = item.time;
    next++;
    return true;
  };

  /** Names what is missing before a number, or that numbers go on from a lower one; false where there is no room to say so. */
  const gap = (to: number, reason: GapEvent['reason']): boolean => {
    const count = Math.max(0, to - next);
    const missing = { from: nameOf(next), to: nameOf(to - 1), count, time: now(), reason };
    if (!deliver({ type: 'gap', symbol, ...missing })) return false;
    counts.gaps++;
    counts.missing += count;
    next = to;
    return true;
  };

  /** Hands on what waits and is no longer ahead. */
  const drain = (): void => {
    for (let held = ahead.get(next); held; held = ahead.get(next)) {
      ahead.delete(next);
      give(held.item);
    }
  };

  /** The numbers of what waits, the next first. */
  const waiting = (): number[] => [...ahead.keys()].sort((a, b) => a - b);
  const waitingSince = (): number => ahead.get(waiting()[0]!)?.at ?? Infinity;

  /**
   * Lets go of an item so far ahead that its number must be wrong, since neither REST nor another item is near it; else
   * goes `over` what is missing to the first that waits.
   */
  const skip = (over: boolean, reason: GapEvent['reason']): void => {
    const [first = NaN, second = Infinity] = waiting();
    if (first - next > FAR_AHEAD && second - first > FAR_AHEAD) {
      ahead.delete(first);
      counts.garbage++;
    } else if (over) gap(first, reason);
    drain();
  };

  /** Hands on what REST gave, with what waits in between; a hole in both is a gap once REST has been asked twice. */
  const take = (items: readonly Item[], twice: boolean, reason: GapEvent['reason']): void => {
    for (const item of items) {
      const number = numberOf(item);
      drain();
      while (number > next) {
        if (!twice || !gap(Math.min(number, ...ahead.keys()), reason)) return;
        drain();
      }
      if (number < next) continue;
      say('filling', 'fetched');
      if (!give(item)) return;
      news = true;
      counts.filled++;
    }
    drain();
  };

  /** Asks REST until it has nothing more and nothing waits. */
  const fetchAll = async (): Promise<void> => {
    let twice = false;
    let before = next;
    let since = now();
    for (let attempt = 0; !behind; ) {
      const start = next;
      // The stream may have gone on by itself: what it says now is no sign of a hole.
      if (start !== before) since = now();
      before = start;
      const { items, rows, problem } = await page(start);
      const reason = problem ? 'bad-message' : 'missing';
      const reached = items.length > 0 ? numberOf(items.at(-1)!) : -Infinity;
      if (Number.isNaN(start)) {
        // The stream may have begun by itself meanwhile.
        if (Number.isNaN(next) && items.length > 0) next = reached + 1;
        return;
      }
      if (behind) return;
      take(items, twice, reason);
      if (ahead.size === 0 && reached < next && rows < PAGE) return;
      if (next > start) {
        attempt = 0;
        twice = false;
        continue;
      }
      // REST has newer items but not this one: asked twice, it is missing. REST has none yet: it may lag.
      if (reached >= next) twice = true;
      else if (now() - waitingSince() >= LAG) skip(now() - since >= LAG, reason);
      await sleep(250 + backoff(attempt++, 250, 4000));
    }
  };

  /** Fetches what is missing until the stream joins on; whether REST could be asked and had nothing new. */
  const fill = async (): Promise<boolean> => {
    if (filling) return false;
    filling = true;
    news = false;
    let asked = true;
    do {
      again = false;
      checkedAt = now();
      if (ahead.size > 0 || !begun) say('filling', 'something is missing');
      try {
        await fetchAll();
      } catch (error) {
        if (isFinal(error)) {
          session.fail(error);
          return false;
        }
        asked = false;
        // What was known to be missing when REST was first asked; what showed later has REST asked anew.
        while (waitingSince() <= checkedAt) skip(true, (error as FeedError).reason);
      }
    } while (!behind && (again || ahead.size > 0));
    filling = false;
    if (said === 'filling' && !behind) say('live', asked ? 'caught up' : 'REST cannot be asked');
    return asked && !news;
  };

  /** Asks whether the stream withholds something: true where REST says that it does not. */
  const check = async (): Promise<boolean> => {
    if (filling) return false;
    const began = now();
    const quiet = await fill();
    checks++;
    // REST has what the stream has not said: a frame may be lost, or under way; twice, the stream is deaf.
    if (news && heardAt < began) doubts++;
    if (news) await sleep(UNDER_WAY);
    return quiet;
  };
  const checkOnce = (): Promise<boolean> => {
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  };

  const hear = (): void => {
    heardAt = now();
    doubts = checks = 0;
  };

  const fillAgain = (): void => {
    again = true;
    void fill();
  };

  /** The stream repeats itself, which the reader is told where it goes on, or its numbers have started over. */
  const isOld = (item: Item, number: number): void => {
    counts.duplicates++;
    if (!begun && number + FAR_BEHIND < next) {
      const text = `binance: from is ${nameOf(next - 1)} for ${symbol}, but the exchange is only at ${nameOf(number)}`;
      session.fail(new FeedError('refused', text));
    }
    fresh = number === oldest + 1 && item.time > lastTime ? fresh + 1 : 0;
    if (!(number > oldest)) {
      olds = 0;
      oldSince = heardAt;
    }
    oldest = number;
    if (fresh >= MOST_NEW && !filling && !behind) {
      if (gap(number - fresh, 'restarted')) fillAgain();
      fresh = 0;
    } else if (++olds >= MOST_OLD && heardAt - oldSince >= LONGEST_OLD) {
      say('stale', `the stream is at ${nameOf(number)}, ${nameOf(next - 1)} has been delivered`);
    }
  };

  return {
    heardAt: () => heardAt,
    quiet: checkOnce,
    live(item) {
      const number = numberOf(item);
      hear();
      if (Number.isNaN(next)) next = number;
      if (number < next) {
        isOld(item, number);
        return;
      }
      oldest = Infinity;
      if (said === 'stale') say('live', 'the stream goes on');
      if (behind) counts.shed++;
      else if (number === next && ahead.size === 0) give(item);
      else if (ahead.size >= most) {
        // Too many to wait: REST has them all.
        counts.shed += ahead.size + 1;
        ahead.clear();
      } else {
        if (ahead.has(number)) counts.duplicates++;
        else ahead.set(number, { item, at: heardAt });
        counts.mostPending = Math.max(counts.mostPending, ahead.size);
        drain();
        if (ahead.size > 0) void fill();
      }
    },
    heard(number) {
      hear();
      if (next < number && !behind && heardAt - checkedAt >= GRACE) void checkOnce();
    },
    up() {
      openedAt = now();
      doubts = checks = 0;
      fillAgain();
    },
    room() {
      if (!behind) return;
      behind = false;
      fillAgain();
    },
    tick(time) {
      if (filling || behind) return;
      if (doubts > 1) {
        doubts = 0;
        session.replace('Deafness');
      }
      // Every subscription must show data, not only the connection; then it may be idle for a while.
      const due =
        heardAt < openedAt && checks === 0
          ? openedAt + settings.firstData
          : Math.max(heardAt, checkedAt, openedAt) +
            (doubts > 0 ? Math.min(longest, GRACE * checks) : longest);
      if (time >= due) void checkOnce();
    },
  };
}
