import { type Bar, Resampler } from 'hedgerow';
import type { Cursor } from './cursor.js';
import type { LegFacts } from './pair-data.js';
import type { TradeBlock } from './trade-feed.js';

/** A bar with the silence after it: `bars` bars from `from` on, all of one close. */
export interface Stretch {
  readonly from: number;
  readonly bars: number;
  readonly close: number;
}

/** One leg of a pair on its way from trades to bars: what is counted, and what waits for the other leg. */
export class TradeLeg {
  /** Not yet matched, oldest first. A silence of any length waits as one stretch. */
  waiting: Stretch[] = [];
  firstTime = NaN;
  lastTime = NaN;
  private trades = 0;
  private bars = 0;
  private empty = 0;
  private volume = 0;
  /** The newest closed bar; the next one tells how long its close lasted. */
  private newest: Bar | undefined;
  private readonly resampler: Resampler;

  constructor(
    readonly name: string,
    readonly cursor: Cursor<TradeBlock>,
    private readonly every: number,
  ) {
    this.resampler = new Resampler({ every });
  }

  get nextTime(): number {
    return this.cursor.block!.time[this.cursor.index]!;
  }

  /** Takes the next trade, and keeps the bar it closes when the other leg can still match it. */
  take(other: TradeLeg): void {
    const { block, index } = this.cursor;
    const time = block!.time[index]!;
    const trade = { time, price: block!.price[index]!, quantity: block!.quantity[index]! };
    this.cursor.index++;
    if (this.trades++ === 0) this.firstTime = time;
    this.lastTime = time;
    for (const bar of this.resampler.push(trade)) this.keep(bar, other);
  }

  /** Closes the bars still open, once both tapes have ended. */
  finish(other: TradeLeg): void {
    for (const bar of this.resampler.flush()) this.keep(bar, other);
    if (this.newest) this.wait(this.newest, 1, other);
  }

  facts(): LegFacts {
    const { name, trades, firstTime, lastTime, bars, empty, volume } = this;
    return { name, rows: trades, firstTime, lastTime, bars: { count: bars, empty, volume } };
  }

  private keep(bar: Bar, other: TradeLeg): void {
    const { newest } = this;
    if (newest) this.wait(newest, Math.round((bar.time - newest.time) / this.every), other);
    this.newest = bar;
  }

  private wait({ time, close, volume }: Bar, bars: number, other: TradeLeg): void {
    this.bars += bars;
    this.empty += bars - 1;
    this.volume += volume;
    if (other.canMatch(time, bars)) this.waiting.push({ from: time, bars, close });
  }

  /** Trades come in the order of both tapes, so a leg that has not begun cannot match what has already closed. */
  private canMatch(from: number, bars: number): boolean {
    const hasBegun = this.firstTime < from + bars * this.every;
    const hasEnded = this.cursor.done && this.lastTime < from;
    return hasBegun && !hasEnded;
  }
}
