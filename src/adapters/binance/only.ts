/**
 * The events of one type alone, such as the trades of a feed. Gaps and statuses are passed over, so this is for those
 * who hear of them by `onStatus`, or do not mind.
 *
 * @example
 * ```ts
 * async function* events() {
 *   yield { type: 'status', status: 'live' } as const;
 *   yield { type: 'trade', price: 100 } as const;
 * }
 * const prices: number[] = [];
 * for await (const { price } of only(events(), 'trade')) prices.push(price);
 * prices; // → [100]
 * ```
 */
export function only<Event extends { readonly type: string }, Type extends Event['type']>(
  events: AsyncIterable<Event>,
  type: Type,
): AsyncIterableIterator<Extract<Event, { readonly type: Type }>, undefined, undefined> {
  type Wanted = Extract<Event, { readonly type: Type }>;
  let iterator: AsyncIterator<Event, unknown, undefined> | undefined;
  let over = false;
  const done = { done: true, value: undefined } as const;
  return {
    async next() {
      for (;;) {
        if (!over) iterator ??= events[Symbol.asyncIterator]();
        const result = (await iterator?.next()) ?? done;
        if (result.done) return done;
        if (result.value.type === type) return { done: false, value: result.value as Wanted };
      }
    },
    // Handed through at once, whatever is being waited for.
    async return() {
      over = true;
      await iterator?.return?.();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
