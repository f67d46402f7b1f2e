import { constants, type Stats } from 'node:fs';
import { access, lstat, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, Interrupted } from './failure.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Refuses a place where the page could not go: before the long read, rather than after it. */
export async function checkPlace(path: string, inputs: readonly string[]): Promise<void> {
  const facts = await factsOf(path);
  if (facts?.isDirectory() || /[/\\]$/.test(path)) {
    throw new InputError(`${path}: is a directory; --out takes a file name`);
  }
  if (facts && !facts.isFile())
    throw new InputError(`${path}: is no regular file; the page would replace it`);
  for (const input of inputs) {
    // The same file under another name, through a link or not.
    const other = facts && (await stat(input).catch(() => undefined));
    if (other && facts.ino === other.ino && facts.dev === other.dev) {
      throw new InputError(`${path}: is an input; the page would overwrite it`);
    }
  }
  if (!facts && (await lstat(path).catch(() => undefined))) {
    throw new InputError(`${path}: is a link to nothing`);
  }
  if (facts) await checkWritable(path, path);
  await checkWritable(path, dirname(facts ? await realpath(path) : path));
}

/** Writes a file whole or not at all: beside its place first, then renamed. A link stays, and its target is written. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const stop = new AbortController();
  let signal = 0;
  const onSignal = (_name: string, number: number): void => {
    signal = number;
    stop.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const place = await realpath(path).catch(() => path);
  const draft = join(dirname(place), `.hedgerow-${process.pid}.tmp`);
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(draft, text, { flag: 'wx', signal: stop.signal });
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    if (signal === 0) throw new InputError(`${path}: cannot be written (${(error as Error).message})`);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
  if (signal !== 0) throw new Interrupted(signal);
}

/** What stands at a path; undefined where nothing does. */
async function factsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(`${path}: cannot be written (${(error as Error).message})`);
  }
}

/** Refuses `path` unless what stands at `part`, or the nearest folder above it that is there, can be written to. */
async function checkWritable(path: string, part: string): Promise<void> {
  try {
    await access(part, constants.W_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(part) !== part) return checkWritable(path, dirname(part));
    throw new InputError(`${path}: cannot be written (${message})`);
  }
}
