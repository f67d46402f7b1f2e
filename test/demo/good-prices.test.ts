import { gzipSync } from 'node:zlib';
import { cointegratedPair, ols } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { csv, days, file, runDemo } from './run-demo.js';

const pair = cointegratedPair({ observations: 400, ratio: 1.5, intercept: 7, halfLife: 6, seed: 3 });
const dates = days('2015-01-01', 400);
const pricesOf = (values: Float64Array, end?: string): string =>
  csv(
    'Date,Price',
    dates.map((date, i) => [date, values[i]!]),
    end,
  );

describe('the demo on daily prices', () => {
  it('reports the hedge, the test, the half-life and the position', async () => {
    const [y, x] = [file('gold.csv', pricesOf(pair.y)), file('silver.csv', pricesOf(pair.x))];
    const { code, out, error, html } = await runDemo(y, x);
    expect(error).toBe('');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toBe('gold on silver');
    for (const words of [
      'gold: 400 prices',
      '400 dates',
      '2015-01-01 to 2016-02-04',
      'The spread is stationary at the 5 % level: −3.344 lies below −2.869.',
      'critical values',
      'trading days, about 5',
      'enter at |z| ≥ 2, exit at |z| ≤ 0.5',
    ]) {
      expect(out).toContain(words);
    }
    expect(html).toContain('gold on silver');
    expect(html).toContain('The spread is stationary at the 5 % level');
  });

  it('prints the numbers in full as JSON', async () => {
    const [y, x] = [file('gold.csv', pricesOf(pair.y)), file('silver.csv', pricesOf(pair.x))];
    const { out } = await runDemo(y, x, '--json', '--window', '30');
    const found = JSON.parse(out);
    const fit = ols(pair);
    expect(found.ratio).toBe(fit.ratio);
    expect(found.intercept).toBe(fit.intercept);
    expect(found.hedge.rSquared).toBe(fit.rSquared);
    expect(found.analysed).toBe(400);
    expect(found.window).toBe(30);
  });

  it('reads one file with two columns, compact dates, line ends of either kind and gzip under any name the same', async () => {
    const [y, x] = [file('y.csv', pricesOf(pair.y)), file('x.csv', pricesOf(pair.x))];
    const { out } = await runDemo(y, x, '--json');
    const { ratio, adf, zScore } = JSON.parse(out);
    const rows = dates.map((date, i) => [date.replaceAll('-', ''), pair.y[i]!, pair.x[i]!, 'note']);
    const columns = csv('Date,EWA,EWC,Comment', rows);
    const inputs = [
      [file('crlf.csv', pricesOf(pair.y, '\r\n')), x],
      [file('packed.csv', gzipSync(pricesOf(pair.y))), x],
      [file('plain.csv.gz', pricesOf(pair.y)), x],
      [file('bom.csv', `\ufeff${pricesOf(pair.y).trimEnd()}`), x],
      [file('both.csv', columns)],
      [file('turned.csv', columns.replace('EWA,EWC', 'EWC,EWA')), '--y', 'EWC', '--x', 'EWA'],
      [file('quoted.csv', columns.replace(/note/g, '"a, b"'))],
    ];
    for (const input of inputs) {
      const run = await runDemo(...input, '--json');
      expect(run.error).toBe('');
      expect(JSON.parse(run.out)).toMatchObject({ ratio, adf, zScore });
    }
  });

  it('joins on the dates both have and says how many it left out', async () => {
    const holes = dates.map((date, i) => [date, pair.y[i]!]).filter((_, i) => i % 7 !== 0);
    const y = file('y.csv', csv('Date,Price', holes));
    const x = file('x.csv', pricesOf(pair.x));
    const { out } = await runDemo(y, x);
    expect(out).toContain('x: 400 prices, 58 left out (not priced in both)');
    expect(out).toContain('342 dates');
  });

  it('treats an empty cell as no price', async () => {
    const rows = dates.map((date, i) => [date, i < 50 ? '' : pair.y[i]!, pair.x[i]!]);
    const { out } = await runDemo(file('ragged.csv', csv('Date,A,B', rows)));
    expect(out).toContain('A: 400 prices, 50 left out');
    expect(out).toContain('350 dates');
  });

  it('takes the days from --from to --to, both included', async () => {
    const [y, x] = [file('y.csv', pricesOf(pair.y)), file('x.csv', pricesOf(pair.x))];
    const { out } = await runDemo(y, x, '--json', '--from', '2015-02-01', '--to', '2015-12-31');
    const found = JSON.parse(out);
    expect(found.analysed).toBe(334);
    expect(new Date(found.first).toISOString()).toBe('2015-02-01T00:00:00.000Z');
    expect(new Date(found.last).toISOString()).toBe('2015-12-31T00:00:00.000Z');
  });

  it('keeps the newest of a long history and says what it left out', async () => {
    const [y, x] = [file('y.csv', pricesOf(pair.y)), file('x.csv', pricesOf(pair.x))];
    const { out } = await runDemo(y, x, '--history', '150');
    expect(out).toContain('400 dates, the newest 150 analysed');
    expect(out).toContain('250 older dates (--history 150)');
    const newest = { y: pair.y.slice(-150), x: pair.x.slice(-150) };
    const found = JSON.parse((await runDemo(y, x, '--history', '150', '--json')).out);
    expect(found.ratio).toBe(ols(newest).ratio);
  });

  it('hedges logarithms when asked', async () => {
    const [y, x] = [file('y.csv', pricesOf(pair.y)), file('x.csv', pricesOf(pair.x))];
    const { out, html } = await runDemo(y, x, '--prices', 'log');
    expect(out).toMatch(/spread +log y − [\d.]+ log x/);
    expect(html).toContain('"isLinear":false');
  });
});

describe('the demo without files', () => {
  it('simulates a pair, the same for the same seed', async () => {
    const one = await runDemo('--seed', '3', '--json');
    expect(one.code).toBe(0);
    expect(one.out).toBe((await runDemo('--seed', '3', '--json')).out);
    expect(one.out).not.toBe((await runDemo('--seed', '4', '--json')).out);
    expect(Math.abs(JSON.parse(one.out).ratio - 1.2)).toBeLessThan(0.1);
  });

  it('explains itself', async () => {
    const { code, out, html } = await runDemo('--help');
    expect(code).toBe(0);
    expect(out).toContain('npm run demo -- Y.csv X.csv');
    expect(html).toBeUndefined();
  });
});
