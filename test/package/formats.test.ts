import { describe, expect, it } from 'vitest';
import { runScript, subpaths } from './consumer.js';

const list = JSON.stringify(subpaths);
const esm = `const modules = {};
for (const path of ${list}) modules[path] = await import(path);\n`;
const cjs = `const modules = {};
for (const path of ${list}) modules[path] = require(path);\n`;
const namesOf = `console.log(JSON.stringify(Object.fromEntries(
  Object.entries(modules).map(([path, module]) => [path, Object.keys(module).sort()]),
)));`;
const strangers = `const root = modules['hedgerow'];
console.log(JSON.stringify(Object.entries(modules).flatMap(([path, module]) =>
  Object.keys(module).filter((name) => name in root && root[name] !== module[name]).map((name) => path + ' ' + name),
)));`;
const caught = `let error;
try { new modules['hedgerow/stats'].ZScore({ window: 0 }); } catch (thrown) { error = thrown; }
console.log([
  error instanceof modules['hedgerow/core'].OptionError, error instanceof modules['hedgerow'].HedgerowError, error.name,
].join(' '));`;

const misnamed = `console.log(JSON.stringify(Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module).filter(([name, value]) => typeof value === 'function' && value.name !== name)
    .map(([name, value]) => path + ' ' + name + ' is called ' + value.name),
)));`;

describe('the installed package', () => {
  it('gives the same names to import and to require, from every subpath', () => {
    const imported = JSON.parse(runScript('names.mjs', esm + namesOf)) as Record<string, string[]>;
    const required = JSON.parse(runScript('names.cjs', cjs + namesOf)) as Record<string, string[]>;
    expect(Object.keys(imported)).toEqual(subpaths);
    for (const path of subpaths) expect(imported[path]!.length, path).toBeGreaterThan(0);
    expect(required).toEqual(imported);
  });

  for (const [format, file, load] of [
    ['import', 'one.mjs', esm],
    ['require', 'one.cjs', cjs],
  ] as const) {
    it(`has one copy of everything under ${format}, so instanceof holds across subpaths`, () => {
      expect(JSON.parse(runScript(file, load + strangers))).toEqual([]);
      expect(runScript(file, load + caught).trim()).toBe('true true OptionError');
    });

    it(`calls every function and class by its own name under ${format}`, () => {
      expect(JSON.parse(runScript(file, load + misnamed))).toEqual([]);
    });
  }

  it('keeps errors recognisable by name between the two formats', () => {
    const text = `import { createRequire } from 'node:module';
import { OptionError } from 'hedgerow';
const { ZScore } = createRequire(import.meta.url)('hedgerow');
try { new ZScore({ window: 0 }); } catch (error) { console.log(error instanceof OptionError, error.name); }`;
    expect(runScript('both.mjs', text).trim()).toBe('false OptionError');
  });

  it('answers a path inside with no module', () => {
    const text = `for (const path of ['hedgerow/dist/index.js']) {
  try { await import(path); console.log(path); } catch (error) { console.log(error.code); }
}`;
    expect(new Set(runScript('closed.mjs', text).trim().split('\n'))).toEqual(
      new Set(['ERR_PACKAGE_PATH_NOT_EXPORTED']),
    );
  });
});

describe('importing every subpath', () => {
  it('touches no global, no prototype and no timer', () => {
    const text = `const owners = () => [globalThis, ...Object.getOwnPropertyNames(globalThis)
  .filter((name) => /^[A-Z]/.test(name)).flatMap((name) => [globalThis[name], globalThis[name]?.prototype])]
  .filter((owner) => owner !== null && (typeof owner === 'object' || typeof owner === 'function'));
const picture = () => owners().map((owner) => Reflect.ownKeys(owner)
  .map((key) => [String(key), Object.getOwnPropertyDescriptor(owner, key)?.value]));
const before = picture();
const calls = [];
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']) {
  const original = globalThis[name];
  globalThis[name] = (...values) => (calls.push(name), original(...values));
  calls.push(() => { globalThis[name] = original; });
}
const restore = calls.splice(0);
const listeners = process.eventNames().length;
for (const path of ${list}) await import(path);
const made = [...calls];
for (const undo of restore) undo();
const after = picture();
let changed = before.length - after.length;
before.forEach((keys, i) => {
  changed += Math.abs(keys.length - after[i].length);
  keys.forEach(([key, value], j) => { if (after[i][j]?.[0] !== key || !Object.is(after[i][j][1], value)) changed++; });
});
console.log(JSON.stringify({ made, changed, listeners: process.eventNames().length - listeners }));`;
    expect(JSON.parse(runScript('quiet.mjs', text))).toEqual({
      made: [],
      changed: 0,
      listeners: 0,
    });
  });

  it('makes no code from strings, nor does anything but ndarray when used', () => {
    const strict = subpaths.filter((path) => path !== 'hedgerow/ndarray');
    const text = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
for (const path of ${JSON.stringify(strict)}) { await import(path); require(path); }
const { adf, chiSquaredSurvival, cointegratedPair, leastSquares, normalCdf, ols, studentTCdf, zScore } =
  await import('hedgerow');
const { y, x } = cointegratedPair({ observations: 200, ratio: 1.1, halfLife: 10, seed: 1 });
console.log([
  zScore(x, { window: 10 })[20], ols({ y, x }).ratio, adf(x).pValue, leastSquares([x], y).fPValue,
  normalCdf(1), studentTCdf(1, 5), chiSquaredSurvival(3, 2),
].every(Number.isFinite));
let refused = false;
try { new Function('return 1')(); } catch { refused = true; }
console.log(refused);`;
    const flags = ['--disallow-code-generation-from-strings'];
    expect(runScript('strict.mjs', text, flags).trim()).toBe('true\ntrue');
  });
});
