import { describe, expect, it } from 'vitest';
import { bare, csv, days, file, runDemo, tapeFiles } from './run-demo.js';

const rows = days('2020-01-01', 100).map((date, i) => [date, 50 + Math.sin(i), 20 + Math.cos(i * i)]);
const x = file('x.csv', csv('Date,Open,Close', rows));
const tape = file('tape.csv', tapeFiles(120).x);

describe('the demo on command lines it cannot read', () => {
  const lines: readonly (readonly [argv: readonly string[], line: RegExp])[] = [
    [['--windw', '3'], /^demo: Unknown option '--windw'/],
    [['--window'], /^demo: --window needs a value$/m],
    [['--window', '1.5'], /^demo: --window must be a whole number of at least 2, received 1\.5$/m],
    [['--enter', 'two'], /^demo: --enter must be a number of standard deviations, 0 or more, received two$/m],
    [['--enter', '0'], /^demo: --enter must be above 0$/m],
    [['--exit', '3'], /^demo: --exit must be below --enter, received 3 and 2$/m],
    [['--stop', '1'], /^demo: --stop must be above --enter, received 1 and 2$/m],
    [['--prices', 'square'], /^demo: --prices must be raw or log, received square$/m],
    [['--history', '10'], /^demo: --history must hold at least one window, received 10 and 60$/m],
    [['--every', '1 second'], /^demo: --every must be a duration/],
    [['--every', '0'], /^demo: --every must be a duration .* or positive milliseconds, received 0$/m],
    [['--out', ''], /^demo: --out needs a file name$/m],
    [['--from', '2020-01-01'], /^demo: --from needs a file$/m],
    [[x, x, x], /^demo: takes one or two files, received 3$/m],
    [
      [x, x, '--from', '2020-13-01'],
      /^demo: --from must be a date such as 2015-01-31, received 2020-13-01$/m,
    ],
    [[x, x, '--from', '2021-01-01', '--to', '2020-01-01'], /^demo: --from must not be after --to/],
    [[x, x, '--seed', '3'], /^demo: --seed is for the simulated pair, without files$/m],
    [[x, x, '--every', '1m'], /^demo: --every makes bars from trades; x\.csv holds prices$/m],
    [[x, '--y', 'close', '--x', 'Close'], /^demo: --y and --x name the same column, close$/m],
    [[tape, tape, '--y', 'price'], /^demo: --y and --x name columns of prices; tape\.csv holds trades$/m],
  ];
  for (const [argv, line] of lines) {
    it(`says in one line what to change: ${bare(argv.join(' '))}`, async () => {
      const { code, out, error, html } = await runDemo(...argv);
      expect(bare(error)).toMatch(line);
      expect(error).toMatch(/^[^\n]+\n$/);
      expect(out).toBe('');
      expect(code).toBe(2);
      expect(html).toBeUndefined();
    });
  }

  it('takes the length of a bar as plain milliseconds, too', async () => {
    const { code, out } = await runDemo('--every', '1000', '--json');
    expect(code).toBe(0);
    expect(out).toBe((await runDemo('--every', '1s', '--json')).out);
  });

  it('leaves the other column to the leg that is not named, whatever the case', async () => {
    const found = JSON.parse((await runDemo(x, '--y', 'CLOSE', '--json')).out);
    expect([found.y.name, found.x.name]).toEqual(['Close', 'Open']);
  });
});
