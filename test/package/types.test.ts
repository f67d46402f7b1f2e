import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { consumer, subpaths } from './consumer.js';

const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const fixture = fileURLToPath(new URL('./fixtures/consumer.ts', import.meta.url));

/** What the compiler says of a user's file; nothing when it is content. */
function compiled(file: string, options: object): string {
  const every = subpaths.map(
    (path, i) => `import type * as all${i} from '${path}';\nexport type { all${i} };\n`,
  );
  copyFileSync(fixture, join(consumer, file));
  const other = file.replace('consumer', 'subpaths');
  writeFileSync(join(consumer, other), every.join(''));
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  };
  const project = `${file}.json`;
  writeFileSync(join(consumer, project), JSON.stringify({ compilerOptions, files: [file, other] }));
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', project], {
    cwd: consumer,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('a strict TypeScript project', () => {
  for (const [name, file, options] of [
    ['nodenext from ESM', 'consumer.mts', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
    ['nodenext from CJS', 'consumer.cts', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
    ['a bundler', 'consumer.ts', { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2022', 'DOM'] }],
    ['node10', 'consumer.ts', { module: 'CommonJS', moduleResolution: 'Node10' }],
  ] as const) {
    it(`compiles against hedgerow under ${name}`, () => {
      expect(compiled(file, options)).toBe('');
    });
  }
});
