import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { pageOf, servePage } from '../../examples/live/serve.js';
import { browserOptions } from './chromium.js';

it('shows a pair live from the published modules, without a bundler', async () => {
  const server = await servePage();
  const browser = await chromium.launch(browserOptions());
  try {
    const tab = await browser.newPage();
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(String(error)));
    await tab.goto(pageOf(server, '?simulated'));
    // 50 bars a second: the window is full after two.
    await tab.waitForFunction(
      () => Number(document.querySelector('#rows tr td:nth-child(6)')?.textContent) > -10,
      undefined,
      { timeout: 60_000 },
    );
    const cells = await tab.locator('#rows tr').first().locator('td').allTextContents();
    expect(cells).toHaveLength(7);
    expect(Number(cells[1])).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    const elsewhere = await tab.request.get(pageOf(server).replace('page.html', '../../package.json'));
    expect(elsewhere.status()).toBe(404);
  } finally {
    await browser.close();
    server.close();
  }
});
