import { FeedError } from '../../core/errors.js';
import { deafnessOf, GRACE } from './deafness.js';
import type { GapEvent } from './events.js';
import type { Fields } from './fields.js';
import { lineOf } from './line.js';
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
  /**
   * What a message says: an item; the number of one that is not whole yet, where what is before it must be had; or
   * nothing of this feed.
   */
  item(event: string, fields: Fields): Item | number | undefined;
  /** What REST is asked for: items from a number on, or where that is NaN the last there is. */
  readonly what: 'aggTrades' | 'klines';
  query(from: number): string;
  /** The items of an answer, in order; none where there are none. */
  page(text: string): Page<Item>;
  /** How long a symbol may be silent before REST is asked. */
  readonly idle: number;
}

/** How many rows a page has unless it is the last. */
export const PAGE = 1000;
/** How far behind the caller's own number a stream may begin before it is a mistake. */
const FAR_BEHIND = 10_000;
/** How many items in a row, over how long, may be older than what was delivered before that is worth a word. */
const MOST_OLD = 20;
const LONGEST_OLD = 30_000;
/** How many items in a row, one after the other and later than all before, prove that numbers have started over. */
const MOST_NEW = 50;
/** How long REST may lag behind the stream before what it lacks is missing, and how long a frame is under way. */
const LAG = 30_000;
const UNDER_WAY = 1000;

/**
 * One symbol's items in the order of their numbers, each once: those of the stream as they come, those the stream lost
 * from REST, and where neither has them a gap with a name.
 */
export function sequenceOf<Item extends { readonly time: number }>(
  session: Session<Item | GapEvent>,
  symbol: string,
  { from, numberOf, nameOf, item: itemOf, what, query, page, idle }: SequenceOptions<Item>,
): Follower {
  const { counts, settings, timers } = session;
  const { rules, symbols, firstData } = settings;
  const { now, sleep, backoff } = timers;
  const line = lineOf<Item>(session, symbol, nameOf, from);
  // Idle checks may take half of the allowance between them.
  const share = (120_000 * symbols.length * rules.weights[what]) / rules.weightPerMinute;
  const deafness = deafnessOf(timers, firstData, Math.max(idle, share));
  let said = 'live';
  let filling = false;
  /** REST must be asked again: what it said may be older than this connection. */
  let again = false;
  /** Whether the last fill found what the stream had not said. */
  let news = false;
  let checkedAt = -Infinity;
  let checking: Promise<boolean> | undefined;
  /** Items in a row that are older than what was delivered, each newer than the one before. */
  let olds = 0;
  let oldest = Infinity;
  let oldSince = NaN;
  /** How many of them come right after the one before, and were made after the last that was delivered. */
  let fresh = 0;
  /** The first of so many that numbers must have started over, until it is known where they begin. */
  let restarted = NaN;

  const say = (status: 'live' | 'filling' | 'stale', reason: string): void => {
    if (said !== status) session.status(status, symbol, reason);
    said = status;
  };

  /** Whether nothing is known to be missing, so that symbols of which something is may go first. */
  const idling = (): boolean => said !== 'filling' && !line.waiting();

  /** What REST has from a number on. */
  const pageFrom = (number: number): Promise<Page<Item>> =>
    session.rest.get(what, symbol, query(number), page, idling);

  /** Whether the caller's own number has not been joined on to. */
  const joining = (): boolean => from !== undefined && Number.isNaN(line.time);

  /** Hands on what REST gave, with what waits in between; a hole in both is a gap once REST has been asked twice. */
  const take = (items: readonly Item[], twice: boolean, reason: GapEvent['reason']): void => {
    for (const item of items) {
      const number = numberOf(item);
      while (number > line.next) if (!twice || !line.gap(number, reason)) return;
      if (number < line.next) continue;
      say('filling', 'something is missing');
      if (!line.give(item)) return;
      news = true;
      counts.filled++;
    }
  };

  /** Numbers go on from where they began anew. */
  const restart = (number: number): void => {
    if (!line.gap(number, 'restarted')) return;
    restarted = NaN;
    oldest = Infinity;
  };

  /** Asks REST until it has nothing more and nothing waits. */
  const fetchAll = async (): Promise<void> => {
    let twice = false;
    if (restarted >= 0) {
      // The first that REST has, unless that is of the numbers before.
      const first = (await pageFrom(0)).items.find(({ time }) => time > line.time);
      restart(first ? Math.min(numberOf(first), restarted) : restarted);
    }
    let start = NaN;
    let since = NaN;
    for (let attempt = 0; !line.behind; ) {
      // The stream may have gone on by itself: what it says now is no sign of a hole.
      if (start !== line.next) since = now();
      start = line.next;
      const { items, rows, problem } = await pageFrom(start);
      const reached = items.length > 0 ? numberOf(items.at(-1)!) : -Infinity;
      if (Number.isNaN(start)) {
        // The stream may have begun by itself meanwhile.
        if (Number.isNaN(line.next) && items.length > 0) line.next = reached + 1;
        return;
      }
      if (line.behind) return;
      const reason = problem ? 'bad-message' : 'missing';
      take(items, twice, reason);
      if (!line.waiting() && reached < line.next && rows < PAGE) return;
      if (line.next > start) {
        attempt = 0;
        twice = false;
        continue;
      }
      // REST has newer items but not this one: asked twice, it is missing. REST has none yet: it may lag.
      if (reached >= line.next) twice = true;
      else if (now() - line.waitingSince() >= LAG) {
        line.settle(reason, now() - since >= LAG, true);
      }
      await sleep(250 + backoff(attempt++, 250, 4000));
    }
  };

  /** Fetches what is missing until the stream joins on; whether REST could be asked and had nothing new. */
  const fill = async (): Promise<boolean> => {
    if (filling) return false;
    filling = true;
    news = false;
    let asked = true;
    let kept: boolean;
    do {
      again = kept = false;
      checkedAt = now();
      if (line.waiting() || joining()) say('filling', 'something is missing');
      try {
        await fetchAll();
      } catch (error) {
        if (isFinal(error)) {
          session.fail(error);
          return false;
        }
        asked = false;
        // What was known to be missing when REST was first asked; what showed later has REST asked anew.
        const { reason } = error as FeedError;
        // Where they began cannot be known: all that they may have had before is missing.
        if (restarted >= 0) restart(0);
        // One that cannot be settled waits for the next to come, which has REST asked anew.
        while (!kept && line.waitingSince() <= checkedAt) kept = !line.settle(reason, true, asked);
      }
    } while (!line.behind && (again || (line.waiting() && !kept)));
    filling = false;
    if (said === 'filling' && !line.behind && !line.waiting())
      say('live', asked ? 'nothing is missing' : 'REST cannot be asked');
    return asked && !news;
  };
  const fillAgain = (): void => {
    again = true;
    void fill();
  };

  /** Asks whether the stream withholds something: true where REST says that it does not. */
  const check = async (): Promise<boolean> => {
    if (filling) return false;
    const began = now();
    const quiet = await fill();
    deafness.checked(began, news);
    if (news) await sleep(UNDER_WAY);
    return quiet;
  };
  const checkOnce = (): Promise<boolean> => {
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  };

  /** The stream repeats itself, which the reader is told where it goes on, or its numbers have started over. */
  const isOld = (item: Item, number: number): void => {
    counts.duplicates++;
    const behind = (): string =>
      `is ${nameOf(line.next - 1)} for ${symbol}, the exchange only at ${nameOf(number)}`;
    if (joining() && number + FAR_BEHIND < line.next) {
      session.fail(new FeedError('refused', `binance: from ${behind()}`));
    }
    fresh = number === oldest + 1 && item.time > line.time ? fresh + 1 : 0;
    if (!(number > oldest)) {
      olds = 0;
      oldSince = now();
    }
    oldest = number;
    if (fresh >= MOST_NEW && !filling && !line.behind) {
      restarted = number - fresh;
      fillAgain();
    } else if (++olds >= MOST_OLD && now() - oldSince >= LONGEST_OLD) {
      say('stale', `the last ${behind()}`);
    }
  };

  const live = (item: Item): void => {
    const number = numberOf(item);
    if (Number.isNaN(line.next)) line.next = number;
    if (number < line.next) {
      isOld(item, number);
      return;
    }
    oldest = Infinity;
    if (said === 'stale') say('live', 'data arrives');
    if (line.behind) counts.shed++;
    else if (number === line.next && !line.waiting()) line.give(item);
    else {
      line.hold(item, number);
      if (line.waiting()) void fill();
    }
  };

  return {
    heardAt: deafness.heardAt,
    quiet: checkOnce,
    data(event, fields) {
      const message = itemOf(event, fields);
      if (message === undefined) return false;
      deafness.hear();
      if (typeof message === 'object') live(message);
      else if (line.next < message && !line.behind && now() - checkedAt >= GRACE) void checkOnce();
      return true;
    },
    up() {
      deafness.up();
      fillAgain();
    },
    room() {
      if (!line.behind) return;
      line.behind = false;
      fillAgain();
    },
    tick() {
      if (filling || line.behind) return;
      if (deafness.deaf()) session.replace('Deafness');
      if (deafness.due(checkedAt)) void checkOnce();
    },
  };
}
