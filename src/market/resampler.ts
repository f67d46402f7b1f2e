import { checkChoice, checkOptions } from '../core/checks.js';
import { type Duration, durationOrZero } from '../core/duration.js';
import { OptionError } from '../core/errors.js';
import type { Detector } from '../core/estimator.js';
import { asNumber } from '../core/series.js';
import { type Json, open, pack, type Snapshot, unpack } from '../core/snapshot.js';
import { type Bar, flatBar } from './bar.js';
import { Buckets, type ResampleOptions } from './buckets.js';
import { MOST_FLAT } from './flat-gap.js';
import { HeldTrades } from './held-trades.js';
import { OpenBar } from './open-bar.js';
import type { Trade } from './trade.js';

/** How trades become bars, live. */
export interface ResamplerOptions extends ResampleOptions {
  /**
   * How long a bar stays open for stragglers: it closes at a trade this much past its end. Default 0: at the first
   * trade at or past its end.
   */
  readonly lateness?: Duration;
  /** Is handed each trade that cannot be placed: its bar has closed, or its time is not a usable number. */
  readonly onLate?: (trade: Trade) => void;
}

const NOTHING: readonly Bar[] = [];

/**
 * Live bars from live trades: `push` returns the bars a trade closes, usually none.
 *
 * A trade on an edge opens the new bar. With `lateness`, trades are put in order of time, then arrival, before they
 * enter a bar, so the bars are those of the whole tape sorted. Without it a trade may still be older than its
 * neighbours in the open bar: prices, count and volume are right, the volume summed as it arrived.
 *
 * A trade whose bar has closed is never lost silently: it counts in `late` and goes to `onLate`. So does a trade
 * whose time is not finite. One with a time far ahead moves the clock there, and makes those after it late. Under `gaps: 'flat'` a silence of more than a million bars is left as it is.
 *
 * @throws OptionError when an option is missing, unknown or out of range. `push` never throws.
 * @example
 * ```ts
 * const live = new Resampler({ every: '1s' });
 * live.push({ time: 100, price: 10, quantity: 1 }).length; // → 0
 * live.push({ time: 900, price: 12, quantity: 3 }).length; // → 0
 * const [bar] = live.push({ time: 1000, price: 11, quantity: 1 });
 * bar; // → { time: 0, open: 10, high: 12, low: 10, close: 12, volume: 4, count: 2, vwap: 11.5 }
 * live.flush().length; // → 1
 * ```
 */
export class Resampler implements Detector<Trade, Bar> {
  /** How many trades were handed back so far. */
  late = 0;
  private readonly buckets: Buckets;
  private readonly gaps: 'skip' | 'flat';
  private readonly lateness: number;
  private readonly onLate: ((trade: Trade) => void) | undefined;
  private readonly held: HeldTrades | undefined;
  private readonly bar: OpenBar = new OpenBar();
  /** Stretch of the last bar, and its end while it is open. */
  private index = NaN;
  private end = -Infinity;
  /** Trades before this belong to bars that have closed. */
  private closedUntil = -Infinity;
  /** The last known price, which flat bars carry on. */
  private carried = NaN;
  /** Time of the newest trade; without lateness, of one in the newest bar. */
  private newest = NaN;

  constructor(options: ResamplerOptions) {
    checkOptions('Resampler', options, ['every', 'gaps', 'origin', 'lateness', 'onLate']);
    const { every, gaps = 'skip', origin = 0, lateness = 0, onLate } = options;
    this.buckets = new Buckets('Resampler', every, origin);
    this.gaps = checkChoice('Resampler', 'gaps', gaps, ['skip', 'flat']);
    this.lateness = durationOrZero('Resampler', 'lateness', lateness);
    if (onLate !== undefined && typeof onLate !== 'function') {
      throw new OptionError(`Resampler: onLate must be a function, received ${onLate}`);
    }
    this.onLate = onLate;
    this.held = this.lateness > 0 ? new HeldTrades() : undefined;
  }

  push(trade: Trade): readonly Bar[] {
    return this.bar.follow(trade) ? NOTHING : this.place(trade);
  }

  /** Closes what is open, as at the end of a session. Trades that still come for those bars are late. */
  flush(): readonly Bar[] {
    const closed: Bar[] = [];
    this.release(Infinity, closed);
    return closed;
  }

  snapshot(): Snapshot {
    const { every, origin } = this.buckets;
    const { gaps, lateness, late } = this;
    const state = {
      ...{ every, origin: pack(origin), gaps, lateness, late },
      index: pack(this.index),
      end: pack(this.end),
      closedUntil: pack(this.closedUntil),
      carried: pack(this.carried),
      newest: pack(this.newest),
      bar: this.bar.snapshot(),
      held: this.held?.snapshot() ?? {},
    };
    return { kind: 'Resampler', version: 1, state };
  }

  /** The resampler as it was, bit for bit. A function is no state: pass `onLate` again. */
  static from(snapshot: Snapshot, { onLate }: Pick<ResamplerOptions, 'onLate'> = {}): Resampler {
    const state = open(snapshot, 'Resampler', 1) as ResamplerState;
    const { every, gaps, lateness } = state;
    const resampler = new Resampler({
      ...{ every, gaps, lateness, origin: unpack(state.origin) },
      ...(onLate && { onLate }),
    });
    resampler.late = unpack(state.late);
    resampler.index = unpack(state.index);
    resampler.end = unpack(state.end);
    resampler.closedUntil = unpack(state.closedUntil);
    resampler.carried = unpack(state.carried);
    resampler.newest = unpack(state.newest);
    resampler.bar.restore(state.bar ?? {});
    resampler.held?.restore(state.held ?? {});
    return resampler;
  }

  /** A trade that opens a bar, is held back, comes late or has no price. */
  private place(trade: Trade): readonly Bar[] {
    if (!this.accept(trade)) return NOTHING;
    // What is no number is missing, also to those without a compiler.
    const [time, price, quantity] = [trade.time, asNumber(trade.price), asNumber(trade.quantity)];
    if (this.held !== undefined) return this.hold(this.held, time, price, quantity);
    if (time < this.end) {
      this.bar.add(time, price, quantity);
      return NOTHING;
    }
    const closed: Bar[] = [];
    this.step(time, price, quantity, closed);
    this.bar.until = this.end;
    return closed;
  }

  /** Whether a trade can be placed; hands it back when not. */
  private accept(trade: Trade): boolean {
    const time = asNumber(trade.time);
    if (time >= this.closedUntil && this.buckets.place(time)) {
      if (!(time <= this.newest)) this.newest = time;
      return true;
    }
    this.late++;
    this.onLate?.(trade);
    return false;
  }

  /** Keeps a trade back, and lets go of the bars that no straggler may reach any more. */
  private hold(held: HeldTrades, time: number, price: number, quantity: number): readonly Bar[] {
    held.insert(time, price, quantity);
    if (!this.buckets.place(this.newest - this.lateness)) return NOTHING;
    const edge = this.buckets.start;
    if (edge <= this.closedUntil) return NOTHING;
    const closed: Bar[] = [];
    this.release(edge, closed);
    this.closedUntil = edge;
    return closed;
  }

  /** Closes every bar up to `edge`. */
  private release(edge: number, closed: Bar[]): void {
    if (this.held !== undefined) {
      const { time, price, quantity } = this.held.release(edge);
      for (let i = 0; i < time.length; i++) this.step(time[i]!, price[i]!, quantity[i]!, closed);
    }
    this.close(closed);
  }

  /** Puts a trade into its bar, closing the bar before it. */
  private step(time: number, price: number, quantity: number, closed: Bar[]): void {
    if (!(time < this.end)) {
      this.close(closed);
      const { buckets } = this;
      buckets.place(time);
      if (this.gaps === 'flat' && buckets.index - this.index - 1 <= MOST_FLAT) {
        for (let i = this.index + 1; i < buckets.index; i++)
          closed.push(flatBar(buckets.opening(i), this.carried));
      }
      this.index = buckets.index;
      this.end = buckets.end;
      this.closedUntil = buckets.start;
    }
    this.bar.add(time, price, quantity);
  }

  private close(closed: Bar[]): void {
    if (this.bar.count === 0) return;
    closed.push(this.bar.bar(this.buckets.opening(this.index)));
    if (!Number.isNaN(this.bar.close)) this.carried = this.bar.close;
    this.bar.clear();
    this.closedUntil = this.end;
    this.end = -Infinity;
  }
}

type ResamplerState = Record<
  'origin' | 'late' | 'index' | 'end' | 'closedUntil' | 'carried' | 'newest',
  number | string
> & { every: number; gaps: 'skip' | 'flat'; lateness: number } & Record<
    'bar' | 'held',
    { [key: string]: Json }
  >;
