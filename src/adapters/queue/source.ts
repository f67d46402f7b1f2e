import { DataError } from '../../core/errors.js';

/** Items in order, there already or still to come. */
export type Source<Item> = Iterable<Item> | AsyncIterable<Item>;

/** An iterator whose `next` answers at once or later. */
export interface AnyIterator<Item> {
  next(): IteratorResult<Item, unknown> | Promise<IteratorResult<Item, unknown>>;
  return?(): unknown;
}

/** How a source is read; calling it opens the source. */
export function opener<Item>(who: string, source: Source<Item>): () => AnyIterator<Item> {
  const start = ((source as AsyncIterable<Item> | undefined)?.[Symbol.asyncIterator] ??
    (source as Iterable<Item> | undefined)?.[Symbol.iterator]) as (() => AnyIterator<Item>) | undefined;
  if (typeof start !== 'function') {
    throw new DataError('unreadable', `${who}: a source must be iterable, received ${source}`);
  }
  return () => start.call(source);
}

/** Whether an answer comes later. */
export function isLater<Value>(answer: Value | Promise<Value>): answer is Promise<Value> {
  return typeof (answer as Promise<Value>).then === 'function';
}
