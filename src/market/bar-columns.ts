import { checkSameLength } from '../core/checks.js';
import type { SeriesOf } from '../core/series.js';
import type { Bar, BarColumns } from './bar.js';

/** A column twice as long, holding what the old one held. */
function doubled(column: Float64Array): Float64Array {
  const longer = new Float64Array(2 * column.length);
  longer.set(column);
  return longer;
}

/** Bar columns that grow as bars are appended. */
export class BarTable {
  length = 0;
  private time: Float64Array = new Float64Array(64);
  private open: Float64Array = new Float64Array(64);
  private high: Float64Array = new Float64Array(64);
  private low: Float64Array = new Float64Array(64);
  private close: Float64Array = new Float64Array(64);
  private volume: Float64Array = new Float64Array(64);
  private count: Float64Array = new Float64Array(64);
  private vwap: Float64Array = new Float64Array(64);

  append(
    time: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    count: number,
    vwap: number,
  ): void {
    const i = this.length++;
    if (i === this.time.length) this.grow();
    this.time[i] = time;
    this.open[i] = open;
    this.high[i] = high;
    this.low[i] = low;
    this.close[i] = close;
    this.volume[i] = volume;
    this.count[i] = count;
    this.vwap[i] = vwap;
  }

  /** A bar without trades, at the last price. */
  appendFlat(time: number, price: number): void {
    this.append(time, price, price, price, price, 0, 0, price);
  }

  /** The bars so far, in columns of their own. */
  columns(): BarColumns {
    const { length } = this;
    return {
      time: this.time.slice(0, length),
      open: this.open.slice(0, length),
      high: this.high.slice(0, length),
      low: this.low.slice(0, length),
      close: this.close.slice(0, length),
      volume: this.volume.slice(0, length),
      count: this.count.slice(0, length),
      vwap: this.vwap.slice(0, length),
    };
  }

  private grow(): void {
    this.time = doubled(this.time);
    this.open = doubled(this.open);
    this.high = doubled(this.high);
    this.low = doubled(this.low);
    this.close = doubled(this.close);
    this.volume = doubled(this.volume);
    this.count = doubled(this.count);
    this.vwap = doubled(this.vwap);
  }
}

/**
 * Bars of rows as columns.
 *
 * @example
 * ```ts
 * const row = { time: 0, open: 10, high: 12, low: 9, close: 11, volume: 5, count: 3, vwap: 10.5 };
 * barColumns([row]).close; // → [11]
 * ```
 */
export function barColumns(bars: Iterable<Bar>): BarColumns {
  const table = new BarTable();
  for (const { time, open, high, low, close, volume, count, vwap } of bars) {
    table.append(time, open, high, low, close, volume, count, vwap);
  }
  return table.columns();
}

/**
 * Bars of columns as rows, ready for JSON or a chart.
 *
 * @throws DataError `uneven` when the columns differ in length.
 * @example
 * ```ts
 * const bars = resample([{ time: 500, price: 10, quantity: 2 }], { every: '1s' });
 * barRows(bars); // → [{ time: 0, open: 10, high: 10, low: 10, close: 10, volume: 2, count: 1, vwap: 10 }]
 * ```
 */
export function barRows(bars: SeriesOf<Bar>): Bar[] {
  const { time, open, high, low, close, volume, count, vwap } = bars;
  const length = checkSameLength('barRows', { time, open, high, low, close, volume, count, vwap });
  return Array.from({ length }, (_, i) => ({
    time: time[i]!,
    open: open[i]!,
    high: high[i]!,
    low: low[i]!,
    close: close[i]!,
    volume: volume[i]!,
    count: count[i]!,
    vwap: vwap[i]!,
  }));
}
