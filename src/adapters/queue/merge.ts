import { checkOptions } from '../../core/checks.js';
import { type Duration, duration } from '../../core/duration.js';
import { type Clock, systemClock } from './clock.js';
import { type AnyIterator, isLater, opener, type Source } from './source.js';

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
  readonly open: () => AnyIterator<Item>;
  iterator: AnyIterator<Item> | undefined;
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
  /** How many ask for an item that is not there yet, and when the last of them has been answered. */
  private queued = 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    sources: readonly Source<Item>[],
    private readonly wait: number,
    private readonly clock: Clock,
  ) {
    this.lanes = sources.map((source) => ({
      open: opener('merge', source),
      ...{ iterator: undefined, state: 'asked', item: undefined, time: NaN, arrived: NaN },
    }));
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (!this.started) {
      this.started = true;
      for (const lane of this.lanes) this.ask(lane);
    }
    const ready = this.queued === 0 ? this.ready() : undefined;
    if (ready) return Promise.resolve(ready);
    // Those who ask while others wait are answered after them.
    this.queued++;
    const answer = this.turn.then(() => this.later());
    const over = (): void => {
      this.queued--;
    };
    this.turn = answer.then(over, over);
    return answer;
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    this.started = true;
    const left = this.lanes.map((lane) => this.leave(lane));
    this.wake?.();
    const failed = (await Promise.allSettled(left)).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Every feed is told, at once, whatever the others make of it. */
  private leave(lane: Lane<Item>): unknown {
    const { state, iterator } = lane;
    lane.state = 'over';
    lane.item = undefined;
    if (state === 'over' || !iterator) return undefined;
    // One that is being waited for may never answer, as a generator does not before its own wait is over.
    const left = (async () => iterator.return?.())();
    if (state !== 'asked') return left;
    left.catch(() => {});
    return undefined;
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
        this.error = undefined;
        // What went wrong first is what the reader hears.
        await this.return().catch(() => {});
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
    let answer: IteratorResult<Item, unknown> | Promise<IteratorResult<Item, unknown>>;
    try {
      lane.iterator ??= lane.open();
      answer = lane.iterator.next();
    } catch (thrown) {
      lane.state = 'over';
      this.error ??= { thrown };
      return;
    }
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
        if (lane.state === 'over') return;
        lane.state = 'over';
        this.error ??= { thrown };
        this.wake?.();
      },
    );
  }

  private show(lane: Lane<Item>, { done, value }: IteratorResult<Item, unknown>): void {
    if (done || lane.state === 'over') {
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
