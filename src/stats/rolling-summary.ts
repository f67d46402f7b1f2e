import { checkOptions, checkRecord, checkSeries, checkWindow } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import {
  type Json,
  open,
  packAll,
  type Snapshot,
  unpack,
  unpackAll,
  unpackInteger,
} from '../core/snapshot.js';
import { checkRolling, type RollingOptions, shortened } from './rolling.js';

/**
 * What is known of a stretch of observations, of your own making: anything that two neighbouring stretches can put
 * together. It need not be possible to take an observation out again.
 */
export interface Summary<State> {
  /** Of no observations. */
  empty(): State;
  /** With one observation more at the end; may change the state that it is given and return it. */
  add(state: State, x: number): State;
  /** Of two stretches, the earlier one first; leaves both as they are. */
  merge(earlier: State, later: State): State;
  /** The number it comes to. */
  read(state: State): number;
}

/** How far back a summary of your own looks. */
export interface RollingSummaryOptions<State> extends RollingOptions {
  readonly summary: Summary<State>;
}

function checkSummary<State>(who: string, options: RollingSummaryOptions<State>): Required<RollingOptions> {
  checkOptions(who, options, ['window', 'minimum', 'summary']);
  const { summary, ...rolling } = options;
  checkRecord(who, 'summary', summary);
  for (const name of ['empty', 'add', 'merge', 'read'] as const) {
    if (typeof summary[name] !== 'function')
      throw new OptionError(`${who}: summary must have a function ${name}`);
  }
  return checkRolling(who, rolling);
}

/**
 * Any mergeable summary of the last `window` observations, live: one `add` and at most two `merge`s an observation on
 * average, whatever the window. Summaries of every tail of the block before, made once when it ended, are merged
 * with that of the head of this one; nothing is ever taken out, so an outlier that has left leaves no trace.
 *
 * An observation that is not finite is missing: it takes its place in the window and is not added.
 *
 * @example
 * ```ts
 * const product = { empty: () => 1, add: (p: number, x: number) => p * x, merge: (p: number, q: number) => p * q };
 * const growth = new Rolling({ window: 2, summary: { ...product, read: (p) => p - 1 } });
 * [2, 0, 3, 1.5].map((x) => growth.push(x)); // → [NaN, -1, -1, 3.5]
 * ```
 */
export class Rolling<State> implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly window: number;
  private readonly minimum: number;
  private readonly summary: Summary<State>;
  /** The last `window` observations, NaN where one is missing: this block's below `slot`, older ones from there on. */
  private readonly values: Float64Array;
  private readonly tails: State[];
  private readonly tailCounts: Int32Array;
  private slot = 0;
  private head: State;
  private headCount = 0;

  /** @throws OptionError where the window or the minimum is not a positive integer, or a function is missing */
  constructor(options: RollingSummaryOptions<State>) {
    const { window, minimum } = checkSummary('Rolling', options);
    checkWindow('Rolling', 'window', window);
    const { summary } = options;
    this.window = window;
    this.minimum = minimum;
    this.summary = summary;
    this.values = new Float64Array(window).fill(NaN);
    this.tailCounts = new Int32Array(window + 1);
    this.tails = Array.from({ length: window + 1 }, () => summary.empty());
    this.head = summary.empty();
  }

  push(x: number): number {
    this.values[this.slot++] = x - x === 0 ? x : NaN;
    if (x - x === 0) this.addToHead(x);
    if (this.slot === this.window) {
      this.slot = 0;
      this.sumUp();
    }
    return this.read();
  }

  private addToHead(x: number): void {
    this.head = this.summary.add(this.head, x);
    this.headCount++;
  }

  private read(): number {
    const { summary, slot } = this;
    const count = this.headCount + this.tailCounts[slot]!;
    const enough = count >= this.minimum;
    this.ready ||= enough;
    this.value = enough ? summary.read(summary.merge(this.tails[slot]!, this.head)) : NaN;
    return this.value;
  }

  private sumUp(): void {
    const { window, slot, values, summary, tails, tailCounts } = this;
    for (let i = window - 1; i >= slot; i--) {
      const x = values[i]!;
      const later = tails[i + 1]!;
      const known = !Number.isNaN(x);
      tails[i] = known ? summary.merge(summary.add(summary.empty(), x), later) : later;
      tailCounts[i] = tailCounts[i + 1]! + Number(known);
    }
    this.head = summary.empty();
    this.headCount = 0;
    for (let i = 0; i < slot; i++) if (!Number.isNaN(values[i])) this.addToHead(values[i]!);
  }

  /** The observations, not their summary: that is made again from them, so it may be anything, JSON or not. */
  snapshot(): Snapshot {
    const { window, minimum, ready, slot } = this;
    const state: { [key: string]: Json } = { window, minimum, ready, slot, values: packAll(this.values) };
    return { kind: 'Rolling', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot, with the summary that was there. */
  static from<State>(snapshot: Snapshot, summary: Summary<State>): Rolling<State> {
    const { window, minimum, ready, slot, values } = open(snapshot, 'Rolling', 1);
    const revived = new Rolling({ window: unpack(window), minimum: unpack(minimum), summary });
    revived.values.set(unpackAll(values, revived.window));
    revived.slot = unpackInteger(slot, 0, revived.window - 1);
    revived.sumUp();
    revived.ready = ready === true;
    revived.read();
    return revived;
  }
}

/**
 * Any mergeable summary of each window: same length out, NaN until `minimum` observations are there.
 *
 * @throws OptionError where the window or the minimum is not a positive integer, or a function is missing
 * @example
 * ```ts
 * // The deepest fall from a high to a later low, which no running total can roll.
 * type Fall = { high: number; low: number; deepest: number };
 * const summary = {
 *   empty: (): Fall => ({ high: -Infinity, low: Infinity, deepest: 0 }),
 *   add: (a: Fall, x: number): Fall => summary.merge(a, { high: x, low: x, deepest: 0 }),
 *   merge: (a: Fall, b: Fall): Fall => ({
 *     high: Math.max(a.high, b.high),
 *     low: Math.min(a.low, b.low),
 *     deepest: Math.max(a.deepest, b.deepest, a.high - b.low),
 *   }),
 *   read: (a: Fall): number => a.deepest,
 * };
 * rolling([5, 7, 4, 6, 9, 8], { window: 3, summary }); // → [NaN, NaN, 3, 3, 0, 1]
 * ```
 */
export function rolling<State>(series: Series, options: RollingSummaryOptions<State>): Float64Array {
  const checked = checkSummary('rolling', options);
  const values = toFloat64(checkSeries('rolling', 'series', series));
  const live = new Rolling({ ...shortened(checked, values.length), summary: options.summary });
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = live.push(values[i]!);
  return out;
}
