import { checkChoice, checkInteger, checkOptions } from '../../core/checks.js';
import { FeedError, OptionError } from '../../core/errors.js';

/**
 * What happens to an item when there is no room: it is refused, the oldest goes, or (with `keyOf`) it takes the place
 * of the one that waits under the same key, room or not.
 */
export type WhenFull = 'refuse' | 'drop-oldest' | 'latest';

export interface QueueOptions<Item> {
  /** How many items may wait. */
  readonly capacity: number;
  readonly whenFull?: WhenFull;
  /** What an item is the latest of; needed for `latest`, and for nothing else. */
  readonly keyOf?: (item: Item) => string | number;
  /** Called when half of the room is free again after less than a quarter was. */
  readonly onRoom?: () => void;
  /** Called once, when the reader leaves: by `break`, by a throw, or at the end. */
  readonly onLeave?: () => void;
}

interface Waiter<Item> {
  resolve(result: IteratorResult<Item, undefined>): void;
  reject(error: unknown): void;
}

const DONE = { done: true, value: undefined } as const;

/**
 * A bounded hand-over from what pushes (a socket) to what pulls (`for await`), for one reader.
 *
 * @throws OptionError
 * @example
 * ```ts
 * const queue = new Queue<number>({ capacity: 2 });
 * [queue.push(1), queue.push(2), queue.push(3)]; // → [true, true, false]
 * queue.end();
 * const seen: number[] = [];
 * for await (const item of queue) seen.push(item);
 * seen; // → [1, 2]
 * ```
 */
export class Queue<Item> implements AsyncIterableIterator<Item, undefined, undefined> {
  /** How many items were lost to newer ones, and how many were refused. */
  dropped = 0;
  refused = 0;
  private readonly capacity: number;
  private readonly whenFull: WhenFull;
  private readonly keyOf: ((item: Item) => string | number) | undefined;
  private readonly onRoom: (() => void) | undefined;
  private onLeave: (() => void) | undefined;
  private items: Item[] = [];
  private head = 0;
  private readonly latest: Map<string | number, Item> = new Map();
  private waiters: Waiter<Item>[] = [];
  private low = false;
  private ended = false;
  private error: { readonly thrown: unknown } | undefined;

  constructor(options: QueueOptions<Item>) {
    checkOptions('Queue', options, ['capacity', 'whenFull', 'keyOf', 'onRoom', 'onLeave']);
    const { capacity, whenFull = 'refuse', keyOf, onRoom, onLeave } = options;
    this.capacity = checkInteger('Queue', 'capacity', capacity);
    this.whenFull = checkChoice('Queue', 'whenFull', whenFull, ['refuse', 'drop-oldest', 'latest']);
    if ((whenFull === 'latest') !== (keyOf !== undefined)) {
      throw new OptionError(
        `Queue: keyOf belongs to whenFull 'latest', received ${keyOf} with '${whenFull}'`,
      );
    }
    this.keyOf = keyOf;
    this.onRoom = onRoom;
    this.onLeave = onLeave;
  }

  /** How many items wait. */
  get size(): number {
    return this.items.length - this.head + this.latest.size;
  }

  /** How many more would be taken. */
  get room(): number {
    return this.ended ? 0 : Math.max(0, this.capacity - this.size);
  }

  /** Hands one over; false when it was not taken. What is `urgent` is taken even where there is no room. */
  push(item: Item, urgent = false): boolean {
    if (this.ended) return false;
    if (this.waiters.length > 0) {
      this.waiters.shift()!.resolve({ done: false, value: item });
      return true;
    }
    if (this.keyOf && !urgent) return this.replace(this.keyOf(item), item);
    if (this.size >= this.capacity && !urgent) {
      if (this.whenFull === 'refuse') {
        this.low = true;
        this.refused++;
        return false;
      }
      this.take();
      this.dropped++;
    }
    this.items.push(item);
    if (this.size * 4 > this.capacity * 3) this.low = true;
    return true;
  }

  /** No more will come: the reader gets what waits, then the end. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.waiters.length > 0) this.settle();
  }

  /** No more will come: the reader gets what waits, then the error. */
  fail(error: unknown): void {
    if (this.ended) return;
    this.error = { thrown: error };
    this.end();
  }

  /** What waits is thrown away, and the reader gets the end. */
  stop(): void {
    this.items = [];
    this.head = 0;
    this.latest.clear();
    this.end();
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.size > 0) {
      const value = this.take();
      if (this.low && this.size <= this.capacity >> 1) {
        this.low = false;
        this.onRoom?.();
      }
      return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      if (this.ended) this.settle();
    });
  }

  /** The reader leaves. */
  return(): Promise<IteratorResult<Item, undefined>> {
    this.error = undefined;
    this.stop();
    this.leave();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Tells those who wait of the end. */
  private settle(): void {
    const { waiters, error } = this;
    this.waiters = [];
    this.error = undefined;
    for (const [i, waiter] of waiters.entries()) {
      if (error && i === 0) waiter.reject(error.thrown);
      else waiter.resolve(DONE);
    }
    this.leave();
  }

  private leave(): void {
    const { onLeave } = this;
    this.onLeave = undefined;
    onLeave?.();
  }

  private replace(key: string | number, item: Item): boolean {
    if (this.latest.has(key)) this.dropped++;
    else if (this.size >= this.capacity) {
      this.refused++;
      this.low = true;
      return false;
    }
    this.latest.set(key, item);
    return true;
  }

  private take(): Item {
    if (this.head < this.items.length) {
      const item = this.items[this.head]!;
      // What was read must not be kept alive.
      this.items[this.head++] = undefined as Item;
      if (this.head === this.items.length) {
        this.items = [];
        this.head = 0;
      } else if (this.head >= 1024 && this.head * 2 >= this.items.length) {
        this.items = this.items.slice(this.head);
        this.head = 0;
      }
      return item;
    }
    const [key, item] = this.latest.entries().next().value as [string | number, Item];
    this.latest.delete(key);
    return item;
  }
}

/** An async iterable that can be read once, and says so when it is read again. */
export function readOnce<Item>(
  who: string,
  start: () => AsyncIterator<Item, undefined, undefined>,
): AsyncIterable<Item> {
  let started = false;
  return {
    [Symbol.asyncIterator]() {
      if (started) throw new FeedError('in-use', `${who}: a feed can be read once, by one reader`);
      started = true;
      return start();
    },
  };
}
