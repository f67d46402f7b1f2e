import { checkChoice, checkInteger, checkOptions } from '../../core/checks.js';
import { OptionError } from '../../core/errors.js';
import { type HandOver, handOver, inOrder, latestOf, type Waiting } from './hand-over.js';

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
  private readonly inLine: Waiting<Item> = inOrder(Infinity);
  private readonly byKey: Waiting<Item> | undefined;
  private readonly handed: HandOver<Item>;
  private low = false;
  private ended = false;

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
    this.byKey = keyOf && latestOf(capacity, keyOf, () => this.dropped++, this.inLine.size);
    const { inLine, byKey } = this;
    const waiting: Waiting<Item> = {
      size: () => inLine.size() + (byKey?.size() ?? 0),
      add: (item) => inLine.add(item),
      take: () => (inLine.size() > 0 ? inLine : byKey!).take(),
      clear: () => {
        inLine.clear();
        byKey?.clear();
      },
    };
    const taken = (): void => {
      if (!this.low || this.size > this.capacity >> 1) return;
      this.low = false;
      onRoom?.();
    };
    this.handed = handOver(waiting, taken, () => onLeave?.());
  }

  /** How many items wait. */
  get size(): number {
    return this.inLine.size() + (this.byKey?.size() ?? 0);
  }

  /** How many more would be taken. */
  get room(): number {
    return this.ended ? 0 : Math.max(0, this.capacity - this.size);
  }

  /** Hands one over; false when it was not taken. What is `urgent` is taken even where there is no room. */
  push(item: Item, urgent = false): boolean {
    const { byKey, capacity, inLine } = this;
    if (this.ended) return false;
    if (this.handed.give(item)) return true;
    if (byKey && !urgent) return byKey.add(item) || this.refuse();
    if (this.size >= capacity && !urgent) {
      if (this.whenFull === 'refuse') return this.refuse();
      inLine.take();
      this.dropped++;
    }
    inLine.add(item);
    if (this.size * 4 > capacity * 3) this.low = true;
    return true;
  }

  /** No more will come: the reader gets what waits, then the end. */
  end(): void {
    this.ended = true;
    this.handed.end();
  }

  /** No more will come: the reader gets what waits, then the error. */
  fail(error: unknown): void {
    this.ended = true;
    this.handed.fail(error);
  }

  /** What waits is thrown away, and the reader gets the end. */
  stop(): void {
    this.inLine.clear();
    this.byKey?.clear();
    this.end();
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    return this.handed.next();
  }

  /** The reader leaves. */
  return(): Promise<IteratorResult<Item, undefined>> {
    this.ended = true;
    return this.handed.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private refuse(): false {
    this.low = true;
    this.refused++;
    return false;
  }
}
