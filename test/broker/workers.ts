import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DriverName } from './driver-names.js';
import type { WorkerOptions } from './worker.js';

let found: string | undefined;

/** A Node that a client runs on: this one, for which what is a binary was built, or for a client that needs it 24 from npm. */
export function nodeFor(driver: DriverName): string {
  if (driver === '@confluentinc/kafka-javascript') return process.execPath;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major! > 22 || (major === 22 && minor! >= 22)) return process.execPath;
  found ??= execFileSync('npx', ['--yes', '--package=node@24', 'which', 'node'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  return found;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const loader = import.meta.resolve('tsx');

/** What a worker said, with the time it said it. */
export interface Said {
  readonly at: number;
  readonly type: string;
  readonly partition?: number;
  readonly keys?: number;
  readonly flushed?: Readonly<Record<string, number>>;
  readonly reason?: string;
  readonly message?: string;
  readonly outputs?: number;
  readonly restarts?: number;
  readonly stateBytes?: number;
}

/** A worker process. */
export interface Worker {
  readonly process: ChildProcess;
  readonly said: Said[];
  readonly ended: Promise<void>;
  /** Where its partitions stood when it last spoke. */
  flushed: Readonly<Record<string, number>>;
}

/** Ends a script, and the workers it has started, when whoever started it is gone or has waited enough. */
export function endWithStarter(): void {
  for (const end of ['disconnect', 'SIGTERM']) process.once(end, () => process.exit(1));
  process.channel?.unref();
}

/**
 * Runs a script of this folder in a Node that the driver runs on and returns the last line it prints, as JSON. One that does
 * not end in time is ended, and what it said is thrown.
 */
export function runScript<Result>(
  script: string,
  driver: DriverName,
  argument: unknown,
  {
    seconds = 200,
    underWay = () => {},
  }: {
    readonly seconds?: number;
    /** Called when the script says that its work has begun. */
    underWay?(): void;
  } = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(nodeFor(driver), ['--import', loader, here(script), JSON.stringify(argument)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.once('message', underWay);
    let [out, complaints] = ['', ''];
    child.stdout!.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.stderr!.on('data', (text: Buffer) => {
      complaints += text.toString();
    });
    const deadline = setTimeout(() => {
      complaints += `\n${script} did not end within ${seconds} s`;
      child.kill('SIGTERM');
      setTimeout(() => {
        child.kill('SIGKILL');
        // A worker that does not end would hold them.
        for (const stream of [child.stdout!, child.stderr!]) stream.destroy();
      }, 5000).unref();
    }, seconds * 1000);
    // Only then has all it said been heard.
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      const last = out.trim().split('\n').at(-1) ?? '';
      if (code === 0) resolve(JSON.parse(last) as Result);
      else reject(new Error(`${script} ended with ${code ?? signal}: ${complaints}\n${out.slice(-2000)}`));
    });
  });
}

/** Asks workers to end, and kills those that do not; returns how many had to be. */
export async function endWorkers(workers: readonly Worker[]): Promise<number> {
  let killed = 0;
  const ends = workers.map(async ({ process: child, ended }) => {
    child.kill('SIGTERM');
    const deadline = setTimeout(() => {
      killed++;
      child.kill('SIGKILL');
    }, 30_000);
    await ended;
    clearTimeout(deadline);
  });
  await Promise.all(ends);
  return killed;
}

const started = new Set<ChildProcess>();
// One that is stopped would not see that its standard input has ended.
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a worker. */
export function startWorker(options: WorkerOptions): Worker {
  const child = spawn(
    nodeFor(options.driver),
    ['--import', loader, here('worker.ts'), JSON.stringify(options)],
    {
      // Its standard input ends with us, and it ends with its standard input.
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  started.add(child);
  child.once('exit', () => started.delete(child));
  const said: Said[] = [];
  let rest = '';
  const worker: Worker = {
    process: child,
    said,
    flushed: {},
    ended: new Promise((done) => child.once('close', () => done())),
  };
  child.stdout.on('data', (text: Buffer) => {
    const lines = (rest + text.toString()).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const one = JSON.parse(line) as Said;
      said.push(one);
      if (one.flushed) worker.flushed = one.flushed;
    }
  });
  return worker;
}
