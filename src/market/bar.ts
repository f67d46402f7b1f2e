import type { ColumnsOf } from '../core/series.js';

/** What happened in one stretch of the tape. Prices are NaN where no trade had a finite price. */
export interface Bar {
  /** When the bar opened, in milliseconds since 1970 UTC. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** The size traded, whichever side: the sum of |quantity|. */
  readonly volume: number;
  /** How many trades; 0 in a bar that only carries the last price on. */
  readonly count: number;
  /** Mean price weighted by size, between low and high; the close where nothing was weighed. */
  readonly vwap: number;
}

/** Bars as columns of one length: `bars.close[i]` belongs to `bars.time[i]`. */
export type BarColumns = ColumnsOf<Bar>;

/** A bar without trades, at the last price. */
export function flatBar(time: number, price: number): Bar {
  return { time, open: price, high: price, low: price, close: price, volume: 0, count: 0, vwap: price };
}
