import { checkChoice, checkOptions } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { csvLine, csvLists, namedFields, numberIn } from './csv.js';
import type { TextSource } from './text.js';

/** How the time of a file is written: a number since 1970 UTC, or a date such as 2024-08-08T23:54:15Z, UTC without a zone. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'date';

/** One print on the tape. */
export interface TradeRecord {
  /** Milliseconds since 1970 UTC; fractions allowed. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  /** Read back as text. */
  readonly id?: number | string;
  readonly symbol?: string;
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

/** What the columns of a file are counted in, for its header: `{ price: 'USDT', quantity: 'BTC' }`. */
export interface CsvUnits<Column extends string> {
  readonly units?: { readonly [Name in Column]?: string };
}

/** What a file of trades has columns of. */
export type TradeColumn = 'time' | 'price' | 'quantity' | 'id' | 'symbol';

/** What a file of bars has columns of. */
export type BarColumn = keyof BarRecord;

/**
 * Trades from CSV as they come. Columns `time` (or `time_ms`, `time_us`, …), `price`, `quantity` and, where there are, `id` and
 * `symbol`, each with or without a unit in brackets behind it; more are passed over. An empty price or quantity is NaN.
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
  const names = ['time', 'price', 'quantity', 'id', 'symbol'] as const;
  const reader = new Reader('tradesFromCsv', names, ['price', 'quantity'], options);
  for await (const { row, list } of csvLists(source)) {
    const read = reader.read(row, list);
    if (read) yield { ...read.numbers, ...read.words } as unknown as TradeRecord;
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
  for await (const { row, list } of csvLists(source)) {
    const read = reader.read(row, list);
    if (read) yield { volume: 0, count: 0, vwap: NaN, ...read.numbers } as unknown as BarRecord;
  }
}

/**
 * Trades as CSV, a line at a time: `time_ms,price,quantity,id`, and `symbol` where the first has one. Units that are given stand
 * in brackets behind the names. Numbers are read back to the last bit.
 *
 * @throws OptionError where an option is unknown
 * @example
 * ```ts
 * const trades = [{ time: 0, price: 20.5, quantity: 1 }];
 * [...tradesToCsv(trades)].join(''); // → 'time_ms,price,quantity,id\n0,20.5,1,\n'
 * [...tradesToCsv(trades, { units: { price: 'USD/t' } })][0]; // → 'time_ms,price [USD/t],quantity,id\n'
 * ```
 */
export function* tradesToCsv(
  trades: Iterable<TradeRecord>,
  options: CsvUnits<'price' | 'quantity'> = {},
): Generator<string> {
  const units = unitsOf('tradesToCsv', options, ['price', 'quantity']);
  const names = ['time_ms', `price${units('price')}`, `quantity${units('quantity')}`, 'id'];
  let hasSymbols: boolean | undefined;
  for (const { time, price, quantity, id = '', symbol = '' } of trades) {
    if (hasSymbols === undefined) {
      hasSymbols = symbol !== '';
      yield csvLine(hasSymbols ? [...names, 'symbol'] : names);
    }
    yield csvLine([time, price, quantity, id, ...(hasSymbols ? [symbol] : [])]);
  }
  if (hasSymbols === undefined) yield csvLine(names);
}

/**
 * Bars as CSV, a line at a time: `time_ms,open,high,low,close,volume,count,vwap`. Units that are given stand in brackets behind the
 * names, that of the price behind each of its five. Numbers are read back to the last bit.
 *
 * @throws OptionError where an option is unknown
 * @example
 * ```ts
 * const bar = { time: 0, open: 1, high: 2, low: 1, close: 2, volume: 5, count: 3, vwap: 1.5 };
 * [...barsToCsv([bar])].join(''); // → 'time_ms,open,high,low,close,volume,count,vwap\n0,1,2,1,2,5,3,1.5\n'
 * ```
 */
export function* barsToCsv(
  bars: Iterable<BarRecord>,
  options: CsvUnits<'price' | 'volume'> = {},
): Generator<string> {
  const units = unitsOf('barsToCsv', options, ['price', 'volume']);
  const [open, high, low, close, vwap] = ['open', 'high', 'low', 'close', 'vwap'].map(
    (name) => name + units('price'),
  );
  yield csvLine(['time_ms', open!, high!, low!, close!, `volume${units('volume')}`, 'count', vwap!]);
  for (const { time, open, high, low, close, volume, count, vwap } of bars) {
    yield csvLine([time, open, high, low, close, volume, count, vwap]);
  }
}

/** What stands behind a name in the header for the unit of its column. */
function unitsOf<Column extends string>(
  who: string,
  options: CsvUnits<Column>,
  names: readonly Column[],
): (name: Column) => string {
  checkOptions(who, options, ['units']);
  const units: { readonly [Name in Column]?: string } = options.units ?? {};
  checkOptions(`${who} units`, units, names);
  for (const name of names) {
    const unit: unknown = units[name];
    if (unit !== undefined && (typeof unit !== 'string' || !/^[^[\]\r\n]+$/.test(unit))) {
      throw new OptionError(
        `${who}: units.${name} must be a text without brackets, received ${String(unit)}`,
      );
    }
  }
  return (name) => (units[name] === undefined ? '' : ` [${units[name]}]`);
}

interface Read {
  readonly numbers: Readonly<Record<string, number>>;
  readonly words: Readonly<Record<string, string>>;
}

/** Finds the columns in the header and reads each row by them. */
class Reader<Column extends string> {
  private header: readonly string[] = [];
  private places: readonly (readonly [name: string, column: string])[] = [];
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

  /** What a row says; nothing of the header, or of a row that is handed over as bad. */
  read(row: number, list: readonly string[]): Read | undefined {
    if (row === 0) {
      this.header = list;
      this.places = this.find(list);
      return undefined;
    }
    const fields = namedFields(this.header, list);
    if (typeof fields === 'string') {
      const there = Object.fromEntries(list.map((field, i) => [this.header[i] ?? String(i), field]));
      return this.refuse(row, fields, there);
    }
    const numbers: Record<string, number> = {};
    const words: Record<string, string> = {};
    for (const [name, column] of this.places) {
      const field = fields[column]!;
      if (name === 'id' || name === 'symbol') {
        if (field !== '') words[name] = field;
        continue;
      }
      const value = name === 'time' ? this.time(field) : numberIn(field);
      if (value === undefined || (name === 'time' && !Number.isFinite(value)))
        return this.refuse(row, `${name} is '${field}'`, fields);
      numbers[name] = value;
    }
    return { numbers, words };
  }

  private refuse(row: number, reason: string, fields: Readonly<Record<string, string>>): undefined {
    if (!this.options.onBad) throw new DataError('unreadable', `${this.who}: row ${row}: ${reason}`);
    this.options.onBad({ row, reason, fields });
    return undefined;
  }

  private time(field: string): number | undefined {
    if (this.unit === 'date') return timeOfDate(field);
    const value = numberIn(field);
    return value === undefined ? undefined : value / PER_MILLISECOND[this.unit];
  }

  /** Which column of the file each of ours is. */
  private find(header: readonly string[]): readonly (readonly [name: string, column: string])[] {
    const { columns = {}, timeUnit } = this.options;
    const places: (readonly [string, string])[] = [];
    for (const name of this.names) {
      const said = (columns as Record<string, string | undefined>)[name];
      const found = said ?? (name === 'time' ? timeColumn(header) : columnOf(header, name));
      if (header.includes(found)) places.push([name, found]);
      else if (said !== undefined || name === 'time' || this.needed.includes(name)) {
        throw new OptionError(`${this.who}: there must be a column ${found}, received ${header.join(', ')}`);
      }
    }
    const ending = /(?:_| \[)(s|ms|us|ns)\]?$/.exec(places[0]![1])?.[1] as TimeUnit | undefined;
    this.unit = timeUnit ?? ending ?? 'ms';
    return places;
  }
}

/** The column of time, its unit in its name or not. */
function timeColumn(header: readonly string[]): string {
  const names = ['time', 'time_ms', 'time_us', 'time_s', 'time_ns'];
  return names.find((name) => header.includes(name)) ?? columnOf(header, 'time');
}

/** The column of a name, a unit in brackets behind it or not. */
function columnOf(header: readonly string[], name: string): string {
  return header.includes(name) ? name : (header.find((one) => one.startsWith(`${name} [`)) ?? name);
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[-+]\d\d:?\d\d)?)?$/;

/** Milliseconds since 1970 of a date by year, month and day, with or without a time; UTC where no zone is said. */
function timeOfDate(field: string): number | undefined {
  const parts = DATE.exec(field.trim());
  if (!parts) return undefined;
  const [, day, clock = '00:00', zone = 'Z'] = parts;
  const time = Date.parse(`${day}T${clock}${zone === 'UTC' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(time) ? undefined : time;
}
