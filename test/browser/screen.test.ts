import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { PairScreen } from 'hedgerow';
import { screenPairs } from 'hedgerow';
import { beforeAll, describe, expect, it } from 'vitest';
import { visit } from './chromium.js';
import { panels } from './screen-panels.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A module bundled as a user's bundler would, with the built hedgerow inside. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}

let report: { alone: string[]; together: string[][]; lost: string };
let errors: string[];

beforeAll(async () => {
  const seen = await visit({
    'page.js': await bundle('screen-page.ts'),
    'worker.js': await bundle('screen-worker.ts'),
    'broken.js': "throw new Error('broken on purpose');",
  });
  errors = seen.errors.filter((error) => !error.includes('broken on purpose'));
  report = JSON.parse(seen.report) as typeof report;
});

describe('a screen in Chromium under a strict Content-Security-Policy', () => {
  it('complains of nothing', () => {
    expect(errors).toEqual([]);
  });

  it('is the same bit for bit on web workers, whatever their number, as without', () => {
    expect(report.alone.length).toBe(2);
    expect(report.together).toEqual([report.alone, report.alone, report.alone]);
  });

  it('says that a worker failed', () => {
    expect(report.lost).toMatch(/HedgerowError: screenPairsInParallel: a worker failed: .*broken on purpose/);
  });

  it('ranks the same pairs as Node, with the same ratios', () => {
    panels().forEach(([panel, options], i) => {
      const here = screenPairs(panel, options);
      const there = JSON.parse(report.alone[i]!) as PairScreen;
      const ratios = ({ pairs }: PairScreen): unknown =>
        pairs.map(({ y, x, ratio, reason }) => [y, x, Number.isFinite(ratio) ? ratio : null, reason]);
      expect(ratios(there)).toEqual(ratios(here));
      expect(here.pairs.length).toBe(there.pairs.length);
    });
  });
});
