import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { visit } from './chromium.js';
import type { Report } from './page.js';
import type { Sample } from './samples.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A module bundled as a user's bundler would, with the built hedgerow inside. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => /(^|\/)(src|vitest|adapters\/ndarray)\//.test(path))).toEqual([]);
  expect(inputs.some((path) => /(^|\/)dist\/stats\//.test(path))).toBe(true);
  return outputFiles[0]!.text;
}

let report: Report;
let errors: string[];
let node: Sample[];

beforeAll(async () => {
  const seen = await visit({ 'page.js': await bundle('page.ts'), 'worker.js': await bundle('worker.ts') });
  errors = seen.errors;
  report = JSON.parse(seen.report) as Report;
  const folder = await mkdtemp(join(tmpdir(), 'hedgerow-'));
  await writeFile(join(folder, 'samples.mjs'), await bundle('samples.ts'));
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'samples.mjs')).href)) as {
    samples(): Sample[];
  };
  node = module.samples();
  await rm(folder, { recursive: true });
});

describe('Chromium under a strict Content-Security-Policy', () => {
  it('complains of nothing', () => {
    expect(errors).toEqual([]);
  });

  it('keeps every law for every estimator', () => {
    const laws = [...new Set(report.verdicts.map(({ law }) => law))];
    const subjects = [...new Set(report.verdicts.map(({ subject }) => subject))];
    const width = Math.max(...subjects.map((name) => name.length));
    const table = subjects.map((name) => {
      const verdicts = report.verdicts.filter(({ subject }) => subject === name);
      const kept = verdicts.filter(({ violation }) => violation === undefined).length;
      return `${name.padEnd(width)}  ${kept} of ${verdicts.length} laws`;
    });
    console.log([`${subjects.length} estimators, ${laws.length} laws, in Chromium:`, ...table].join('\n'));
    expect(report.verdicts.length).toBeGreaterThan(0);
    expect(report.verdicts.filter(({ violation }) => violation !== undefined)).toEqual([]);
  });
});

describe('the same computation in Node, in a page and in a worker', () => {
  for (const place of ['page', 'worker'] as const) {
    it(`gives the same bits in a ${place}, where it is arithmetic`, () => {
      const exact = (all: readonly Sample[]): Sample[] => all.filter(({ transcendental }) => !transcendental);
      expect(exact(report[place]).length).toBeGreaterThan(0);
      expect(exact(report[place])).toEqual(exact(node));
    });

    it(`gives the same numbers in a ${place} but for the last bits, where exp and log take part`, () => {
      for (const [i, { name, numbers }] of node.entries()) {
        const there = report[place][i]!;
        expect(there.name).toBe(name);
        numbers.forEach((number, j) => {
          const difference = Math.abs(Number(there.numbers[j]) - Number(number));
          const same = there.numbers[j] === number || difference <= 1e-13 * Math.abs(Number(number));
          expect(same, `${name}[${j}]: ${there.numbers[j]} in a ${place}, ${number} in Node`).toBe(true);
        });
      }
    });
  }
});
