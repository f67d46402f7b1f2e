import { describe, expect, it } from 'vitest';
import { filesUnder, textOf } from './source.js';

/** What a file must not say, and where it may all the same. */
const forbidden: readonly { words: RegExp; why: string; except?: RegExp }[] = [
  { words: /\/(work|tmp|root|home|Users)\//, why: 'names a place on one machine' },
  { words: /\/opt\/ref|[A-Z]:\\\\/, why: 'names a place on one machine' },
  { words: /\bshared\/|\.\.\/shared/, why: 'names a neighbouring folder', except: /^\.ci\/run$/ },
  { words: /registry\.(npmjs|yarnpkg)|npmmirror|"resolved":/, why: 'names a registry' },
  { words: /\b(describe|it|test)\.(only|todo|skip)\b/, why: 'leaves a test out' },
  { words: /\b(TODO|FIXME|XXX)\b/, why: 'leaves work undone' },
  {
    words: /@ts-(ignore|nocheck)|biome-ignore-all/,
    why: 'silences the compiler',
    except: /^test\/project\/examples\.ts$/,
  },
  { words: /^(<<<<<<<|>>>>>>>) /m, why: 'is half merged' },
];

const readable = /(^|\/)[^.]+$|\.(ts|js|cjs|mjs|json|md|txt|html|css|py|yml|yaml)$|^\.[a-z]+(\/run)?$/;
const files = filesUnder('.', readable).filter((path) => path !== 'test/project/words.test.ts');

describe('the words of the tree', () => {
  it('are read everywhere', () => {
    expect(files).toContain('package-lock.json');
    expect(files).toContain('src/index.ts');
    expect(files).toContain('.npmrc');
  });

  for (const { words, why, except } of forbidden) {
    it(`hold none that ${why}: ${words.source}`, () => {
      const found = files
        .filter((path) => !except?.test(path))
        .flatMap((path) =>
          textOf(path)
            .split('\n')
            .flatMap((line, i) => (words.test(line) ? `${path}:${i + 1}: ${line.trim().slice(0, 120)}` : [])),
        );
      expect(found).toEqual([]);
    });
  }
});
