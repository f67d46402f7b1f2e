import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { csv, days, file, runDemo } from './run-demo.js';

/** A browser of the machine: `CHROMIUM` names it, or it is where Debian puts it. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

describe.runIf(existsSync(executablePath))('the page of the demo on a telephone', () => {
  it('keeps the legends between the price scales, and complains of nothing', async () => {
    const rows = days('2020-01-01', 200).map((date, i) => [
      date,
      61_000 + 300 * Math.sin(i),
      2600 + 9 * Math.cos(i * i),
    ]);
    const pair = file('pair.csv', csv('Date,A rather long name of a leg,Another rather long name', rows));
    const page = file('narrow.html');
    await runDemo(pair, '--out', page);
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    });
    try {
      const tab = await browser.newPage({ viewport: { width: 390, height: 844 } });
      const errors: string[] = [];
      tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      tab.on('pageerror', (error) => errors.push(String(error)));
      await tab.goto(pathToFileURL(page).href);
      await tab.waitForFunction(() => (document.querySelector('.legend') as HTMLElement)?.style.top !== '');
      // A row of the chart is a table row: left scale, pane, right scale.
      const { panes, legends } = await tab.evaluate(() => {
        const edges = (element: Element) => {
          const { left, right } = element.getBoundingClientRect();
          return { left, right };
        };
        const all = (selector: string) => Array.from(document.querySelectorAll(selector), edges);
        return { panes: all('#chart tr td:nth-child(2)'), legends: all('.legend') };
      });
      expect(legends).toHaveLength(3);
      for (const { left, right } of legends) {
        expect(left).toBeGreaterThanOrEqual(panes[0]!.left);
        expect(right).toBeLessThanOrEqual(panes[0]!.right);
      }
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
