import { gzipSync } from 'node:zlib';
import { describe } from 'vitest';
import { type BadFiles, csv, days, file, refuses, withLine } from './run-demo.js';

/** Daily prices in a file. */
const pricesOf = (from: string, count: number): string =>
  csv(
    'Date,Price',
    days(from, count).map((date, i) => [date, (50 + Math.sin(i) + 0.3 * Math.cos(i * i)).toFixed(9)]),
  );
const good = pricesOf('2020-01-01', 100);
const withRow = (line: number, row: string): string => withLine(good, line, () => row);

/** Longer than the blocks that files are read in. */
const long = pricesOf('1900-01-01', 40_000);
const longWithRow = (line: number, row: string): string => withLine(long, line, () => row);

function damaged(bytes: Buffer, from: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.subarray(from).subarray(0, 30).fill(0xff);
  return copy;
}

const texts: BadFiles = [
  ['an open quote', withRow(50, '2020-02-18,"7'), /^bad\.csv row 50: not readable as CSV \(Quote Not Closed/],
  [
    'an open quote in a later block',
    longWithRow(30_000, '1982-02-18,"7'),
    /^bad\.csv row 30000: not readable as CSV \((?!.*at line)/,
  ],
  ['a quoted line end', withRow(50, '"2020-02-18\n",7'), /^bad\.csv row 50: not readable as CSV/],
  [
    'a quoted line end in a later block',
    longWithRow(30_000, '"1982-02-18\n",7'),
    /^bad\.csv row 30000: not readable as CSV/,
  ],
  [
    'a gzip that stops at once',
    gzipSync(good).subarray(0, 30),
    /^bad\.csv: the gzip data stop in the middle/,
  ],
  [
    'a gzip that stops',
    gzipSync(long).subarray(0, 150_000),
    /^bad\.csv after [\d,]{5,} rows: the gzip data stop in the middle; is the file cut off\?$/m,
  ],
  ['a damaged gzip', damaged(gzipSync(good), 60), /^bad\.csv.*: the gzip data are damaged/],
  [
    'a gzip whose checksum is wrong',
    damaged(gzipSync(long), -8),
    /^bad\.csv after [\d,]{5,} rows: the gzip data are damaged \(incorrect data check\)$/m,
  ],
  ['a zip archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /^bad\.csv: looks like a zip archive/],
  ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), /^bad\.csv: looks like UTF-16 text/],
  [
    'UTF-16 with the large byte first',
    Buffer.from(`\ufeff${good}`, 'utf16le').swap16(),
    /^bad\.csv: looks like UTF-16 text/,
  ],
  ['binary data', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 10]), /^bad\.csv: looks like binary data/],
  ['two megabytes without a line end', 'x'.repeat(2e6), /^bad\.csv row 1: no line ends within 1 MB/],
  ['line ends of CR alone', good.replaceAll('\n', '\r'), /^bad\.csv: its lines end in CR alone; LF or CR LF/],
  [
    'many line ends of CR alone',
    long.replaceAll('\n', '\r').repeat(3),
    /^bad\.csv: its lines end in CR alone/,
  ],
  ['semicolons', good.replaceAll(',', ';'), /^bad\.csv row 1: the cells are parted by ';' where commas/],
  ['tabs', good.replaceAll(',', '\t'), /^bad\.csv row 1: the cells are parted by tabs where commas/],
  [
    'a cell of 200 kB',
    withRow(7, `2020-01-06,${'x'.repeat(200_000)}`),
    /^bad\.csv row 7: Price is not a number: 'x{79}…'$/m,
  ],
  [
    'characters that do not print',
    withRow(7, '2020-01-06,1\u0000\u001b[31m\u2028\u202e'),
    /^bad\.csv row 7: Price is not a number: '1\\u\{0\}\\u\{1b\}\[31m\\u\{2028\}\\u\{202e\}'$/m,
  ],
  ['a header of 200 kB', `${'name,'.repeat(40_000)}\n`, /^bad\.csv row 1: two columns are called name$/m],
];

describe('the demo on text it cannot read', () => refuses(texts, file('x.csv', good)));
