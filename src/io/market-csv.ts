import { checkChoice, checkOptions } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { csvLine, csvRows, numberIn } from './csv.js';
import type { TextSource } from './text.js';

/** How the time of a file is written: a number since 1970 UTC, or a date such as 2024-08-08T23:54:15Z. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'date';

/** One print on the tape. */
export interface TradeRecord {
  /** Milliseconds since 1970 UTC; fractions allowed. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  readonly id?: number | string;
}

/** One bar. */
export interface BarRecord {
  /** Milliseconds since 1970 UTC, of the opening. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly count: number;
  readonly vwap: number;
}

/** A row that could not be read. */
export interface BadRow {
  /** From 1 for the first after the header. */
  readonly row: number;
  readonly reason: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** How a file names its columns. */
export interface MarketCsvOptions<Column extends string> {
  /** The file's name of a column where it is another: `{ time: 'time_ms', quantity: 'qty' }`. */
  readonly columns?: { readonly [Name in Column]?: string };
  /** The unit of its time; unless said the ending of the column's name (`time_us`), else milliseconds. */
  readonly timeUnit?: TimeUnit;
  /** Is handed each row that cannot be read, which is then left out; unless given, the first one throws. */
  readonly onBad?: (bad: BadRow) => void;
}

const PER_MILLISECOND: Readonly<Record<Exclude<TimeUnit, 'date'>, number>> = {
  s: 1e-3,
  ms: 1,
  us: 1e3,
  ns: 1e6,
};
const UNITS: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns', 'date'];

/** What a file of trades has columns of. */
export type TradeColumn = 'time' | 'price' | 'quantity' | 'id';

/** What a file of bars has columns of. */
export type BarColumn = keyof BarRecord;

/**
 * Trades from CSV as they come. Columns `time` (or `time_ms`, `time_us`, …), `price`, `quantity` and, where there is one, `id`; more are
 * passed over. An empty price or quantity is NaN.
 *
 * @throws OptionError where an option is unknown, or a column that it names is not there
 * @throws DataError `unreadable` where a row has no usable time or a field that is no number, naming it, unless `onBad` is given
 * @example
 * ```ts
 * const trades = tradesFromCsv('time_us,price,qty\n1723161255000123,61556.5,0.01\n', { columns: { quantity: 'qty' } });
 * await trades.next(); // → { value: { time: 1723161255000.123, price: 61556.5, quantity: 0.01 }, done: false }
 * ```
 */
export async function* tradesFromCsv(
  source: TextSource,
  options: MarketCsvOptions<TradeColumn> = {},
): AsyncGenerator<TradeRecord> {
  const reader = new Reader(
    'tradesFromCsv',
    ['time', 'price', 'quantity', 'id'],
    ['price', 'quantity'],
    options,
  );
  for await (const { row, fields } of csvRows(source)) {
    const read = reader.read(row, fields);
    if (!read) continue;
    const { time, price, quantity } = read.numbers as { time: number; price: number; quantity: number };
    yield read.id === undefined ? { time, price, quantity } : { time, price, quantity, id: read.id };
  }
}

/**
 * Bars from CSV as they come. Columns `time`, `open`, `high`, `low`, `close`, and `volume`, `count` and `vwap` where there are: a volume or
 * count that is not there is 0, a vwap NaN.
 *
 * @throws OptionError where an option is unknown, or a column that it names is not there
 * @throws DataError `unreadable` where a row cannot be read, unless `onBad` is given
 * @example
 * ```ts
 * const bars = barsFromCsv('time,open,high,low,close\n2023-03-11,20,22,19,21\n', { timeUnit: 'date' });
 * (await bars.next()).value; // → { time: 1678492800000, open: 20, high: 22, low: 19, close: 21, volume: 0, count: 0, vwap: NaN }
 * ```
 */
export async function* barsFromCsv(
  source: TextSource,
  options: MarketCsvOptions<BarColumn> = {},
): AsyncGenerator<BarRecord> {
  const names = ['time', 'open', 'high', 'low', 'close', 'volume', 'count', 'vwap'] as const;
  const reader = new Reader('barsFromCsv', names, ['open', 'high', 'low', 'close'], options);
  for await (const { row, fields } of csvRows(source)) {
    const read = reader.read(row, fields);
    if (read) yield { volume: 0, count: 0, vwap: NaN, ...read.numbers } as unknown as BarRecord;
  }
}

/**
 * Trades as CSV, a line at a time: `time_ms,price,quantity,id`. Numbers are read back to the last bit.
 *
 * @example
 * ```ts
 * [...tradesToCsv([{ time: 0, price: 20.5, quantity: 1 }])].join(''); // → 'time_ms,price,quantity,id\n0,20.5,1,\n'
 * ```
 */
export function* tradesToCsv(trades: Iterable<TradeRecord>): Generator<string> {
  yield csvLine(['time_ms', 'price', 'quantity', 'id']);
  for (const { time, price, quantity, id = '' } of trades) yield csvLine([time, price, quantity, id]);
}

/**
 * Bars as CSV, a line at a time: `time_ms,open,high,low,close,volume,count,vwap`. Numbers are read back to the last bit.
 *
 * @example
 * ```ts
 * const bar = { time: 0, open: 1, high: 2, low: 1, close: 2, volume: 5, count: 3, vwap: 1.5 };
 * [...barsToCsv([bar])].join(''); // → 'time_ms,open,high,low,close,volume,count,vwap\n0,1,2,1,2,5,3,1.5\n'
 * ```
 */
export function* barsToCsv(bars: Iterable<BarRecord>): Generator<string> {
  yield csvLine(['time_ms', 'open', 'high', 'low', 'close', 'volume', 'count', 'vwap']);
  for (const { time, open, high, low, close, volume, count, vwap } of bars) {
    yield csvLine([time, open, high, low, close, volume, count, vwap]);
  }
}

interface Read {
  readonly numbers: Readonly<Record<string, number>>;
  readonly id: string | undefined;
}

/** Finds the columns in the first row and reads each row by them. */
class Reader<Column extends string> {
  private places: Readonly<Record<string, string>> | undefined;
  private unit: TimeUnit = 'ms';

  constructor(
    private readonly who: string,
    private readonly names: readonly Column[],
    private readonly needed: readonly Column[],
    private readonly options: MarketCsvOptions<Column>,
  ) {
    checkOptions(who, options, ['columns', 'timeUnit', 'onBad']);
    checkOptions(`${who} columns`, options.columns ?? {}, names);
    if (options.timeUnit !== undefined) checkChoice(who, 'timeUnit', options.timeUnit, UNITS);
  }

  read(row: number, fields: Readonly<Record<string, string>>): Read | undefined {
    this.places ??= this.find(fields);
    const numbers: Record<string, number> = {};
    let id: string | undefined;
    for (const name in this.places) {
      const field = fields[this.places[name]!]!;
      if (name === 'id') {
        if (field !== '') id = field;
        continue;
      }
      const value = name === 'time' ? this.time(field) : numberIn(field);
      if (value === undefined || (name === 'time' && !Number.isFinite(value))) {
        const reason = `${name} is '${field}'`;
        if (!this.options.onBad) throw new DataError('unreadable', `${this.who}: row ${row}: ${reason}`);
        this.options.onBad({ row, reason, fields });
        return undefined;
      }
      numbers[name] = value;
    }
    return { numbers, id };
  }

  private time(field: string): number | undefined {
    if (this.unit === 'date') {
      const time = Date.parse(field);
      return Number.isNaN(time) ? undefined : time;
    }
    const value = numberIn(field);
    return value === undefined ? undefined : value / PER_MILLISECOND[this.unit];
  }

  /** Which column of the file each of ours is. */
  private find(fields: Readonly<Record<string, string>>): Record<string, string> {
    const { columns = {}, timeUnit } = this.options;
    const places: Record<string, string> = {};
    for (const name of this.names) {
      const said = (columns as Record<string, string | undefined>)[name];
      const found = said ?? (name === 'time' ? timeColumn(fields) : name);
      if (found in fields) places[name] = found;
      else if (said !== undefined || name === 'time' || this.needed.includes(name)) {
        const there = Object.keys(fields).join(', ');
        throw new OptionError(`${this.who}: there must be a column ${found}, received ${there}`);
      }
    }
    const ending = /_(s|ms|us|ns)$/.exec(places['time']!)?.[1] as TimeUnit | undefined;
    this.unit = timeUnit ?? ending ?? 'ms';
    return places;
  }
}

/** The column of time, its unit in its name or not. */
function timeColumn(fields: Readonly<Record<string, string>>): string {
  return ['time', 'time_ms', 'time_us', 'time_s', 'time_ns'].find((name) => name in fields) ?? 'time';
}
