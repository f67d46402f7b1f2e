import { checkChoice, checkOptions } from '../core/checks.js';
import type { BarColumns } from './bar.js';
import { BarTable } from './bar-columns.js';
import { Buckets, type ResampleOptions } from './buckets.js';
import { fillFlat } from './flat-gap.js';
import { OpenBar } from './open-bar.js';
import { inOrder, readTrades, type TradeColumns, type Trades } from './trade.js';

/**
 * Trades to bars of one length, in columns. Trades need not be in order: they are taken by time and, at one time, by
 * arrival. A trade on an edge opens the new bar; a bar's time is its opening; the last bar may be unfinished. A price
 * that is not finite counts in volume and count, not in prices; a quantity that is NaN makes volume and vwap NaN.
 *
 * @throws OptionError when an option is missing, unknown or out of range.
 * Under `gaps: 'flat'` a silence of more than a million bars is left as it is.
 *
 * @throws DataError `uneven` columns; a time that is not finite, naming its index.
 * @example
 * ```ts
 * const tape = { time: [100, 900, 1000, 3500], price: [10, 12, 11, 13], quantity: [1, 3, 1, 2] };
 * const bars = resample(tape, { every: '1s' });
 * bars.time; // → [0, 1000, 3000]
 * bars.close; // → [12, 11, 13]
 * bars.vwap; // → [11.5, 11, 13]
 * resample(tape, { every: '1s', gaps: 'flat' }).count; // → [2, 1, 0, 1]
 * ```
 */
export function resample(trades: Trades, options: ResampleOptions): BarColumns {
  checkOptions('resample', options, ['every', 'gaps', 'origin']);
  const { every, gaps = 'skip', origin = 0 } = options;
  checkChoice('resample', 'gaps', gaps, ['skip', 'flat']);
  const buckets = new Buckets('resample', every, origin);
  const columns = readTrades('resample', trades);
  // Most tapes are in order; only the pass itself can tell.
  return foldBars(columns, buckets, gaps) ?? foldBars(inOrder('resample', columns), buckets, gaps)!;
}

/** The bars of a tape, or undefined as soon as it is out of order. */
function foldBars(trades: TradeColumns, buckets: Buckets, gaps: 'skip' | 'flat'): BarColumns | undefined {
  const { time, price, quantity } = trades;
  const bar = new OpenBar();
  const table = new BarTable();
  let carried = NaN;
  let index = NaN;
  for (let from = 0; from < time.length; ) {
    if (!buckets.place(time[from]!)) {
      inOrder('resample', trades);
      throw buckets.tooFar('resample', time[from]!);
    }
    const to = spanEnd(time, from, buckets.end);
    if (to < 0) return undefined;
    if (gaps === 'flat') fillFlat(table, buckets, index, buckets.index, carried);
    bar.fold(price, quantity, from, to);
    bar.appendTo(table, buckets.start);
    if (!Number.isNaN(bar.close)) carried = bar.close;
    index = buckets.index;
    from = to;
  }
  return table.columns();
}

/** The first trade at or past `end`, looking four ahead; -1 when one before it is out of order. */
function spanEnd(time: Float64Array, from: number, end: number): number {
  const length = time.length;
  let previous = time[from]!;
  let i = from + 1;
  for (; i + 3 < length; i += 4) {
    const a = time[i]!;
    const b = time[i + 1]!;
    const c = time[i + 2]!;
    const d = time[i + 3]!;
    if (!(d < end && a >= previous && b >= a && c >= b && d >= c)) break;
    previous = d;
  }
  for (; i < length; i++) {
    const now = time[i]!;
    if (now >= end) return i;
    if (!(now >= previous)) return -1;
    previous = now;
  }
  return length;
}
