import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A project of its own that has hedgerow installed from the packed tarball. */
    consumer: string;
  }
}

const run = promisify(execFile);

/** Packs what would be published and installs it in a fresh project, as a user does. */
export default async function install(project: TestProject): Promise<() => Promise<void>> {
  const consumer = await mkdtemp(join(tmpdir(), 'hedgerow-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', consumer]);
  const packed = JSON.parse(stdout) as [{ filename: string }];
  await writeFile(
    join(consumer, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }',
  );
  await run('npm', ['install', '--no-audit', '--no-fund', `./${packed[0].filename}`], { cwd: consumer });
  project.provide('consumer', consumer);
  return () => rm(consumer, { recursive: true, force: true });
}
