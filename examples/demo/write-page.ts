import { mkdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from './failure.js';

/** Refuses a place where the page could not go, before the long read rather than after it. */
export async function checkPlace(path: string, inputs: readonly string[]): Promise<void> {
  if (inputs.some((input) => resolve(input) === resolve(path))) {
    throw new InputError(`${path}: is an input; the page would overwrite it`);
  }
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory()) throw new InputError(`${path}: is a directory; --out takes a file name`);
}

/** Writes a file whole or not at all: beside its place first, then renamed. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw new InputError(`${path}: cannot be written (${(error as Error).message})`);
  }
}
