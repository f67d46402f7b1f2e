import type { DepthMessage, Level, SnapshotMessage } from './message.js';

/** Prices farther from the best than this many are forgotten; the exchange's own snapshot holds 5,000 at most. */
const MOST_LEVELS = 10_000;

/** One side of a book, the best price at the end, where changes are most frequent and cheapest. */
interface BookSide {
  best(): number;
  reset(levels: readonly Level[]): void;
  set(level: Level): void;
  /** The best prices, best first. */
  top(count: number): Level[];
}

/** `sign` is 1 where a higher price is better (bids), -1 where a lower one is (asks). */
function bookSide(sign: 1 | -1): BookSide {
  let prices: number[] = [];
  let quantities: number[] = [];
  return {
    best: () => prices.at(-1) ?? NaN,
    reset(levels) {
      const there = levels.filter(([, quantity]) => quantity > 0);
      const sorted = there.sort(([a], [b]) => (a - b) * sign).slice(-MOST_LEVELS);
      prices = sorted.map(([price]) => price);
      quantities = sorted.map(([, quantity]) => quantity);
    },
    set([price, quantity]) {
      // Where the price is, or where it belongs.
      let at = 0;
      for (let high = prices.length; at < high; ) {
        const middle = (at + high) >> 1;
        if ((prices[middle]! - price) * sign < 0) at = middle + 1;
        else high = middle;
      }
      const known = prices[at] === price;
      if (quantity > 0 && known) quantities[at] = quantity;
      else if (quantity > 0) {
        prices.splice(at, 0, price);
        quantities.splice(at, 0, quantity);
      } else if (known) {
        prices.splice(at, 1);
        quantities.splice(at, 1);
      }
      if (prices.length > MOST_LEVELS) {
        prices.shift();
        quantities.shift();
      }
    },
    top(count) {
      const from = Math.max(0, prices.length - count);
      return prices
        .slice(from)
        .map((price, i): Level => [price, quantities[from + i]!])
        .reverse();
    },
  };
}

/** What came of a message: it changed the book, was older than the book, waits for a snapshot, or does not join on. */
export type BookOutcome = 'applied' | 'old' | 'waiting' | 'broken';

/** How many changes wait for a snapshot: at ten a second, some minutes. */
const MOST_WAITING = 4096;

/**
 * An order book kept from a snapshot and the changes since, each of which must join on to the one before. Changes that
 * come before the snapshot wait for it, as the exchange asks. A change that does not join on leaves the book without
 * a snapshot: what stood is gone, and `update` answers `waiting` until the next one.
 *
 * Source: Binance, "How to manage a local order book correctly", spot and USD-M futures (the rules differ: spot ids run
 * on by one, futures name the id before).
 *
 * @example
 * ```ts
 * const book = new OrderBook();
 * const change = (firstId: number, lastId: number, bids: [number, number][]) =>
 *   ({ type: 'depth', symbol: 'X', time: NaN, eventTime: 0, firstId, lastId, previousId: NaN, bids, asks: [] }) as const;
 * book.update(change(9, 11, [[100, 7]])); // → 'waiting'
 * book.reset({ type: 'snapshot', id: 10, time: NaN, eventTime: NaN, bids: [[100, 5]], asks: [[101, 2]] }); // → 'applied'
 * book.bids(1); // → [[100, 7]]
 * book.update(change(12, 13, [[100, 0], [99, 4]])); // → 'applied'
 * [book.bestBid, book.bestAsk, book.id]; // → [99, 101, 13]
 * book.update(change(20, 21, [])); // → 'broken'
 * ```
 */
export class OrderBook {
  /** The last update in the book; NaN until there is a snapshot. */
  id: number = NaN;
  /** When the exchange told of it; NaN where it does not say. */
  time: number = NaN;
  private readonly bidSide: BookSide = bookSide(1);
  private readonly askSide: BookSide = bookSide(-1);
  private waiting: DepthMessage[] = [];
  /** Whether a change has joined on to the snapshot. */
  private joined = false;

  /** Whether there is a book. */
  get ready(): boolean {
    return !Number.isNaN(this.id);
  }

  get bestBid(): number {
    return this.bidSide.best();
  }

  get bestAsk(): number {
    return this.askSide.best();
  }

  /** The best bids, best first. */
  bids(count: number): Level[] {
    return this.bidSide.top(count);
  }

  /** The best offers, best first. */
  asks(count: number): Level[] {
    return this.askSide.top(count);
  }

  /**
   * Starts from a snapshot, and the changes that waited for one; `broken` where they begin after it, or its best bid is
   * not below its best offer.
   */
  reset(snapshot: SnapshotMessage): BookOutcome {
    this.bidSide.reset(snapshot.bids);
    this.askSide.reset(snapshot.asks);
    if (this.bestBid >= this.bestAsk) return this.empty();
    this.id = snapshot.id;
    this.time = snapshot.eventTime;
    this.joined = false;
    const { waiting } = this;
    this.waiting = [];
    for (let i = 0; i < waiting.length; i++) {
      if (this.update(waiting[i]!) !== 'broken') continue;
      // A snapshot older than the stream: what waited still waits, for a newer one.
      this.waiting = waiting.slice(i);
      return 'broken';
    }
    return 'applied';
  }

  /** Applies the changes of one message, if it is the next. */
  update(change: DepthMessage): BookOutcome {
    if (!this.ready) {
      const { waiting } = this;
      // What is ahead of one that comes later is a stray, or of ids that have since started over.
      while (waiting.length > 0 && waiting.at(-1)!.lastId >= change.lastId) waiting.pop();
      if (waiting.length === MOST_WAITING) waiting.shift();
      waiting.push(change);
      return 'waiting';
    }
    if (this.isOld(change)) return 'old';
    if (!this.joins(change)) {
      this.waiting = [change];
      return this.empty();
    }
    for (const level of change.bids) this.bidSide.set(level);
    for (const level of change.asks) this.askSide.set(level);
    this.id = change.lastId;
    this.time = change.eventTime;
    this.joined = true;
    return 'applied';
  }

  private empty(): BookOutcome {
    this.id = NaN;
    this.bidSide.reset([]);
    this.askSide.reset([]);
    return 'broken';
  }

  private isOld({ lastId, previousId }: DepthMessage): boolean {
    // On futures the first change may end at the very update of the snapshot.
    return Number.isNaN(previousId) || this.joined ? lastId <= this.id : lastId < this.id;
  }

  private joins({ firstId, previousId }: DepthMessage): boolean {
    // A change says what stands at its end, so what is covered already does no harm.
    if (Number.isNaN(previousId)) return firstId <= this.id + 1;
    // The message holds every change since the one it names, so it joins on to any snapshot in between.
    return this.joined ? previousId === this.id : previousId <= this.id;
  }
}
