import { FeedError } from '../../core/errors.js';
import type { FeedCounts, GapEvent } from './events.js';
import type { Timers } from './timers.js';

/** What REST lists from a number on. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
  /** Whether it held rows that could not be read. */
  readonly unreadable?: boolean;
}

/** A stream whose items are numbered by one, and REST where each can be asked for again. */
export interface SequenceOptions<Item> {
  readonly symbol: string;
  readonly timers: Timers;
  readonly counts: FeedCounts;
  /** The number of an item, and what a gap calls it: the id of a trade, the opening time of a bar. */
  numberOf(item: Item): number;
  nameOf(number: number): number;
  /** Items from a number on, in order, or the last there is; none where there are none. */
  page(from: number | undefined): Promise<Page<Item>>;
  /** Hands one on; false where there is no room. */
  deliver(event: Item | GapEvent): boolean;
  /** Whether there is room enough to begin again after there was none. */
  hasRoom(): boolean;
  status(status: 'live' | 'filling' | 'stale', symbol: string, reason: string): void;
  /** The exchange says that this can never work. */
  fail(error: unknown): void;
  /** The last number the caller has. */
  readonly from: number | undefined;
  /** How many items may wait for one that is missing. */
  readonly most: number;
  /** How long a missing item is asked for when REST has nothing newer either. */
  readonly lag: number;
}

/** How far behind the caller's own number a stream may begin before it is a mistake. */
const FAR_BEHIND = 10_000;
/** How far ahead one item alone is believed. */
const FAR_AHEAD = 1000;
/** How many items in a row, over how long, may be older than what was delivered before that is worth a word. */
const MOST_OLD = 20;
const LONGEST_OLD = 30_000;

/** An item ahead of a missing one, and when the stream said it. */
interface Held<Item> {
  readonly item: Item;
  readonly number: number;
  readonly at: number;
}

/** Why a fill began. */
type Cause = 'start' | 'reconnect' | 'gap' | 'room' | 'check';

/** What asking REST found: what the stream had not said, nothing, or that REST cannot be asked now. */
export type Finding = 'news' | 'quiet' | 'unknown';

/**
 * One symbol's items in the order of their numbers, each once: those of the stream as they come, those the stream lost
 * from REST, and where neither has them a gap with a name.
 */
export class Sequence<Item> {
  /** When the stream was last heard, and when it was last checked against REST. */
  heardAt: number = -Infinity;
  checkedAt: number = -Infinity;
  /** How many checks in a row found what the stream had not said. */
  doubts: number = 0;
  filling = false;
  /** The check under way. */
  private asking: Promise<Finding> | undefined;
  private next: number | undefined;
  /** Items ahead of a missing one, in order. */
  private pending: Held<Item>[] = [];
  /** The reader has no room: items are let go, to be fetched when it has. */
  private behind = false;
  private begun = false;
  /** How many items came over REST. */
  private fetched = 0;
  /** Another connection came while a fill was under way: what that fill saw may be older. */
  private again = false;
  private announced = false;
  /** Items in a row that are older than what was delivered, each newer than the one before: how many, since when. */
  private old: { readonly count: number; readonly last: number; readonly since: number } = {
    ...{ count: 0, last: -Infinity, since: NaN },
  };
  private stale = false;

  constructor(private readonly options: SequenceOptions<Item>) {
    if (options.from !== undefined) this.next = options.from + 1;
  }

  /** An item of the stream. */
  live(item: Item): void {
    const { options } = this;
    const number = options.numberOf(item);
    this.heardAt = options.timers.now();
    this.doubts = 0;
    this.next ??= number;
    if (number < this.next) {
      options.counts.duplicates++;
      if (!this.begun && number + FAR_BEHIND < this.next) this.refuseFrom(number);
      else this.isOld(number);
      return;
    }
    if (this.old.count > 0) this.isNew();
    if (this.behind) {
      options.counts.shed++;
      return;
    }
    if (number === this.next && this.pending.length === 0) {
      this.give(item, number);
      return;
    }
    this.hold(item, number);
    this.drain();
    if (this.pending.length > 0) void this.fill('gap');
  }

  /** The stream is at a number whose item is not whole yet; what is before it must be had, and is asked for so often. */
  heard(number: number, every: number): void {
    const now = this.options.timers.now();
    this.heardAt = now;
    const missing = this.next !== undefined && this.next < number;
    if (missing && !this.filling && !this.behind && now - this.checkedAt >= every) void this.fill('check');
  }

  /** The connection is another one: what was lost at the end of the last shows only when asked for. */
  up(): void {
    void this.fill(this.begun ? 'reconnect' : 'start');
  }

  /** There is room again. */
  room(): void {
    if (this.behind) this.resume();
  }

  /** Asks whether the stream withholds something. */
  check(): Promise<Finding> {
    if (this.asking) return this.asking;
    const asking = this.fill('check');
    this.asking = asking;
    const over = (): void => {
      this.asking = undefined;
    };
    asking.then(over, over);
    return asking;
  }

  /** Fetches what is missing until the stream joins on. */
  private async fill(cause: Cause): Promise<Finding> {
    if (this.filling) {
      if (cause === 'reconnect') this.again = true;
      return 'unknown';
    }
    const { timers, symbol } = this.options;
    const began = timers.now();
    const before = this.fetched;
    this.filling = true;
    this.checkedAt = began;
    let asked = true;
    try {
      if (cause === 'gap' || (cause === 'start' && this.next !== undefined)) this.announce(cause);
      await this.fetch();
    } catch (error) {
      const reason = error instanceof FeedError ? error.reason : undefined;
      if (reason === undefined || reason === 'unknown-symbol' || reason === 'refused') {
        this.options.fail(error);
        return 'unknown';
      }
      asked = false;
      this.giveUp(reason, began);
    }
    this.filling = false;
    // REST has what the stream has not said: a frame may be lost, or under way; twice, the stream is deaf.
    if (cause === 'check' && this.heardAt < began) this.doubts = this.fetched > before ? this.doubts + 1 : 0;
    if (this.announced && !this.behind) {
      this.announced = false;
      this.options.status('live', symbol, asked ? 'caught up' : 'REST cannot be asked');
    }
    if (this.behind) this.resume();
    else if (this.again || this.pending.length > 0) {
      this.again = false;
      void this.fill(this.pending.length > 0 ? 'gap' : 'reconnect');
    }
    if (!asked) return 'unknown';
    return this.fetched > before ? 'news' : 'quiet';
  }

  /** Begins again after there was no room, if there is. */
  private resume(): void {
    if (this.options.hasRoom()) void this.fill('room');
  }

  private async fetch(): Promise<void> {
    const { options } = this;
    const { timers, numberOf } = options;
    let doubted = false;
    let since = timers.now();
    let last = this.next;
    for (let attempt = 0; ; ) {
      if (this.behind) {
        if (!options.hasRoom()) return;
        this.behind = false;
      }
      const from = this.next;
      // The stream may have gone on by itself: what it says now is no sign of a hole.
      if (from !== last) since = timers.now();
      last = from;
      const { items, more, unreadable = false } = await options.page(from);
      if (from === undefined) {
        // The stream may have begun by itself meanwhile.
        if (this.next === undefined && items.length > 0) this.next = numberOf(items.at(-1)!) + 1;
        return;
      }
      const reached = items.length > 0 ? numberOf(items.at(-1)!) : -Infinity;
      this.take(items, doubted, unreadable ? 'bad-message' : 'missing');
      if (this.behind) continue;
      const waits = this.pending.length > 0 || reached >= this.next!;
      if (!waits && !more) return;
      if (this.next! > from) {
        attempt = 0;
        doubted = false;
        since = timers.now();
        if (more || this.pending.length === 0) continue;
        if (this.pending[0]!.number === this.next) continue;
      }
      // REST has newer items but not this one: asked twice, it is missing. REST has none yet: it may lag.
      if (reached >= this.next!) doubted = true;
      else {
        const waited = timers.now() - (this.pending[0]?.at ?? Infinity) >= options.lag;
        if (waited) this.dropStray();
        if (waited && timers.now() - since >= options.lag) this.jump('missing');
      }
      this.drain();
      if (this.pending.length === 0 && !doubted) return;
      await timers.sleep(250 + timers.backoff(attempt++, 250, 4000));
    }
  }

  /** What REST gave, with what waits in between; a hole in both is a gap once REST has been asked twice. */
  private take(items: readonly Item[], doubted: boolean, reason: GapEvent['reason']): void {
    const { numberOf, counts } = this.options;
    for (const item of items) {
      const number = numberOf(item);
      this.drain();
      if (number < this.next! || this.behind) continue;
      if (number > this.next!) {
        if (!doubted || !this.gap(number, reason)) return;
      }
      this.announce('fetched');
      if (!this.give(item, number)) return;
      this.fetched++;
      counts.filled++;
    }
    this.drain();
  }

  /** Names what was known to be missing when REST was first asked; what showed later has REST asked anew. */
  private giveUp(reason: GapEvent['reason'], began: number): void {
    while (this.pending.length > 0 && this.pending[0]!.at <= began) {
      if (!this.dropStray()) this.jump(reason);
      this.drain();
    }
  }

  /** Over what is missing, to the first item that waits. */
  private jump(reason: GapEvent['reason']): void {
    if (this.pending.length > 0) this.gap(this.pending[0]!.number, reason);
  }

  /** Lets go of an item so far ahead that its number must be wrong, since neither REST nor another item is near it. */
  private dropStray(): boolean {
    const [first, second] = this.pending;
    if (!first || first.number - this.next! <= FAR_AHEAD) return false;
    if (second && second.number - first.number <= FAR_AHEAD) return false;
    this.pending.shift();
    this.options.counts.garbage++;
    return true;
  }

  /** Names what is missing before a number; false where there is no room to say so. */
  private gap(number: number, reason: GapEvent['reason']): boolean {
    const { symbol, timers, nameOf, counts } = this.options;
    const from = this.next!;
    if (number <= from) return true;
    const count = number - from;
    const event = { from: nameOf(from), to: nameOf(number - 1), count, time: timers.now(), reason };
    if (!this.options.deliver({ type: 'gap', symbol, ...event })) {
      this.fallBehind();
      return false;
    }
    counts.gaps++;
    counts.missing += count;
    this.next = number;
    return true;
  }

  private give(item: Item, number: number): boolean {
    if (!this.options.deliver(item)) {
      this.fallBehind();
      return false;
    }
    this.options.counts.delivered++;
    this.begun = true;
    this.next = number + 1;
    return true;
  }

  private fallBehind(): void {
    this.behind = true;
    this.options.counts.shed += this.pending.length + 1;
    this.pending = [];
  }

  /** Keeps an item until the one before it is there. */
  private hold(item: Item, number: number): void {
    const { pending } = this;
    const { timers, counts, most } = this.options;
    if (pending.length >= most) {
      // Too many to wait: REST has them all.
      counts.shed += pending.length + 1;
      this.pending = [];
      return;
    }
    let place = pending.length;
    while (place > 0 && pending[place - 1]!.number > number) place--;
    if (place > 0 && pending[place - 1]!.number === number) counts.duplicates++;
    else pending.splice(place, 0, { item, number, at: timers.now() });
    if (pending.length > counts.mostPending) counts.mostPending = pending.length;
  }

  /** Hands on what waits and is no longer ahead. */
  private drain(): void {
    let taken = 0;
    while (taken < this.pending.length && !this.behind) {
      const { item, number } = this.pending[taken]!;
      if (number > this.next!) break;
      taken++;
      if (number < this.next!) this.options.counts.duplicates++;
      else if (!this.give(item, number)) return;
    }
    if (taken > 0) this.pending.splice(0, taken);
  }

  private announce(reason: string): void {
    if (this.announced) return;
    this.announced = true;
    this.options.status('filling', this.options.symbol, reason);
  }

  /** The stream repeats itself, or its numbers have started over: where that goes on, the reader is told. */
  private isOld(number: number): void {
    const { timers, symbol, status } = this.options;
    const now = timers.now();
    if (!(number > this.old.last)) this.old = { count: 0, last: -Infinity, since: now };
    const { count, since } = this.old;
    this.old = { count: count + 1, last: number, since };
    if (count + 1 < MOST_OLD || now - since < LONGEST_OLD || this.stale) return;
    this.stale = true;
    const { nameOf } = this.options;
    status(
      'stale',
      symbol,
      `the stream is at ${nameOf(number)}, ${nameOf(this.next! - 1)} has been delivered`,
    );
  }

  private isNew(): void {
    this.old = { count: 0, last: -Infinity, since: NaN };
    if (!this.stale) return;
    this.stale = false;
    this.options.status('live', this.options.symbol, 'the stream goes on');
  }

  private refuseFrom(number: number): void {
    const { symbol, nameOf } = this.options;
    const message = `binance: from is ${nameOf(this.next! - 1)} for ${symbol}, but the exchange is only at ${nameOf(number)}`;
    this.options.fail(new FeedError('refused', message));
  }
}
