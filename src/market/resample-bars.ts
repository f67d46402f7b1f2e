import { checkChoice, checkOptions, checkSameLength, checkSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { BarColumns } from './bar.js';
import { BarTable } from './bar-columns.js';
import { Buckets, type ResampleOptions } from './buckets.js';
import { fillFlat } from './flat-gap.js';

/** Bars to make coarser. A column the source does not publish may be left out, and is NaN in the result. */
export interface BarSource {
  readonly time: Series;
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
  readonly volume?: Series;
  readonly count?: Series;
  readonly vwap?: Series;
}

/**
 * Bars to coarser bars: one-minute to hourly, say. A bar belongs where its opening time falls. Volume and count add up,
 * vwap is weighted by volume (also by that of trades without a price, which a bar does not tell apart), a NaN price is
 * left out. A bar without trades (count 0, or volume 0 where there is no count)
 * only carries a price on: it speaks where its stretch holds no other, so that a coarse bar opens at a trade.
 *
 * @throws OptionError when an option is missing, unknown or out of range.
 * @throws DataError `uneven` columns; times that are not finite, or that do not increase (`disordered`: a bar standing
 * twice would count its volume twice), naming the index.
 * @example
 * ```ts
 * const seconds = resample({ time: [0, 1500, 60000], price: [10, 12, 11], quantity: [1, 3, 2] }, { every: '1s' });
 * const minutes = resampleBars(seconds, { every: '1m' });
 * minutes.close; // → [12, 11]
 * minutes.volume; // → [4, 2]
 * minutes.vwap; // → [11.5, 11]
 * ```
 */
export function resampleBars(bars: BarSource, options: ResampleOptions): BarColumns {
  checkOptions('resampleBars', options, ['every', 'gaps', 'origin']);
  const { every, gaps = 'skip', origin = 0 } = options;
  checkChoice('resampleBars', 'gaps', gaps, ['skip', 'flat']);
  const buckets = new Buckets('resampleBars', every, origin);
  const source = readBars(bars);
  const table = new BarTable();
  let carried = NaN;
  let index = NaN;
  for (let from = 0; from < source.time.length; ) {
    if (!buckets.place(source.time[from]!)) throw buckets.tooFar('resampleBars', source.time[from]!);
    let to = from + 1;
    while (to < source.time.length && source.time[to]! < buckets.end) to++;
    if (gaps === 'flat') fillFlat(table, buckets, index, buckets.index, carried);
    const close = merge(source, from, to, buckets.start, table);
    if (!Number.isNaN(close)) carried = close;
    index = buckets.index;
    from = to;
  }
  return table.columns();
}

/** All eight columns, times checked. */
function readBars({
  time,
  open,
  high,
  low,
  close,
  ...optional
}: BarSource): BarColumns & { quiet: Float64Array } {
  const absent = new Float64Array(checkSeries('resampleBars', 'time', time).length).fill(NaN);
  const { volume = absent, count = absent, vwap = absent } = optional;
  const length = checkSameLength('resampleBars', { time, open, high, low, close, volume, count, vwap });
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(time[i]))
      throw new DataError('not-finite', `resampleBars: time[${i}] is ${time[i]}`);
    if (i > 0 && time[i]! <= time[i - 1]!) {
      throw new DataError(
        'disordered',
        `resampleBars: times must increase, time[${i}] is ${time[i]} after ${time[i - 1]}`,
      );
    }
  }
  return {
    time: toFloat64(time),
    open: toFloat64(open),
    high: toFloat64(high),
    low: toFloat64(low),
    close: toFloat64(close),
    volume: toFloat64(volume),
    count: toFloat64(count),
    vwap: toFloat64(vwap),
    quiet: toFloat64(optional.count ?? volume),
  };
}

/** Appends bars `from` up to `to` as one, and returns its close. */
function merge(
  bars: BarColumns & { quiet: Float64Array },
  from: number,
  to: number,
  time: number,
  table: BarTable,
): number {
  let traded = false;
  for (let i = from; i < to && !traded; i++) traded = bars.quiet[i] !== 0;
  let open = NaN;
  let high = NaN;
  let low = NaN;
  let close = NaN;
  let volume = 0;
  let count = 0;
  let weight = 0;
  let turnover = 0;
  let weighed = false;
  for (let i = from; i < to; i++) {
    volume += bars.volume[i]!;
    count += bars.count[i]!;
    if (traded && bars.quiet[i] === 0) continue;
    if (Number.isNaN(open)) open = bars.open[i]!;
    if (!(bars.high[i]! <= high) && !Number.isNaN(bars.high[i])) high = bars.high[i]!;
    if (!(bars.low[i]! >= low) && !Number.isNaN(bars.low[i])) low = bars.low[i]!;
    if (!Number.isNaN(bars.close[i])) close = bars.close[i]!;
    if (!Number.isNaN(bars.vwap[i])) {
      weighed = true;
      weight += bars.volume[i]!;
      turnover += bars.vwap[i]! * bars.volume[i]!;
    }
  }
  const mean = !weighed ? NaN : weight === 0 ? close : turnover / weight;
  const vwap = mean < low ? low : mean > high ? high : mean;
  table.append(time, open, high, low, close, volume, count, vwap);
  return close;
}
