/** Passes on what is of one type, and hands the end and the leaving through. */
class Only<Event extends { readonly type: string }, Type extends string>
  implements AsyncIterableIterator<Extract<Event, { readonly type: Type }>, undefined, undefined>
{
  private iterator: AsyncIterator<Event, unknown, undefined> | undefined;
  private over = false;

  constructor(
    private readonly events: AsyncIterable<Event>,
    private readonly type: Type,
  ) {}

  async next(): Promise<IteratorResult<Extract<Event, { readonly type: Type }>, undefined>> {
    for (;;) {
      if (!this.over) this.iterator ??= this.events[Symbol.asyncIterator]();
      const { done, value } = (await this.iterator?.next()) ?? { done: true, value: undefined };
      if (done) return { done: true, value: undefined };
      if (value.type === this.type) {
        return { done: false, value: value as Extract<Event, { readonly type: Type }> };
      }
    }
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.over = true;
    await this.iterator?.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

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
  return new Only(events, type);
}
