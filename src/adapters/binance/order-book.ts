import type { DepthMessage, Level, SnapshotMessage } from './message.js';

/** Prices farther from the best than this many are forgotten; the exchange's own snapshot holds 5,000 at most. */
const MOST_LEVELS = 10_000;

/** One side of a book, the best price at the end of its arrays, where changes are most frequent and cheapest. */
class BookSide {
  private price: number[] = [];
  private quantity: number[] = [];

  /** `sign` is 1 where a higher price is better (bids), -1 where a lower one is (asks). */
  constructor(private readonly sign: 1 | -1) {}

  get length(): number {
    return this.price.length;
  }

  get best(): number {
    return this.price.at(-1) ?? NaN;
  }

  reset(levels: readonly Level[]): void {
    const sorted = levels
      .filter(([, quantity]) => quantity > 0)
      .sort(([a], [b]) => (a - b) * this.sign)
      .slice(-MOST_LEVELS);
    this.price = sorted.map(([price]) => price);
    this.quantity = sorted.map(([, quantity]) => quantity);
  }

  set([price, quantity]: Level): void {
    const at = this.placeOf(price);
    const known = this.price[at] === price;
    if (quantity === 0) {
      if (!known) return;
      this.price.splice(at, 1);
      this.quantity.splice(at, 1);
    } else if (known) {
      this.quantity[at] = quantity;
    } else {
      this.price.splice(at, 0, price);
      this.quantity.splice(at, 0, quantity);
      if (this.price.length > MOST_LEVELS) {
        this.price.shift();
        this.quantity.shift();
      }
    }
  }

  /** The best prices, best first. */
  top(count: number): Level[] {
    const { price, quantity } = this;
    const from = Math.max(0, price.length - count);
    return price
      .slice(from)
      .map((paid, i): Level => [paid, quantity[from + i]!])
      .reverse();
  }

  /** Where a price is, or where it belongs. */
  private placeOf(price: number): number {
    let [low, high] = [0, this.price.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.price[middle]! - price) * this.sign < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
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
  private readonly bidSide: BookSide = new BookSide(1);
  private readonly askSide: BookSide = new BookSide(-1);
  private waiting: DepthMessage[] = [];
  /** Whether a change has joined on to the snapshot. */
  private joined = false;

  /** Whether there is a book. */
  get ready(): boolean {
    return !Number.isNaN(this.id);
  }

  get bestBid(): number {
    return this.bidSide.best;
  }

  get bestAsk(): number {
    return this.askSide.best;
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
    if (this.bestBid >= this.bestAsk) {
      this.id = NaN;
      this.bidSide.reset([]);
      this.askSide.reset([]);
      return 'broken';
    }
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
      if (this.waiting.length === MOST_WAITING) this.waiting.shift();
      this.waiting.push(change);
      return 'waiting';
    }
    if (this.isOld(change)) return 'old';
    if (!this.joins(change)) {
      this.id = NaN;
      this.bidSide.reset([]);
      this.askSide.reset([]);
      this.waiting = [change];
      return 'broken';
    }
    for (const level of change.bids) this.bidSide.set(level);
    for (const level of change.asks) this.askSide.set(level);
    this.id = change.lastId;
    this.time = change.eventTime;
    this.joined = true;
    return 'applied';
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
