import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawSmile } from '../../examples/smile/main.js';
import { dataFolder } from '../support/market-data.js';

const folder = mkdtempSync(join(tmpdir(), 'hedgerow-smile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(dataFolder)('the smile of a real chain', () => {
  it.each([
    ['aapl_options_20140606_20140609.csv.gz', { rate: 0.002 }, 4532],
    ['ford_options_20201209.csv', { spot: 9.425, rate: 0.001 }, 494],
    ['tsla_options_20160502.csv', { spot: 241.8, rate: 0.005 }, 857],
  ])('has a point for every row of %s with a volatility', (file, given, length) => {
    const page = join(folder, `${file}.html`);
    const { solved, rows } = drawSmile(join(dataFolder!, 'options', file), page, given);
    expect(rows).toBe(length);
    expect(solved).toBeGreaterThan(0.75 * rows);
    const html = readFileSync(page, 'utf8');
    const points = [...html.matchAll(/<circle cx="([^"]*)" cy="([^"]*)"/g)];
    expect(points.length).toBe(solved);
    for (const [, x, y] of points) {
      // Within the frame; NaN is nowhere.
      expect(Number(x)).toBeGreaterThanOrEqual(60);
      expect(Number(x)).toBeLessThanOrEqual(890);
      expect(Number(y)).toBeGreaterThanOrEqual(10);
      expect(Number(y)).toBeLessThanOrEqual(440);
    }
    expect(html).toContain(`<tr><td>solved</td><td>${solved}</td></tr>`);
  });
});
