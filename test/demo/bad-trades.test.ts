import { describe, expect, it } from 'vitest';
import { type BadFiles, bare, file, refuses, runDemo, tapeFiles, withLine } from './run-demo.js';

const tapes = tapeFiles(120);
const x = file('x.csv', tapes.x);
const lines = tapes.y.trim().split('\n');

/** The good tape with one cell put another way. */
const withCell = (line: number, column: number, cell: string, tape = tapes.y): string =>
  withLine(tape, line, (row) =>
    row
      .split(',')
      .map((old, i) => (i === column ? cell : old))
      .join(','),
  );

/** The good tape with other ids. */
const withIds = (idOf: (row: number) => string): string =>
  [lines[0], ...lines.slice(1).map((row, i) => row.replace(/^\d+/, idOf(i)))].join('\n');

// Ids of nineteen digits, as some exchanges number their trades: doubles cannot tell them apart.
const long = withIds((row) => `${1_234_567_890_123_456_000n + BigInt(row)}`);

const contents: BadFiles = [
  ['a text price', withCell(4, 1, 'abc'), /^bad\.csv row 4: price is not a number: 'abc'$/m],
  ['an empty price', withCell(4, 1, ''), /^bad\.csv row 4: price is not a number: ''$/m],
  ['a NaN price', withCell(4, 1, 'NaN'), /^bad\.csv row 4: price is not a number: 'NaN'$/m],
  ['a text quantity', withCell(4, 2, '-'), /^bad\.csv row 4: quantity is not a number: '-'$/m],
  ['a negative quantity', withCell(4, 2, '-2'), /^bad\.csv row 4: quantity is negative: -2$/m],
  ['a NaN time', withCell(8, 3, 'NaN'), /^bad\.csv row 8: time is not a moment since 1970: 'NaN'$/m],
  ['a negative time', withCell(8, 3, '-5'), /^bad\.csv row 8: time is not a moment since 1970: '-5'$/m],
  [
    'rows out of order',
    withCell(20, 3, '1704186000000'),
    /^bad\.csv row 20: is out of order: 2024-01-02 09:00:00 UTC after/,
  ],
  ['a trade id that stands twice', withCell(12, 0, '109'), /^bad\.csv row 12: repeats trade id 109$/m],
  ['a trade id that runs back', withCell(12, 0, '55'), /^bad\.csv row 12: has trade id 55 after 109/],
  ['a trade without an id', withCell(12, 0, ' '), /^bad\.csv row 12: has no trade id$/m],
  [
    'a long trade id that runs back',
    withCell(12, 0, '1234567890123456008', long),
    /^bad\.csv row 12: has trade id 1234567890123456008 after 1234567890123456009: repeated/,
  ],
  [
    'a trade id that is no number and stands twice',
    withCell(
      13,
      0,
      'a-11',
      withIds((row) => `a-${row + 1}`),
    ),
    /^bad\.csv row 13: repeats trade id a-11$/m,
  ],
  [
    'a silence of years',
    withCell(lines.length, 3, '1904186000000'),
    /^bad\.csv row \d+: comes after a silence of [\d,]+ bars; use a longer --every$/m,
  ],
  ['only a header', `${lines[0]}\n`, /^bad\.csv: has a header but no trades$/m],
  [
    'seconds for milliseconds',
    tapes.y.replace('time_ms', 'time').replace(/,(\d{10})\d{3},/g, ',$1,'),
    /^bad\.csv row 2: time \d{10} looks like seconds/,
  ],
];

describe('the demo on trades it cannot use', () => refuses(contents, x));

describe('the demo on files of trades', () => {
  it('tells ids of nineteen digits apart, and takes ids that are no numbers', async () => {
    const { ratio } = JSON.parse((await runDemo(file('y.csv', tapes.y), x, '--json')).out);
    for (const tape of [long, withIds((row) => `a-${row}`), withIds((row) => `000${row}`)]) {
      const { error, out } = await runDemo(file('y.csv', tape), x, '--json');
      expect(error).toBe('');
      expect(JSON.parse(out).ratio).toBe(ratio);
    }
  });

  it('asks for the other leg when one file is not enough', async () => {
    expect(bare((await runDemo(x)).error)).toBe(
      "x.csv: holds the trades of one leg; give the other leg's file as well\n",
    );
    expect((await runDemo(x, x)).error).toContain('hold the same prices');
  });

  it('takes a price below zero raw, and names it when logarithms are asked for', async () => {
    const tape = file('bad.csv', withCell(9, 1, '-1'));
    expect((await runDemo(tape, x)).code).toBe(0);
    expect(bare((await runDemo(tape, x, '--prices', 'log')).error)).toMatch(
      /^bad\.csv row 9: the price -1 of 2024-01-02 .* has no logarithm/,
    );
  });

  it('refuses a span without rows', async () => {
    expect((await runDemo(file('y.csv', tapes.y), x, '--to', '2001-01-01')).error).toBe(
      'y: has no trades from --from to --to\n',
    );
  });
});
