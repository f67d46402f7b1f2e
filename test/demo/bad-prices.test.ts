import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BadFiles, bare, csv, days, file, refuses, runDemo, tapeFiles, withLine } from './run-demo.js';

const dates = days('2020-01-01', 100);
const wave = (i: number): number => 50 + Math.sin(i) + 0.3 * Math.cos(i * i);
const pricesOf = (price: (i: number) => number | string): string =>
  csv(
    'Date,Price',
    dates.map((date, i) => [date, price(i)]),
  );
const good = pricesOf((i) => (2 * wave(i) + Math.sin(i * 3)).toFixed(4));
const x = file(
  'x.csv',
  pricesOf((i) => wave(i).toFixed(4)),
);

/** The good prices with one row put another way. */
const withRow = (line: number, row: string): string => withLine(good, line, () => row);

const contents: BadFiles = [
  ['an empty file', '', /^bad\.csv: the file is empty$/m],
  ['only line ends', '\n\n', /^bad\.csv row 1: is blank where the header belongs$/m],
  ['only a header', 'Date,Price\n', /^bad\.csv: has a header but no prices$/m],
  ['a header of another kind', 'a,b\n1,2\n', /^bad\.csv row 1: the header has neither .*: a,b$/m],
  ['one column', 'Date\n2020-01-01\n', /^bad\.csv row 1: the header has neither/],
  ['a name that stands twice', 'Date,Close,close\n', /^bad\.csv row 1: two columns are called close$/m],
  ['a text price', withRow(7, '2020-01-06,n/a'), /^bad\.csv row 7: Price is not a number: 'n\/a'$/m],
  ['a hexadecimal price', withRow(7, '2020-01-06,0x10'), /^bad\.csv row 7: Price is not a number: '0x10'$/m],
  ['an infinite price', withRow(7, '2020-01-06,Infinity'), /^bad\.csv row 7: Price is not a number/],
  ['a date that is none', withRow(5, '2020-02-30,7'), /^bad\.csv row 5: date is not a date: '2020-02-30'$/m],
  ['a date that stands twice', withRow(5, '2020-01-03,7'), /^bad\.csv row 5: repeats the date 2020-01-03$/m],
  [
    'rows out of order',
    withRow(9, '2019-05-05,7'),
    /^bad\.csv row 9: is out of order: 2019-05-05 after 2020-01-07$/m,
  ],
  [
    'a row cut short',
    withRow(101, '2020-04'),
    /^bad\.csv row 101: has 1 cell where the header has 2; is the file cut off\?$/m,
  ],
  [
    'a row with a cell too many',
    withRow(50, '2020-02-18,1,234.5'),
    /^bad\.csv row 50: has 3 cells where the header has 2; is a comma inside a cell without quotes\?$/m,
  ],
  [
    'other dates',
    good.replaceAll('2020-', '1996-'),
    /^bad \(1996-01-01 to .*\) and x \(2020-01-01 to .*\) have no date in common$/m,
  ],
  ['dates without prices', pricesOf(() => ''), /^bad: has dates but no prices$/m],
  [
    'too few dates',
    good.split('\n').slice(0, 31).join('\n'),
    /^bad and x: --window 60 needs at least 60 bars in common, received 30$/m,
  ],
  ['a price that never moves', pricesOf(() => 5), /^bad and x: .+/],
  [
    'the prices of the other leg',
    pricesOf((i) => wave(i).toFixed(4)),
    /^bad and x hold the same prices; a pair needs two markets$/m,
  ],
  ['trades beside prices', tapeFiles(120).y, /^bad\.csv holds trades and x\.csv holds prices/],
];

describe('the demo on prices it cannot use', () => refuses(contents, x));

describe('the demo on files of prices', () => {
  it('calls a file as it was typed, and finds fault with the second as with the first', async () => {
    const bad = file('bad.csv', withRow(7, '2020-01-06,?'));
    const { error, code } = await runDemo(x, bad);
    expect(error).toBe(`${bad} row 7: Price is not a number: '?'\n`);
    expect(code).toBe(1);
  });

  it('names a file that is missing, or a directory', async () => {
    expect((await runDemo(file('nowhere.csv'), x)).error).toBe(`${file('nowhere.csv')}: no such file\n`);
    mkdirSync(file('folder'), { recursive: true });
    expect((await runDemo(x, file('folder'))).error).toBe(`${file('folder')}: is a directory, not a file\n`);
  });

  it('asks for the other leg when one file is not enough, or stands twice', async () => {
    expect(bare((await runDemo(x)).error)).toBe(
      'x.csv: a pair needs two price columns or a second file, found Price\n',
    );
    expect((await runDemo(x, x)).error).toBe(
      'x (y) and x (x) hold the same prices; a pair needs two markets\n',
    );
  });

  it('takes one file twice for two of its columns', async () => {
    const rows = dates.map((date, i) => [date, 2 * wave(i) + Math.sin(i * 3), wave(i)]);
    const both = file('both.csv', csv('Date,EWA,EWC', rows));
    const { out } = await runDemo(both, both, '--y', 'EWA', '--x', 'ewc', '--json');
    expect(JSON.parse(out).ratio).toBe(JSON.parse((await runDemo(both, '--json')).out).ratio);
  });

  it('shows a name no longer than a line can bear', async () => {
    const rows = dates.map((date, i) => [date, 2 * wave(i) + Math.sin(i * 3), wave(i)]);
    const { out } = await runDemo(file('odd.csv', csv(`Date,${'y'.repeat(5000)},x\u001b`, rows)));
    expect(out.split('\n')[0]).toBe(`${'y'.repeat(79)}… on x\\u{1b}`);
  });

  it('names the columns there are when one is asked for that is not', async () => {
    const { error, code } = await runDemo(file('bad.csv', good), x, '--y', 'Close');
    expect(bare(error)).toBe('bad.csv: has no column Close; its columns are Price\n');
    expect(code).toBe(1);
  });

  it('names the row and date of a price without a logarithm, and takes it raw', async () => {
    const oil = file('oil.csv', withRow(60, '2020-02-28,-36.98'));
    expect((await runDemo(oil, x)).code).toBe(0);
    const { error, code } = await runDemo(oil, x, '--prices', 'log');
    expect(bare(error)).toBe(
      'oil.csv row 60: the price -36.98 of 2020-02-28 has no logarithm; use --prices raw\n',
    );
    expect(code).toBe(1);
  });

  it('refuses a span without rows', async () => {
    const { error } = await runDemo(file('y.csv', good), x, '--from', '2030-01-01');
    expect(error).toBe('y: has no prices from --from to --to\n');
  });
});
