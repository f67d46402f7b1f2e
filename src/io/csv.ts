import papaparse from 'papaparse';
import { checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { asNumber, type Series } from '../core/series.js';
import { type TextSource, wholeLines } from './text.js';

/** A row of a CSV file: its fields by the names in the header. */
export interface CsvRow {
  /** Where the row stands among the rows, from 1 for the first after the header. */
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * The rows of a CSV file as they come, each by the names in the header. Fields may be quoted; a first byte-order mark and
 * empty lines are passed over.
 *
 * @throws DataError `unreadable` where a row has more or fewer fields than the header, naming the row, or two columns share a name
 * @example
 * ```ts
 * const rows = csvRows('price,venue\n20.5,"ICE, London"\n');
 * await rows.next(); // → { value: { row: 1, fields: { price: '20.5', venue: 'ICE, London' } }, done: false }
 * ```
 */
export async function* csvRows(source: TextSource): AsyncGenerator<CsvRow> {
  let header: readonly string[] | undefined;
  let row = 0;
  let isFirst = true;
  for await (const lines of wholeLines(source)) {
    // Excel begins a file with a byte-order mark.
    const text = isFirst && lines.charCodeAt(0) === 0xfeff ? lines.slice(1) : lines;
    isFirst = false;
    const { data } = papaparse.parse<string[]>(text, { delimiter: ',', skipEmptyLines: true });
    for (const fields of data) {
      if (header === undefined) header = checkHeader(fields);
      else yield { row: ++row, fields: named(header, fields, row) };
    }
  }
}

function checkHeader(names: readonly string[]): readonly string[] {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return names;
  throw new DataError('unreadable', `csvRows: columns must have different names, received '${twice}' twice`);
}

function named(header: readonly string[], fields: readonly string[], row: number): Record<string, string> {
  if (fields.length !== header.length) {
    throw new DataError(
      'unreadable',
      `csvRows: row ${row} must have ${header.length} fields, received ${fields.length}`,
    );
  }
  const record: Record<string, string> = {};
  for (let i = 0; i < header.length; i++) record[header[i]!] = fields[i]!;
  return record;
}

/** A number as CSV writes it, so that it is read back to the last bit; nothing where it is missing. */
export function csvNumber(value: number): string {
  if (Number.isNaN(value)) return '';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The number in a field: NaN where the field is empty, `undefined` where it is no number. */
export function numberIn(field: string): number | undefined {
  const text = field.trim();
  if (text === '' || /^nan$/i.test(text)) return NaN;
  const value = Number(text);
  return Number.isNaN(value) || /^0[xob]/i.test(text) ? undefined : value;
}

/** One line of CSV. */
export function csvLine(fields: readonly (string | number)[]): string {
  const texts = fields.map((field) => (typeof field === 'number' ? csvNumber(field) : field));
  return `${papaparse.unparse([texts], { newline: '\n' })}\n`;
}

/**
 * Columns of one length as CSV, a line at a time, the header first. Name units where they surprise: `equity_usd`.
 *
 * @throws DataError `uneven` where the columns differ in length
 * @example
 * ```ts
 * [...columnsToCsv({ time_ms: [0, 1000], zScore: [NaN, 1.5] })].join(''); // → 'time_ms,zScore\n0,\n1000,1.5\n'
 * ```
 */
export function* columnsToCsv(columns: Readonly<Record<string, Series>>): Generator<string> {
  const entries = Object.entries(checkRecord('columnsToCsv', 'columns', columns));
  const length = entries[0]?.[1].length ?? 0;
  const uneven = entries.find(([, column]) => column.length !== length);
  if (uneven) {
    throw new DataError(
      'uneven',
      `columnsToCsv: columns must have one length, received ${entries[0]![0]} ${length}, ${uneven[0]} ${uneven[1].length}`,
    );
  }
  yield csvLine(entries.map(([name]) => name));
  for (let i = 0; i < length; i++) yield csvLine(entries.map(([, column]) => asNumber(column[i])));
}

/**
 * Columns of numbers from CSV, by the names in the header; an empty field is NaN.
 *
 * @throws DataError `unreadable` where a field is no number, naming row and column
 * @example
 * ```ts
 * const { zScore } = await columnsFromCsv('time_ms,zScore\n0,\n1000,1.5\n');
 * zScore; // → [NaN, 1.5]
 * ```
 */
export async function columnsFromCsv(source: TextSource): Promise<Record<string, Float64Array>> {
  const lists: Record<string, number[]> = {};
  for await (const { row, fields } of csvRows(source)) {
    for (const name in fields) {
      const value = numberIn(fields[name]!);
      if (value === undefined) {
        throw new DataError(
          'unreadable',
          `columnsFromCsv: row ${row}: ${name} is '${fields[name]}', no number`,
        );
      }
      lists[name] ??= [];
      lists[name].push(value);
    }
  }
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Float64Array.from(list)]));
}
