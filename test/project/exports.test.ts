import { describe, expect, it } from 'vitest';
import { folders, manifest, publicNames } from './source.js';

const rootNames = publicNames('src/index.ts');
const lists = folders.map(({ folder, subpath }) => ({
  folder,
  subpath,
  names: publicNames(`src/${folder}/index.ts`),
}));
const inRoot = lists.filter(({ folder }) => !folder.startsWith('adapters/'));

describe('the public names', () => {
  // A name that comes, goes or changes its kind is a decision: `npx vitest run test/project -u` records it.
  it('are those of exports.txt', async () => {
    const text = lists
      .map(({ subpath, names }) => {
        const lines = names.map(({ name, kind }) => `${kind.padEnd(8)} ${name}`);
        return [`hedgerow/${subpath}`, ...lines, ''].join('\n');
      })
      .join('\n');
    await expect(text).toMatchFileSnapshot('exports.txt');
  });

  it('are each listed by one folder, or the root would drop them without a word', () => {
    const homes = new Map<string, Set<unknown>>();
    for (const { names } of inRoot) {
      for (const { name, declaration } of names) {
        homes.set(name, (homes.get(name) ?? new Set()).add(declaration));
      }
    }
    expect([...homes].filter(([, declarations]) => declarations.size > 1).map(([name]) => name)).toEqual([]);
  });

  it('are all in the root, and nothing else is', () => {
    const union = new Set(inRoot.flatMap(({ names }) => names.map(({ name }) => name)));
    expect(rootNames.map(({ name }) => name)).toEqual([...union].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('are there at run time', async () => {
    const hedgerow: object = await import('hedgerow');
    const values = rootNames.filter(({ kind }) => kind !== 'type').map(({ name }) => name);
    expect(Object.keys(hedgerow).sort()).toEqual([...values].sort());
  });
});

describe('the subpaths of package.json', () => {
  it('are the folders of src', () => {
    const open = Object.entries(manifest.exports)
      .filter(([path, target]) => target !== null && path !== '.' && path !== './package.json')
      .map(([path]) => path.slice(2));
    expect(open.sort()).toEqual(folders.map(({ subpath }) => subpath).sort());
  });

  it('lead to the modules of dist, each format to its own types', () => {
    for (const [path, target] of Object.entries(manifest.exports)) {
      if (target === null || path === './package.json') continue;
      const folder = folders.find(({ subpath }) => `./${subpath}` === path)?.folder;
      const module = folder ? `./dist/${folder}/index` : './dist/index';
      expect(target, path).toEqual({
        import: { types: `${module}.d.ts`, default: `${module}.js` },
        require: { types: `${module}.d.cts`, default: `${module}.cjs` },
      });
    }
  });
});
