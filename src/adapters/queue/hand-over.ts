/** What has been pushed and not yet been read, and what happens when there is no room for more. */
export interface Waiting<Item> {
  size(): number;
  /** Takes one in; false where there is no room. */
  add(item: Item): boolean;
  /** Lets the first go, which there must be. */
  take(): Item;
  clear(): void;
}

/** A hand-over from what pushes to one reader. */
export interface HandOver<Item> extends AsyncIterableIterator<Item, undefined, undefined> {
  next(): Promise<IteratorResult<Item, undefined>>;
  /** Hands one to a reader who waits for it; false where there is none. */
  give(item: Item): boolean;
  /** Hands one over, now or later; false when it was not taken. */
  push(item: Item): boolean;
  /** No more will come: the reader gets what waits, then the end. */
  end(): void;
  /** No more will come: the reader gets what waits, then the error. */
  fail(error: unknown): void;
  /** The reader leaves. */
  return(): Promise<IteratorResult<Item, undefined>>;
}

const DONE = { done: true, value: undefined } as const;

/** Items in the order they came, so many of them at most; more are refused. */
export function inOrder<Item>(capacity: number): Waiting<Item> {
  let entering: Item[] = [];
  /** The last first, so that each goes from the end. */
  let leaving: Item[] = [];
  const size = (): number => entering.length + leaving.length;
  return {
    size,
    add: (item) => size() < capacity && entering.push(item) > 0,
    take: () => {
      if (leaving.length === 0) [entering, leaving] = [leaving, entering.reverse()];
      return leaving.pop()!;
    },
    clear: () => {
      entering = [];
      leaving = [];
    },
  };
}

/**
 * The latest item of each key, in the place of the first; a key more than there is room for, beside whatever `others`
 * wait, is refused.
 */
export function latestOf<Item>(
  capacity: number,
  keyOf: (item: Item) => string | number,
  replaced?: () => void,
  others: () => number = () => 0,
): Waiting<Item> {
  const latest = new Map<string | number, Item>();
  return {
    size: () => latest.size,
    add: (item) => {
      const key = keyOf(item);
      if (latest.has(key)) replaced?.();
      else if (latest.size + others() >= capacity) return false;
      latest.set(key, item);
      return true;
    },
    take: () => {
      const [key, item] = latest.entries().next().value as [string | number, Item];
      latest.delete(key);
      return item;
    },
    clear: () => latest.clear(),
  };
}

/** Hands over what waits; `taken` is called after each item that was read from it, `left` once, at the end. */
export function handOver<Item>(
  { size, add, take, clear }: Waiting<Item>,
  taken: () => void,
  left: () => void,
): HandOver<Item> {
  type Answer = IteratorResult<Item, undefined>;
  const readers: ((answer: Answer | Promise<Answer>) => void)[] = [];
  const over = (): Answer => DONE;
  let ended = false;
  /** What the next reader to come to the end is told. */
  let last: () => Answer | Promise<Answer> = over;
  const settle = (): void => {
    for (const answer of readers.splice(0)) {
      answer(last());
      last = over;
    }
    left();
    left = () => {};
  };
  const end = (): void => {
    ended = true;
    if (readers.length > 0) settle();
  };
  const give = (item: Item): boolean => {
    if (readers.length === 0) return false;
    readers.shift()!({ done: false, value: item });
    return true;
  };
  return {
    give,
    push: (item) => !ended && (give(item) || add(item)),
    end,
    fail(error) {
      if (ended) return;
      last = () => Promise.reject(error);
      end();
    },
    next() {
      if (size() > 0) {
        const value = take();
        taken();
        return Promise.resolve({ done: false, value });
      }
      return new Promise((answer) => {
        readers.push(answer);
        if (ended) settle();
      });
    },
    return() {
      clear();
      ended = true;
      last = over;
      settle();
      return Promise.resolve(DONE);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
