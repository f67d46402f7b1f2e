import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** The project that has the tarball installed, and the package inside it. */
export const consumer: string = inject('consumer');
export const installed: string = join(consumer, 'node_modules/hedgerow');

export const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>;
};

/** Everything that can be imported: `hedgerow`, `hedgerow/core`, … */
export const subpaths: readonly string[] = Object.entries(manifest.exports)
  .filter(([path, target]) => target !== null && path !== './package.json')
  .map(([path]) => `hedgerow${path.slice(1)}`);

/** Runs a script inside the consumer and returns what it prints; what it complains of becomes the error. */
export function runScript(file: string, text: string, flags: readonly string[] = []): string {
  writeFileSync(join(consumer, file), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    cwd: consumer,
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`${file} ended with ${status}:\n${stderr}`);
  return stdout;
}
