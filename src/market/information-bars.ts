import { checkChoice, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import type { Detector } from '../core/estimator.js';
import { type Json, open, pack, type Snapshot, unpack } from '../core/snapshot.js';
import { sumError } from '../math/error-free.js';
import type { Bar, BarColumns } from './bar.js';
import { barColumns } from './bar-columns.js';
import { OpenBar } from './open-bar.js';
import { inOrder, readTrades, type Trade, type Trades } from './trade.js';

/** What fills a bar: trades, quantity, or price × quantity. */
export type BarMeasure = 'tick' | 'volume' | 'dollar';

/** How much makes a bar. */
export interface BarSizeOptions {
  /** A bar closes with the trade that brings it to this many trades, this quantity, or this much money. */
  readonly size: number;
}

/** What makes a bar, and how much of it. */
export interface InformationBarsOptions extends BarSizeOptions {
  readonly by: BarMeasure;
}

const NOTHING: readonly Bar[] = [];

/**
 * Live bars that close with activity rather than the clock: every so many trades, so much quantity or so much money.
 * Trades are taken as they arrive and never split, so a bar may overshoot its size; the next one starts from nothing.
 * A bar's time is that of its first trade, and two bars may share one. What is not a finite number fills nothing.
 *
 * @throws OptionError when an option is missing, unknown or out of range.
 * @example
 * ```ts
 * const live = new InformationBars({ by: 'volume', size: 10 });
 * live.push({ time: 0, price: 100, quantity: 6 }).length; // → 0
 * const [bar] = live.push({ time: 3, price: 101, quantity: 5 });
 * bar.volume; // → 11
 * ```
 */
export class InformationBars implements Detector<Trade, Bar> {
  private readonly by: BarMeasure;
  private readonly size: number;
  private readonly bar: OpenBar = new OpenBar();
  private time = NaN;
  /** What has filled the open bar, and what rounding lost of it: ten trades of 0.1 make 1. */
  private total = 0;
  private lost = 0;

  constructor(options: InformationBarsOptions) {
    checkOptions('InformationBars', options, ['by', 'size']);
    this.by = checkChoice('InformationBars', 'by', options.by, ['tick', 'volume', 'dollar']);
    this.size = checkSize('InformationBars', this.by, options.size);
  }

  push({ time, price, quantity }: Trade): readonly Bar[] {
    const { bar, by } = this;
    if (bar.count === 0) this.time = time;
    // Arrival is the order here, so the trade's number stands in for its time.
    bar.add(bar.count, price, quantity);
    const part = Math.abs(by === 'tick' ? 1 : by === 'volume' ? quantity : price * quantity);
    if (Number.isFinite(part)) {
      const next = this.total + part;
      this.lost += sumError(this.total, part, next);
      this.total = next;
    }
    return this.total + this.lost < this.size ? NOTHING : this.flush();
  }

  /** Closes the open bar, full or not. */
  flush(): readonly Bar[] {
    if (this.bar.count === 0) return NOTHING;
    const bar = this.bar.bar(this.time);
    const volume = this.by === 'volume' && !Number.isNaN(bar.volume) ? this.total + this.lost : bar.volume;
    this.bar.clear();
    this.total = this.lost = 0;
    return [{ ...bar, volume }];
  }

  snapshot(): Snapshot {
    const { by, size, total, lost } = this;
    const state = { by, size, time: pack(this.time), total, lost, bar: this.bar.snapshot() };
    return { kind: 'InformationBars', version: 1, state };
  }

  static from(snapshot: Snapshot): InformationBars {
    const state = open(snapshot, 'InformationBars', 1);
    const bars = new InformationBars({ by: state['by'] as BarMeasure, size: state['size'] as number });
    bars.time = unpack(state['time']);
    bars.total = unpack(state['total']);
    bars.lost = unpack(state['lost']);
    bars.bar.restore(state['bar'] as { readonly [field: string]: Json });
    return bars;
  }
}

/**
 * A bar for every `size` trades. Trades are taken by time, then by arrival; the last bar may be unfinished.
 *
 * @throws OptionError when size is not a positive integer.
 * @throws DataError `uneven` columns, or a time that is not finite, naming its index.
 * @example
 * ```ts
 * tickBars({ time: [0, 1, 2], price: [10, 12, 11], quantity: [1, 1, 1] }, { size: 2 }).close; // → [12, 11]
 * ```
 */
export function tickBars(trades: Trades, options: BarSizeOptions): BarColumns {
  return informationBars('tickBars', trades, 'tick', options);
}

/**
 * A bar for every `size` of quantity traded. Trades are taken by time, then by arrival, and never split: a bar's volume is
 * at least `size`, but for the last, which may be unfinished.
 *
 * Source: López de Prado, Advances in Financial Machine Learning (2018), section 2.3.1.
 *
 * @throws OptionError when size is not a positive number.
 * @throws DataError `uneven` columns, or a time that is not finite, naming its index.
 * @example
 * ```ts
 * volumeBars({ time: [0, 1, 2], price: [10, 12, 11], quantity: [3, 4, 5] }, { size: 6 }).volume; // → [7, 5]
 * ```
 */
export function volumeBars(trades: Trades, options: BarSizeOptions): BarColumns {
  return informationBars('volumeBars', trades, 'volume', options);
}

/**
 * A bar for every `size` of money traded, price × quantity. Trades are taken by time, then by arrival, and never split;
 * the last bar may be unfinished.
 *
 * Source: López de Prado, Advances in Financial Machine Learning (2018), section 2.3.1.
 *
 * @throws OptionError when size is not a positive number.
 * @throws DataError `uneven` columns, or a time that is not finite, naming its index.
 * @example
 * ```ts
 * dollarBars({ time: [0, 1, 2], price: [10, 12, 11], quantity: [3, 4, 5] }, { size: 70 }).count; // → [2, 1]
 * ```
 */
export function dollarBars(trades: Trades, options: BarSizeOptions): BarColumns {
  return informationBars('dollarBars', trades, 'dollar', options);
}

function informationBars(who: string, trades: Trades, by: BarMeasure, options: BarSizeOptions): BarColumns {
  checkOptions(who, options, ['size']);
  const live = new InformationBars({ by, size: checkSize(who, by, options.size) });
  const { time, price, quantity } = inOrder(who, readTrades(who, trades));
  const bars: Bar[] = [];
  for (let i = 0; i < time.length; i++) {
    const [bar] = live.push({ time: time[i]!, price: price[i]!, quantity: quantity[i]! });
    if (bar) bars.push(bar);
  }
  bars.push(...live.flush());
  return barColumns(bars);
}

function checkSize(who: string, by: BarMeasure, size: unknown): number {
  return by === 'tick' ? checkInteger(who, 'size', size) : checkPositive(who, 'size', size);
}
