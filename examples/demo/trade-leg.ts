import { type Bar, Resampler } from 'hedgerow';
import type { Cursor } from './cursor.js';
import type { LegFacts } from './pair-data.js';
import type { TradeBlock } from './trade-feed.js';

/** One leg of a pair on its way from trades to bars: what is counted, and the bars waiting for the other leg. */
export class TradeLeg {
  /** Closed bars not yet matched, oldest first. */
  times: number[] = [];
  closes: number[] = [];
  firstTime = NaN;
  lastTime = NaN;
  private trades = 0;
  private bars = 0;
  private empty = 0;
  private volume = 0;
  private readonly resampler: Resampler;

  constructor(
    readonly name: string,
    readonly cursor: Cursor<TradeBlock>,
    private readonly every: number,
  ) {
    this.resampler = new Resampler({ every, gaps: 'flat' });
  }

  get nextTime(): number {
    return this.cursor.block!.time[this.cursor.index]!;
  }

  /** Takes the next trade, and keeps the bars it closes when the other leg can still match them. */
  take(other: TradeLeg): void {
    const { block, index } = this.cursor;
    const time = block!.time[index]!;
    const trade = { time, price: block!.price[index]!, quantity: block!.quantity[index]! };
    this.cursor.index++;
    if (this.trades++ === 0) this.firstTime = time;
    this.lastTime = time;
    const closed = this.resampler.push(trade);
    if (closed.length > 0) this.keep(closed, other);
  }

  /** Closes the bars still open, once both tapes have ended. */
  finish(other: TradeLeg): void {
    this.keep(this.resampler.flush(), other);
  }

  facts(): LegFacts {
    const { name, trades, firstTime, lastTime, bars, empty, volume } = this;
    return { name, rows: trades, firstTime, lastTime, bars: { count: bars, empty, volume } };
  }

  private keep(closed: readonly Bar[], other: TradeLeg): void {
    for (const bar of closed) {
      this.bars++;
      if (bar.count === 0) this.empty++;
      this.volume += bar.volume;
      if (!other.canMatch(bar.time)) continue;
      this.times.push(bar.time);
      this.closes.push(bar.close);
    }
  }

  /** Trades come in the order of both tapes, so a leg that has not begun cannot match what has already closed. */
  private canMatch(time: number): boolean {
    const hasBegun = this.firstTime < time + this.every;
    const hasEnded = this.cursor.done && this.lastTime < time;
    return hasBegun && !hasEnded;
  }
}
