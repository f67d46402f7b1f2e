import { type Panel, readPanel } from '../stats/panel.js';
import type { ScreenRule } from './screen-options.js';

/** The series of a screen as they are analysed, plain so that a worker can be told. */
export interface ScreenSeries {
  readonly names: readonly string[];
  readonly rows: number;
  /** One series after another. A price without a logarithm is −Infinity there. */
  readonly data: Float64Array;
  /** Where each series begins: its first number. */
  readonly first: Int32Array;
  /** Where each ends: after its last number. */
  readonly end: Int32Array;
  /** 1 where all between is finite. */
  readonly whole: Uint8Array;
}

export function readSeries(who: string, panel: Panel, { prices }: ScreenRule): ScreenSeries {
  const { names, columns, rows } = readPanel(who, panel, 2);
  const data = new Float64Array(rows * names.length);
  const first = new Int32Array(names.length);
  const end = new Int32Array(names.length);
  const whole = new Uint8Array(names.length);
  columns.forEach((column, j) => {
    const own = data.subarray(j * rows, (j + 1) * rows);
    if (prices === 'raw') own.set(column);
    else for (let t = 0; t < rows; t++) own[t] = column[t]! <= 0 ? -Infinity : Math.log(column[t]!);
    let from = 0;
    let to = rows;
    while (from < to && Number.isNaN(own[from])) from++;
    while (to > from && Number.isNaN(own[to - 1])) to--;
    first[j] = from;
    end[j] = to;
    whole[j] = Number(own.subarray(from, to).every(Number.isFinite));
  });
  return { names, rows, data, first, end, whole };
}

/** Whether a series has a number in every row. */
export function isComplete({ rows, first, end, whole }: ScreenSeries, j: number): boolean {
  return whole[j] === 1 && first[j] === 0 && end[j] === rows;
}

export function columnOf({ data, rows }: ScreenSeries, j: number): Float64Array {
  return data.subarray(j * rows, (j + 1) * rows);
}

/** What two series have in common: the rows from the later listing to the earlier end, or those of them that are there. */
export interface Overlap {
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** What stands in the way; nothing where all is finite. */
  readonly reason?: 'not-finite' | 'degenerate';
}

export function overlapOf(series: ScreenSeries, i: number, j: number, { drop, prices }: ScreenRule): Overlap {
  const from = Math.max(series.first[i]!, series.first[j]!);
  const end = Math.max(from, Math.min(series.end[i]!, series.end[j]!));
  const y = columnOf(series, i).subarray(from, end);
  const x = columnOf(series, j).subarray(from, end);
  if (series.whole[i] === 1 && series.whole[j] === 1) return { y, x };
  const there = drop ? Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]! + x[t]!)) : [];
  const kept = drop ? { y: pick(y, there), x: pick(x, there) } : { y, x };
  // A price without a logarithm: the same word as for a single pair.
  if (prices === 'log' && (kept.y.includes(-Infinity) || kept.x.includes(-Infinity))) {
    return { ...kept, reason: 'degenerate' };
  }
  const isSound = kept.y.every(Number.isFinite) && kept.x.every(Number.isFinite);
  return isSound ? kept : { ...kept, reason: 'not-finite' };
}

function pick(column: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (t) => column[t]!);
}
