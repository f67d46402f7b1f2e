import { describe, expect, it } from 'vitest';
import { filesUnder, folderOf, followed, importsOf, manifest } from './source.js';

/** From the ground up: a folder builds on lower floors only, never on a neighbour. */
const floors = [
  'core',
  'math',
  'stats',
  'market hedge stationarity signals alerts pricing risk sizing performance execution features simulate io',
  'pairs backtest',
  'adapters',
].map((names) => names.split(' '));

/** The packages used at run time, and where. */
const allowed: Readonly<Record<string, RegExp>> = {
  jstat: /^src\/math\//,
  papaparse: /^src\/io\/csv\.ts$/,
  'ml-matrix': /^src\/math\//,
  'pure-rand': /^src\/math\/random\.ts$/,
  ndarray: /^src\/adapters\/ndarray\//,
};

const floorOf = (folder: string): number => floors.findIndex((names) => names.includes(folder));
const packageOf = (from: string): string => from.split('/', from.startsWith('@') ? 2 : 1).join('/');

const sources = filesUnder('src', /\.ts$/);
const imports = sources.flatMap((file) => importsOf(file).map((from) => ({ file, from })));
const inside = imports
  .filter(({ from }) => from.startsWith('.'))
  .map(({ file, from }) => ({ file, from, to: followed(file, from) }));
const outside = imports.filter(({ from }) => !from.startsWith('.'));

/** The first way round from a file back to itself, if there is one. */
function cycleFrom(start: string, graph: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const walk = (file: string, path: string[]): string[] => {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...path, next]);
      if (found.length > 0) return found;
    }
    return [];
  };
  return walk(start, [start]);
}

describe('the floors of src', () => {
  it('hold every folder', () => {
    const homeless = [...new Set(sources.map(folderOf))].filter((folder) => folder && floorOf(folder) < 0);
    expect(homeless).toEqual([]);
  });

  it('are built on lower floors alone, never sideways', () => {
    const wrong = inside.filter(({ file, to }) => {
      const [from, onto] = [folderOf(file), folderOf(to)];
      return from !== '' && from !== onto && floorOf(onto) >= floorOf(from);
    });
    expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
  });

  it('keep the adapters apart from the root and from each other', () => {
    const adapter = (path: string): string => /^src\/adapters\/([^/]+)\//.exec(path)?.[1] ?? '';
    const wrong = inside.filter(
      ({ file, to }) => adapter(to) !== '' && adapter(file) !== adapter(to) && adapter(to) !== 'queue',
    );
    expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
  });

  it('have no cycle', () => {
    const graph = new Map(
      sources.map((file) => [file, inside.filter((one) => one.file === file).map(({ to }) => to)]),
    );
    const cycles = sources.map((file) => cycleFrom(file, graph).join(' → ')).filter((cycle) => cycle !== '');
    expect(cycles).toEqual([]);
  });

  it('import files that exist, by the name they have at run time', () => {
    const wrong = inside.filter(({ from, to }) => !from.endsWith('.js') || !sources.includes(to));
    expect(wrong.map(({ file, from }) => `${file}: ${from}`)).toEqual([]);
  });
});

describe('the packages of src', () => {
  it('are few, each in its place, and none of Node', () => {
    const wrong = outside.filter(({ file, from }) => !allowed[packageOf(from)]?.test(file));
    expect(wrong.map(({ file, from }) => `${file}: ${from}`)).toEqual([]);
  });

  it('are what is installed with hedgerow, but for those bundled into it', () => {
    const used = new Set(outside.map(({ from }) => packageOf(from)));
    const bundled = new Set(['pure-rand']);
    const missing = [...used].filter((name) => !bundled.has(name) && !manifest.dependencies[name]);
    expect(missing).toEqual([]);
    expect(Object.keys(manifest.dependencies).filter((name) => !used.has(name) || bundled.has(name))).toEqual(
      [],
    );
  });
});
