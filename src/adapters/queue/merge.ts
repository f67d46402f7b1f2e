import { checkOptions } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { type Clock, systemClock } from './clock.js';
import { type AnyIterator, isLater, iteratorOf, type Source } from './source.js';

/** Something that happened at a time, in milliseconds since 1970 UTC. */
export interface Timed {
  readonly time: number;
}

export interface MergeOptions {
  /**
   * How long an item waits for a source that has nothing to show. Without it, for ever: the order is then exact, which
   * is what recordings want, and a silent source holds up the others.
   */
  readonly wait?: Duration;
  readonly clock?: Clock;
}

/** One source and what it shows. */
interface Lane<Item> {
  readonly iterator: AnyIterator<Item>;
  state: 'asked' | 'showing' | 'over';
  item: Item | undefined;
  time: number;
  arrived: number;
}

const DONE = { done: true, value: undefined } as const;

class Merged<Item extends Timed> implements AsyncIterableIterator<Item, undefined, undefined> {
  private readonly lanes: Lane<Item>[];
  private wake: (() => void) | undefined;
  private error: { readonly thrown: unknown } | undefined;
  private started = false;

  constructor(
    sources: readonly Source<Item>[],
    private readonly wait: number,
    private readonly clock: Clock,
  ) {
    this.lanes = sources.map((source) => ({
      iterator: iteratorOf('merge', source),
      ...{ state: 'asked', item: undefined, time: NaN, arrived: NaN },
    }));
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (!this.started) {
      this.started = true;
      for (const lane of this.lanes) this.ask(lane);
    }
    const ready = this.ready();
    return ready ? Promise.resolve(ready) : this.later();
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    for (const lane of this.lanes) {
      if (lane.state !== 'over') await lane.iterator.return?.();
      lane.state = 'over';
    }
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next item, the end, or nothing while a source still has to answer. */
  private ready(): IteratorResult<Item, undefined> | undefined {
    if (this.error) return undefined;
    let first: Lane<Item> | undefined;
    let asked = false;
    for (const lane of this.lanes) {
      if (lane.state === 'asked') asked = true;
      // What has no time goes at once.
      else if (lane.state === 'showing' && (!first || !(lane.time >= first.time))) first = lane;
    }
    if (!first) return asked ? undefined : DONE;
    if (asked && !(this.clock.now() - first.arrived >= this.wait)) return undefined;
    const value = first.item!;
    this.ask(first);
    return { done: false, value };
  }

  private async later(): Promise<IteratorResult<Item, undefined>> {
    for (;;) {
      const ready = this.ready();
      if (ready) return ready;
      if (this.error) {
        const { thrown } = this.error;
        await this.return();
        throw thrown;
      }
      await new Promise<void>((resolve) => {
        const calledOff = this.alarm(resolve);
        this.wake = () => {
          calledOff?.();
          resolve();
        };
      });
    }
  }

  /** Wakes up when the item that has waited longest has waited long enough. */
  private alarm(call: () => void): (() => void) | undefined {
    const showing = this.lanes.filter(({ state }) => state === 'showing').map(({ arrived }) => arrived);
    if (showing.length === 0 || this.wait === Infinity) return undefined;
    return this.clock.after(Math.max(0, Math.min(...showing) + this.wait - this.clock.now()), call);
  }

  private ask(lane: Lane<Item>): void {
    lane.state = 'asked';
    lane.item = undefined;
    const answer = lane.iterator.next();
    if (!isLater(answer)) {
      this.show(lane, answer);
      return;
    }
    answer.then(
      (result) => {
        this.show(lane, result);
        this.wake?.();
      },
      (thrown: unknown) => {
        lane.state = 'over';
        this.error ??= { thrown };
        this.wake?.();
      },
    );
  }

  private show(lane: Lane<Item>, { done, value }: IteratorResult<Item, unknown>): void {
    if (done) {
      lane.state = 'over';
      return;
    }
    lane.state = 'showing';
    lane.item = value;
    lane.time = value.time;
    if (this.wait < Infinity) lane.arrived = this.clock.now();
  }
}

/**
 * Several feeds as one, by time; at one time, in the order the feeds are named. Each feed must be in order itself.
 * When the reader leaves, every feed is left.
 *
 * @throws OptionError, DataError `unreadable` where a feed cannot be iterated
 * @example
 * ```ts
 * const btc = [{ time: 1, price: 60000 }, { time: 5, price: 60001 }];
 * const eth = [{ time: 2, price: 3000 }, { time: 9, price: 3001 }];
 * const times: number[] = [];
 * for await (const { time } of merge([btc, eth])) times.push(time);
 * times; // → [1, 2, 5, 9]
 * ```
 */
export function merge<Item extends Timed>(
  feeds: readonly Source<Item>[],
  options: MergeOptions = {},
): AsyncIterableIterator<Item, undefined, undefined> {
  checkOptions('merge', options, ['wait', 'clock']);
  const { wait, clock = systemClock } = options;
  return new Merged(feeds, wait === undefined ? Infinity : duration('merge', 'wait', wait), clock);
}
