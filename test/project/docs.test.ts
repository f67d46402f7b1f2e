import { inspect } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { complaints } from './compiled.js';
import { agrees, checkable, examplesOfPage, examplesOfSource, nested, runnable } from './examples.js';
import { filesUnder, folders, type PublicName, placeOf, publicNames, root } from './source.js';

const AsyncFunction = (async () => {}).constructor as new (
  ...parameters: string[]
) => (...values: unknown[]) => Promise<void>;

const subpaths = ['hedgerow', ...folders.map(({ subpath }) => `hedgerow/${subpath}`)];
const modules = new Map<string, object>();
for (const { folder, subpath } of folders) {
  modules.set(`hedgerow/${subpath}`, await import(/* @vite-ignore */ `${root}src/${folder}/index.ts`));
}
modules.set('hedgerow', await import('../../src/index.js'));
const inScope = Object.assign({}, ...[...modules.values()]) as Record<string, unknown>;

/** Runs TypeScript with every public name in scope, and compares each value it states with the one that comes out. */
async function run(typescript: string): Promise<void> {
  const check = (actual: unknown, literal: string): void => {
    if (!agrees(actual, literal)) throw new Error(`states ${literal}, gives ${inspect(actual)}`);
  };
  const throws = (code: () => unknown, error: string): void => {
    let outcome = 'nothing thrown';
    try {
      code();
    } catch (thrown) {
      outcome = String(thrown);
    }
    if (outcome !== error) throw new Error(`throws ${error}, gives ${outcome}`);
  };
  const load = (name: string): unknown => modules.get(name) ?? import(/* @vite-ignore */ name);
  const names = Object.keys(inScope);
  const body = new AsyncFunction('$check', '$throws', '$import', ...names, runnable(typescript));
  await body(check, throws, load, ...names.map((name) => inScope[name]));
}

describe('the checker of examples', () => {
  it('compares numbers to the digits printed', () => {
    expect(agrees(0.84134, '0.8413')).toBe(true);
    expect(agrees(0.84136, '0.8413')).toBe(false);
    expect(agrees(2.0000000000000004, '2')).toBe(true);
    expect(agrees(2.001, '2')).toBe(false);
    expect(agrees(-1.234e-7, '-1.23e-7')).toBe(true);
    expect(agrees(NaN, 'NaN')).toBe(true);
    expect(agrees(0, 'NaN')).toBe(false);
  });

  it('compares arrays and objects whole', () => {
    expect(agrees(Float64Array.of(NaN, 1.5), '[NaN, 1.5]')).toBe(true);
    expect(agrees([1, 2, 3], '[1, 2]')).toBe(false);
    expect(agrees({ ratio: 2, intercept: 1 }, '{ ratio: 2, intercept: 1 }')).toBe(true);
    expect(agrees({ ratio: 2, intercept: 1 }, '{ ratio: 2 }')).toBe(false);
    expect(agrees('aic', "'aic'")).toBe(true);
    expect(agrees(undefined, '0')).toBe(false);
  });

  it('refuses what is no literal, and a result that no statement gives', async () => {
    expect(() => agrees(2, '2 (two)')).toThrow('no literal');
    expect(() => checkable('for (const x of []) {\n  x; // → 2\n}')).toThrow('no statement ends');
    await expect(run(checkable('1 + 1; // → 3'))).rejects.toThrow('states 3, gives 2');
    await expect(run(checkable('const two = 1 + 1; // → 2'))).resolves.toBeUndefined();
    const refused = 'zScore([1], { window: 0 }); // throws OptionError: ';
    const reason = 'zScore: window must be a positive integer, received 0';
    await expect(run(checkable(`${refused}${reason}`))).resolves.toBeUndefined();
    await expect(run(checkable(`${refused}no`))).rejects.toThrow(reason);
  });
});

const examples = filesUnder('src', /\.ts$/).flatMap(examplesOfSource);
const pages = ['README.md', ...filesUnder('docs', /\.md$/)];

describe('every example in the source gives what it says', () => {
  for (const { place, code } of examples) {
    it(place, async () => {
      expect(code, 'an @example holds a ```ts block').not.toBe('');
      await run(checkable(code));
    });
  }
});

describe('every page gives what it says', () => {
  for (const page of pages) {
    it(page, () => run(nested(examplesOfPage(page))));
  }
});

describe('every example and every page', () => {
  it('compiles in a strict project', () => {
    const bodies = [
      ...examples.map(({ place, code }) => [place, checkable(code)]),
      ...pages.map((page) => [page, nested(examplesOfPage(page))]),
    ];
    expect(complaints(Object.fromEntries(bodies))).toEqual([]);
  });
});

describe('every public name', () => {
  const names = subpaths.flatMap((subpath) =>
    publicNames(
      subpath === 'hedgerow'
        ? 'src/index.ts'
        : `src/${folders.find((one) => `hedgerow/${one.subpath}` === subpath)!.folder}/index.ts`,
    ),
  );
  const unique = [...new Map(names.map((one) => [one.declaration, one])).values()];
  const said = ({ name, declaration }: PublicName): string => `${placeOf(declaration)} ${name}`;
  const documented = (declaration: ts.Declaration): readonly (ts.JSDoc | ts.JSDocTag)[] =>
    ts.getJSDocCommentsAndTags(declaration);
  // An error is met, not made: its class needs no example.
  const isError = ({ name }: PublicName): boolean => name.endsWith('Error');

  it('says what it is', () => {
    const silent = unique.filter(
      ({ kind, declaration }) =>
        kind !== 'type' && !documented(declaration).some((one) => ts.isJSDoc(one) && one.comment),
    );
    expect(silent.map(said)).toEqual([]);
  });

  it('shows how it is used, when it is a function or a class', () => {
    const unshown = unique.filter(
      (one) =>
        (one.kind === 'function' || one.kind === 'class') &&
        !isError(one) &&
        !ts.getJSDocTags(one.declaration).some((tag) => tag.tagName.text === 'example'),
    );
    expect(unshown.map(said)).toEqual([]);
  });
});
