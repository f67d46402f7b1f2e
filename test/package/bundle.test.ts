import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { consumer } from './consumer.js';

/** What a bundler makes of a line of the user's: the code, and the modules that left something in it. */
async function bundled(contents: string): Promise<{ code: string; from: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: consumer },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { code: outputFiles[0]!.text, from: inputs.map(([path]) => path) };
}

const heavy = /jstat|ml-matrix|ndarray/;

describe('a bundle of one function', () => {
  for (const name of ['mean', 'zScore', 'RollingMean']) {
    it(`holds ${name} and what it needs alone`, async () => {
      const { code, from } = await bundled(`export { ${name} } from 'hedgerow';`);
      expect(from.filter((path) => heavy.test(path))).toEqual([]);
      expect(code).not.toMatch(heavy);
      expect(gzipSync(code).length).toBeLessThan(4000);
    });
  }

  it('is as small from the root as from the subpath', async () => {
    const fromRoot = await bundled(`export { mean } from 'hedgerow';`);
    const fromFolder = await bundled(`export { mean } from 'hedgerow/stats';`);
    expect(fromRoot.code).toBe(fromFolder.code);
  });

  it('is empty when nothing is used', async () => {
    const { code } = await bundled(`import 'hedgerow'; import { zScore } from 'hedgerow/stats';`);
    expect(code).toBe('');
  });
});

describe('a bundle of everything', () => {
  it('runs in a browser: it asks for nothing of Node and never for an adapter', async () => {
    const { from } = await bundled(`export * from 'hedgerow';`);
    expect(from.filter((path) => /ndarray|adapters|\(disabled\)/.test(path))).toEqual([]);
  });
});

describe('a bundle of an adapter', () => {
  it('follows an exchange without anything of Node, in a few kilobytes', async () => {
    for (const [what, most] of [
      ['{ parseFrame }', 1550],
      ['{ binanceTrades }', 8000],
      ['*', 12_700],
    ] as const) {
      const { code, from } = await bundled(`export ${what} from 'hedgerow/binance';`);
      expect(from.filter((path) => /\(disabled\)|jstat|ml-matrix|ndarray|\/ws\//.test(path))).toEqual([]);
      expect(gzipSync(code, { level: 9 }).length, what).toBeLessThan(most);
    }
  });
});
