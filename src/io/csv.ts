import papaparse from 'papaparse';
import { checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { asNumber, type Series } from '../core/series.js';
import { csvLines } from './csv-lines.js';
import type { TextSource } from './text.js';

/** A row of a CSV file: its fields by the names in the header. */
export interface CsvRow {
  /** Where the row stands among the rows, from 1 for the first after the header. */
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** The header, row 0, and then every row, as lists of fields. */
export async function* csvLists(
  source: TextSource,
): AsyncGenerator<{ readonly row: number; readonly list: readonly string[] }> {
  let row = -1;
  for await (const text of csvLines(source)) {
    const { data, errors } = papaparse.parse<string[]>(text, {
      ...{ delimiter: ',', newline: '\n', skipEmptyLines: true },
    });
    const quotes = errors.find(({ type }) => type === 'Quotes');
    for (const [i, list] of data.entries()) {
      row++;
      if (quotes && i === (quotes.row ?? 0)) {
        throw new DataError('unreadable', `csvRows: row ${row} has a quote that does not close its field`);
      }
      if (row === 0) checkHeader(list);
      yield { row, list };
    }
    if (quotes) throw new DataError('unreadable', `csvRows: row ${row + 1} has a quote that does not close`);
  }
}

/** The fields of a row by name, or why there are none. */
export function namedFields(
  header: readonly string[],
  list: readonly string[],
): Readonly<Record<string, string>> | string {
  if (list.length !== header.length) return `must have ${header.length} fields, received ${list.length}`;
  return Object.fromEntries(header.map((name, i) => [name, list[i]!]));
}

/**
 * The rows of a CSV file as they come, each by the names in the header. Fields may be quoted; a first byte-order mark and
 * empty lines are passed over; lines may end in \n, \r\n or \r.
 *
 * @throws DataError `unreadable` where a row has more or fewer fields than the header or a quote that does not close,
 *   naming the row, or two columns share a name
 * @example
 * ```ts
 * const rows = csvRows('price,venue\n20.5,"ICE, London"\n');
 * await rows.next(); // → { value: { row: 1, fields: { price: '20.5', venue: 'ICE, London' } }, done: false }
 * ```
 */
export async function* csvRows(source: TextSource): AsyncGenerator<CsvRow> {
  let header: readonly string[] = [];
  for await (const { row, list } of csvLists(source)) {
    if (row === 0) header = list;
    else {
      const fields = namedFields(header, list);
      if (typeof fields === 'string') throw new DataError('unreadable', `csvRows: row ${row} ${fields}`);
      yield { row, fields };
    }
  }
}

function checkHeader(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new DataError('unreadable', `csvRows: columns must have different names, received '${twice}' twice`);
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

/** One line of CSV. A line of one empty field would be no line at all: what is missing is then called NaN. */
export function csvLine(fields: readonly (string | number)[]): string {
  const texts = fields.map((field) => (typeof field === 'number' ? csvNumber(field) : field));
  return `${papaparse.unparse([fields.length === 1 && texts[0] === '' ? ['NaN'] : texts], { newline: '\n' })}\n`;
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
  let header: readonly string[] = [];
  let columns: number[][] = [];
  for await (const { row, list } of csvLists(source)) {
    if (row === 0) {
      header = list;
      columns = list.map(() => []);
      continue;
    }
    const fields = namedFields(header, list);
    if (typeof fields === 'string') throw new DataError('unreadable', `columnsFromCsv: row ${row} ${fields}`);
    list.forEach((field, k) => {
      const value = numberIn(field);
      if (value === undefined) {
        throw new DataError(
          'unreadable',
          `columnsFromCsv: row ${row}: ${header[k]} is '${field}', no number`,
        );
      }
      columns[k]!.push(value);
    });
  }
  return Object.fromEntries(header.map((name, k) => [name, Float64Array.from(columns[k]!)]));
}
