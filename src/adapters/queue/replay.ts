import { checkOptions } from '../../core/checks.js';
import { OptionError } from '../../core/errors.js';
import { type Clock, type StopSignal, systemClock } from './clock.js';
import type { Timed } from './merge.js';
import { type AnyIterator, isLater, opener, type Source } from './source.js';

export interface ReplayOptions {
  /** 1 is the recorded pace, 60 a minute a second, Infinity at once. */
  readonly speed: number;
  readonly signal?: StopSignal;
  readonly clock?: Clock;
}

const DONE = { done: true, value: undefined } as const;

class Replayed<Item extends Timed> implements AsyncIterableIterator<Item, undefined, undefined> {
  /** When the first item was handed over, and the time it bears. */
  private started = NaN;
  private opening = NaN;
  private over = false;
  private readonly open: () => AnyIterator<Item>;
  private iterator: AnyIterator<Item> | undefined;
  /** What ends the pauses under way. */
  private readonly pauses: Set<() => void> = new Set();

  constructor(
    source: Source<Item>,
    private readonly speed: number,
    private readonly clock: Clock,
    private readonly signal: StopSignal | undefined,
  ) {
    this.open = opener('replay', source);
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.over) return Promise.resolve(DONE);
    if (this.signal?.aborted) return this.return();
    this.iterator ??= this.open();
    const answer = this.iterator.next();
    return isLater(answer) ? answer.then((result) => this.pace(result)) : this.pace(answer);
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    if (!this.over) {
      this.over = true;
      for (const end of this.pauses) end();
      await this.iterator?.return?.();
    }
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private pace({ done, value }: IteratorResult<Item, unknown>): Promise<IteratorResult<Item, undefined>> {
    if (done || this.over) {
      this.over = true;
      return Promise.resolve(DONE);
    }
    const now = { done: false, value } as const;
    if (this.speed === Infinity || !Number.isFinite(value.time)) return Promise.resolve(now);
    if (Number.isNaN(this.started)) {
      this.started = this.clock.now();
      this.opening = value.time;
    }
    // Due by the first item, not by the one before: a slow reader is not slowed down further.
    const due = this.started + (value.time - this.opening) / this.speed;
    const wait = due - this.clock.now();
    return wait > 0 ? this.pause(wait, now) : Promise.resolve(now);
  }

  private pause(
    wait: number,
    result: IteratorResult<Item, undefined>,
  ): Promise<IteratorResult<Item, undefined>> {
    return new Promise((resolve) => {
      const stop = (): void => {
        resolve(this.return());
        end();
      };
      const over = (): void => {
        this.pauses.delete(end);
        this.signal?.removeEventListener('abort', stop);
      };
      const end = (): void => {
        over();
        callOff();
        resolve(DONE);
      };
      const callOff = this.clock.after(wait, () => {
        over();
        resolve(result);
      });
      this.pauses.add(end);
      this.signal?.addEventListener('abort', stop);
    });
  }
}

/**
 * Recorded items again: at the pace they were recorded, faster, or at once, so that what runs on a live feed runs on a
 * recording unchanged. Only the pace is the clock's; the items keep their times. Ends early when the signal says so.
 *
 * @throws OptionError, DataError `unreadable` where the source cannot be iterated
 * @example
 * ```ts
 * const tape = [{ time: 0, price: 100 }, { time: 3_600_000, price: 101 }];
 * const prices: number[] = [];
 * for await (const { price } of replay(tape, { speed: Infinity })) prices.push(price);
 * prices; // → [100, 101]
 * ```
 */
export function replay<Item extends Timed>(
  source: Source<Item>,
  options: ReplayOptions,
): AsyncIterableIterator<Item, undefined, undefined> {
  checkOptions('replay', options, ['speed', 'signal', 'clock']);
  const { speed, signal, clock = systemClock } = options;
  if (!(typeof speed === 'number' && speed > 0)) {
    throw new OptionError(`replay: speed must be a positive number or Infinity, received ${speed}`);
  }
  return new Replayed(source, speed, clock, signal);
}
