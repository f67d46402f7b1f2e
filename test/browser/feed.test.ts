import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { loopbackExchange } from '../support/loopback-exchange.js';
import { visit } from './chromium.js';
import type { FeedReport } from './feed-page.js';

it('follows an exchange from a page under a strict Content-Security-Policy without losing a trade', async () => {
  const faults = { lostFrame: 0.01, repeatedFrame: 0.01, garbageFrame: 0.01, foreignFrame: 0.01 };
  const loopback = await loopbackExchange({ seed: 1, symbols: ['BTCUSDT'], faults });
  const { exchange, host } = loopback;
  exchange.trade('BTCUSDT', 2500, false);
  const { firstId } = exchange.tapes.get('BTCUSDT')!;
  const wanted = 6000;
  let beats = 0;
  const beat = setInterval(() => {
    exchange.trade('BTCUSDT', 10);
    // Twice the cable is pulled, once the page is there.
    if (exchange.sockets.size > 0) beats++;
    if (beats === 80 || beats === 200) loopback.cut();
  }, 10);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('feed-page.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    define: { EXCHANGE: JSON.stringify(host), FIRST: String(firstId), WANTED: String(wanted) },
  });
  const seen = await visit({ 'page.js': outputFiles[0]!.text }, [`ws://${host}`, `http://${host}`]);
  clearInterval(beat);
  await loopback.close();
  const { ids, gaps, statuses, counts } = JSON.parse(seen.report) as FeedReport;
  console.log(`in Chromium: ${JSON.stringify(counts)}`);
  expect(ids).toEqual(Array.from({ length: wanted }, (_, i) => firstId + i));
  expect(gaps).toBe(0);
  expect(statuses).toContain('live');
  expect(counts.filled).toBeGreaterThan(2000);
  expect(counts.lost).toBeGreaterThan(0);
  // A connection that is cut is a complaint of the browser's own; nothing else may be.
  expect(seen.errors.filter((error) => !/WebSocket connection|failed/.test(error))).toEqual([]);
  expect(exchange.violations).toMatchObject({ impatient: 0, overWeight: 0, headers: 0 });
});
