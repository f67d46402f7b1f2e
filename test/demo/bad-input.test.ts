import { mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csv, days, file, filesThere, runDemo, tapeFiles } from './run-demo.js';

const dates = days('2020-01-01', 100);
const wave = (i: number): number => 50 + Math.sin(i) + 0.3 * Math.cos(i * i);
const goodRows = dates.map((date, i) => [date, (2 * wave(i) + Math.sin(i * 3)).toFixed(4)]);
const good = csv('Date,Price', goodRows);
const x = file(
  'x.csv',
  csv(
    'Date,Price',
    dates.map((date, i) => [date, wave(i).toFixed(4)]),
  ),
);
const tapes = tapeFiles(120);
const tapeX = file('tape-x.csv', tapes.x);
const tapeLines = tapes.y.trim().split('\n');

/** The good prices with one row (line 1 is the header) put another way. */
const withRow = (line: number, row: string): string => {
  const lines = good.trim().split('\n');
  lines[line - 1] = row;
  return `${lines.join('\n')}\n`;
};

/** The good tape with one cell put another way. */
const withCell = (line: number, column: number, cell: string): string => {
  const lines = [...tapeLines];
  lines[line - 1] = lines[line - 1]!.split(',')
    .map((old, i) => (i === column ? cell : old))
    .join(',');
  return `${lines.join('\n')}\n`;
};

const prices: readonly (readonly [what: string, content: string | Uint8Array, line: RegExp])[] = [
  ['an empty file', '', /^bad\.csv: the file is empty$/],
  ['only line ends', '\n\n', /^bad\.csv row 1: the header has neither/],
  ['only a header', 'Date,Price\n', /^bad\.csv: has a header but no prices$/],
  ['a header of another kind', 'a,b\n1,2\n', /^bad\.csv row 1: the header has neither .*: a,b$/],
  ['one column', 'Date\n2020-01-01\n', /^bad\.csv row 1: the header has neither/],
  ['a text price', withRow(7, '2020-01-06,n/a'), /^bad\.csv row 7: Price is not a number: 'n\/a'$/],
  ['a hexadecimal price', withRow(7, '2020-01-06,0x10'), /^bad\.csv row 7: Price is not a number: '0x10'$/],
  ['an infinite price', withRow(7, '2020-01-06,Infinity'), /^bad\.csv row 7: Price is not a number/],
  ['a date that is none', withRow(5, '2020-02-30,7'), /^bad\.csv row 5: date is not a date: '2020-02-30'$/],
  ['a date that stands twice', withRow(5, '2020-01-03,7'), /^bad\.csv row 5: repeats the date 2020-01-03$/],
  [
    'rows out of order',
    withRow(9, '2019-05-05,7'),
    /^bad\.csv row 9: is out of order: 2019-05-05 after 2020-01-07$/,
  ],
  [
    'a row cut short',
    withRow(101, '2020-04'),
    /^bad\.csv row 101: has 1 cell where the header has 2; is the file cut off\?$/,
  ],
  ['an open quote', withRow(50, '2020-02-18,"7'), /^bad\.csv row (50|101): not readable as CSV/],
  ['a quoted line end', withRow(50, '"2020-02-18\n",7'), /^bad\.csv: a quoted cell runs over a line end/],
  ['a gzip that stops', gzipSync(good).subarray(0, 300), /^bad\.csv: the gzip data stop in the middle/],
  ['a damaged gzip', damaged(gzipSync(good)), /^bad\.csv: the gzip data are damaged/],
  ['a zip archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /^bad\.csv: looks like a zip archive/],
  ['two megabytes without a line end', 'x'.repeat(2e6), /^bad\.csv row 1: no line ends within 1 MB/],
  [
    'other dates',
    good.replaceAll('2020-', '1996-'),
    /^bad \(1996-01-01 to .*\) and x \(2020-01-01 to .*\) have no date in common$/,
  ],
  [
    'too few dates',
    good.split('\n').slice(0, 31).join('\n'),
    /^bad and x: --window 60 needs at least 60 bars in common, received 30$/,
  ],
  [
    'a price that never moves',
    csv(
      'Date,Price',
      dates.map((date) => [date, 5]),
    ),
    /^bad and x: .+/,
  ],
  ['trades beside prices', tapes.y, /^bad\.csv holds trades and x\.csv holds prices/],
];

const trades: readonly (readonly [what: string, content: string, line: RegExp])[] = [
  ['a text price', withCell(4, 1, 'abc'), /^bad\.csv row 4: price is not a number: 'abc'$/],
  ['an empty price', withCell(4, 1, ''), /^bad\.csv row 4: price is not a number: ''$/],
  ['a NaN price', withCell(4, 1, 'NaN'), /^bad\.csv row 4: price is not a number: 'NaN'$/],
  ['a text quantity', withCell(4, 2, '-'), /^bad\.csv row 4: quantity is not a number: '-'$/],
  ['a negative quantity', withCell(4, 2, '-2'), /^bad\.csv row 4: quantity is negative: -2$/],
  ['a NaN time', withCell(8, 3, 'NaN'), /^bad\.csv row 8: time is not a moment since 1970: 'NaN'$/],
  ['a negative time', withCell(8, 3, '-5'), /^bad\.csv row 8: time is not a moment since 1970: '-5'$/],
  [
    'rows out of order',
    withCell(20, 3, '1704186000000'),
    /^bad\.csv row 20: is out of order: 2024-01-02 09:00:00 UTC after/,
  ],
  ['a trade id that stands twice', withCell(12, 0, '109'), /^bad\.csv row 12: repeats trade id 109$/],
  ['a trade id that runs back', withCell(12, 0, '55'), /^bad\.csv row 12: has trade id 55 after 109/],
  [
    'a silence of years',
    withCell(tapeLines.length, 3, '1904186000000'),
    /^bad\.csv row \d+: comes after a silence of [\d,]+ bars; use a longer --every$/,
  ],
  ['only a header', `${tapeLines[0]}\n`, /^bad\.csv: has a header but no trades$/],
  [
    'another day',
    tapes.y.replaceAll(',17041', ',18041'),
    /^bad \(2027.*\) and tape-x \(2024.*\) have no time in common$/,
  ],
  [
    'seconds for milliseconds',
    tapes.y.replace('time_ms', 'time').replace(/,(\d{10})\d{3},/g, ',$1,'),
    /^bad\.csv row 2: time \d{10} looks like seconds/,
  ],
];

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 60, 90);
  return copy;
}

const isOneLine = (text: string): boolean => /^[^\n]+\n$/.test(text);

describe('the demo on files it cannot use', () => {
  for (const [other, kinds] of [
    [x, prices],
    [tapeX, trades],
  ] as const) {
    for (const [what, content, line] of kinds) {
      it(`says in one line what is wrong: ${what} in ${other === x ? 'prices' : 'trades'}`, async () => {
        const { code, out, error, html } = await runDemo(file('bad.csv', content), other);
        expect(error.trimEnd()).toMatch(line);
        expect(isOneLine(error)).toBe(true);
        expect(out).toBe('');
        expect(code).toBe(1);
        expect(html).toBeUndefined();
        expect(filesThere().filter((name) => name.endsWith('.tmp'))).toEqual([]);
      });
    }
  }

  it('finds fault with the second file as with the first', async () => {
    const { error, code } = await runDemo(x, file('bad.csv', withRow(7, '2020-01-06,?')));
    expect(error).toBe("bad.csv row 7: Price is not a number: '?'\n");
    expect(code).toBe(1);
  });

  it('names a file that is missing, or a directory', async () => {
    expect((await runDemo(file('nowhere.csv'), x)).error).toBe(`${file('nowhere.csv')}: no such file\n`);
    mkdirSync(file('folder'), { recursive: true });
    expect((await runDemo(x, file('folder'))).error).toBe(`${file('folder')}: is a directory, not a file\n`);
  });

  it('asks for the other leg when one file is not enough', async () => {
    expect((await runDemo(x)).error).toBe(
      'x.csv: a pair needs two price columns or a second file, found Price\n',
    );
    expect((await runDemo(tapeX)).error).toBe(
      "tape-x.csv: holds the trades of one leg; give the other leg's file as well\n",
    );
  });

  it('names the columns there are when one is asked for that is not', async () => {
    const { error, code } = await runDemo(file('bad.csv', good), x, '--y', 'Close');
    expect(error).toBe('bad.csv: has no column Close; its columns are Price\n');
    expect(code).toBe(1);
  });

  it('names the row and date of a price without a logarithm, and takes it raw', async () => {
    const oil = file('oil.csv', withRow(60, '2020-02-28,-36.98'));
    expect((await runDemo(oil, x)).code).toBe(0);
    const { error, code } = await runDemo(oil, x, '--prices', 'log');
    expect(error).toBe('oil.csv row 60: the price -36.98 of 2020-02-28 has no logarithm; use --prices raw\n');
    expect(code).toBe(1);
    const tape = file('bad.csv', withCell(9, 1, '-1'));
    expect((await runDemo(tape, tapeX)).code).toBe(0);
    expect((await runDemo(tape, tapeX, '--prices', 'log')).error).toMatch(
      /^bad\.csv row 9: the price -1 of 2024-01-02 .* has no logarithm/,
    );
  });

  it('refuses a span without rows', async () => {
    const { error } = await runDemo(file('y.csv', good), x, '--from', '2030-01-01');
    expect(error).toBe('y: has no prices from --from to --to\n');
    const [tape] = [file('y.csv', tapes.y)];
    expect((await runDemo(tape, tapeX, '--to', '2001-01-01')).error).toBe(
      'y: has no trades from --from to --to\n',
    );
  });

  it('refuses to write its page over an input or in place of a folder', async () => {
    const y = file('y.csv', good);
    mkdirSync(file('folder'), { recursive: true });
    const over = await runDemo(y, x, '--out', y);
    expect(over.error).toBe(`${y}: is an input; the page would overwrite it\n`);
    expect(over.code).toBe(1);
    const inPlace = await runDemo(y, x, '--out', file('folder'));
    expect(inPlace.error).toBe(`${file('folder')}: is a directory; --out takes a file name\n`);
    const beneath = await runDemo(y, x, '--out', `${y}/page.html`);
    expect(beneath.error).toMatch(/y\.csv\/page\.html: cannot be written/);
    expect(beneath.out).toBe('');
  });

  it('leaves the page of an earlier run alone when it fails', async () => {
    const page = file('earlier.html', 'earlier');
    await runDemo(file('bad.csv', 'a,b'), x, '--out', page);
    expect(readFileSync(page, 'utf8')).toBe('earlier');
    expect((await runDemo(file('y.csv', good), x, '--out', page)).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('y on x');
  });
});

describe('the demo on command lines it cannot read', () => {
  const lines: readonly (readonly [argv: readonly string[], line: RegExp])[] = [
    [['--windw', '3'], /^demo: Unknown option '--windw'/],
    [['--window'], /^demo: --window needs a value$/],
    [['--window', '1.5'], /^demo: --window must be a whole number of at least 2, received 1\.5$/],
    [['--enter', 'two'], /^demo: --enter must be a number of standard deviations, 0 or more, received two$/],
    [['--enter', '0'], /^demo: --enter must be above 0$/],
    [['--exit', '3'], /^demo: --exit must be below --enter, received 3 and 2$/],
    [['--stop', '1'], /^demo: --stop must be above --enter, received 1 and 2$/],
    [['--prices', 'square'], /^demo: --prices must be raw or log, received square$/],
    [['--history', '10'], /^demo: --history must hold at least one window, received 10 and 60$/],
    [['--every', '1 second'], /^demo: --every must be a duration/],
    [['--from', '2020-01-01'], /^demo: --from needs a file$/],
    [[x, x, x], /^demo: takes one or two files, received 3$/],
    [[x, x, '--from', '2020-13-01'], /^demo: --from must be a date such as 2015-01-31, received 2020-13-01$/],
    [[x, x, '--from', '2021-01-01', '--to', '2020-01-01'], /^demo: --from must not be after --to/],
    [[x, x, '--seed', '3'], /^demo: --seed is for the simulated pair, without files$/],
    [[x, x, '--every', '1m'], /^demo: --every makes bars from trades; x\.csv holds prices$/],
    [[tapeX, tapeX, '--y', 'price'], /^demo: --y and --x name columns of prices; tape-x\.csv holds trades$/],
  ];
  for (const [argv, line] of lines) {
    it(`says in one line what to change: ${argv.filter((word) => word.length < 20).join(' ')}`, async () => {
      const { code, out, error, html } = await runDemo(...argv);
      expect(error.trimEnd()).toMatch(line);
      expect(isOneLine(error)).toBe(true);
      expect(out).toBe('');
      expect(code).toBe(2);
      expect(html).toBeUndefined();
    });
  }
});
