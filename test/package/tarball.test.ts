import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed } from './consumer.js';

const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
const read = (file: string): string => readFileSync(join(installed, file), 'utf8');
const modules = files.filter((file) => /\.(js|cjs)$/.test(file));

describe('the tarball', () => {
  it('holds the built modules and the papers, and nothing else', () => {
    const top = new Set(files.map((file) => file.split('/')[0]));
    expect([...top].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'dist',
      'package.json',
    ]);
    expect(
      files.filter((file) => file.startsWith('dist/') && !/\.(c?js|d\.c?ts|c?js\.map)$/.test(file)),
    ).toEqual([]);
  });

  it('names the packages it bundles, with their licences', () => {
    const bundled = new Set(
      files
        .filter((file) => file.endsWith('.map'))
        .flatMap((file) => (JSON.parse(read(file)) as { sources: string[] }).sources)
        .flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
    );
    for (const name of bundled) expect(read('THIRD-PARTY-NOTICES.md')).toContain(`## ${name}`);
    expect([...bundled].sort()).toEqual(['pure-rand']);
  });

  it('has a source map for every module, with its source inside and no path of the machine that built it', () => {
    expect(modules.filter((file) => !files.includes(`${file}.map`))).toEqual([]);
    for (const file of files.filter((name) => name.endsWith('.map'))) {
      const { sources, sourcesContent } = JSON.parse(read(file)) as {
        sources: string[];
        sourcesContent: string[];
      };
      expect(
        sources.filter((source) => isAbsolute(source) || source.startsWith('file:')),
        file,
      ).toEqual([]);
      expect(sourcesContent.length, file).toBe(sources.length);
    }
    const elsewhere = files.filter((file) => /\/(work|tmp|home|root)\/|file:\/\/\//.test(read(file)));
    expect(elsewhere).toEqual([]);
  });

  it('asks for no package that only development has', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const asked = files
      .filter((file) => /\.(c?js|d\.c?ts)$/.test(file))
      .flatMap((file) => [...read(file).matchAll(/(?<!['"])(?:from|import|require\()\s*['"]([^'"]+)['"]/g)])
      .map(([, from]) => from!)
      // Words of messages that end in "from" are no packages.
      .filter((from) => /^[@a-z]/.test(from) && !from.startsWith('hedgerow'));
    expect([...new Set(asked)].filter((from) => !dependencies[from])).toEqual([]);
  });
});
