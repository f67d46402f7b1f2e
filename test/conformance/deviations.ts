// npm run accuracy: runs every known answer and prints the largest deviation of each kind, for docs/accuracy.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Deviation {
  readonly of: string;
  readonly what: string;
  readonly error: number;
}

const folder = mkdtempSync(join(tmpdir(), 'hedgerow-'));
try {
  const file = join(folder, 'deviations.jsonl');
  const env = { ...process.env, HEDGEROW_DEVIATIONS: file };
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/conformance', '--reporter=dot'], {
    env,
    stdio: 'inherit',
  });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const worst = new Map<string, { count: number; error: number }>();
  for (const line of lines) {
    const { of, what, error } = JSON.parse(line) as Deviation;
    const before = worst.get(`${of} | ${what}`) ?? { count: 0, error: 0 };
    worst.set(`${of} | ${what}`, { count: before.count + 1, error: Math.max(before.error, error) });
  }
  console.log('\n| answers | of | values | largest relative deviation |\n| --- | --- | ---: | ---: |');
  for (const [name, { count, error }] of [...worst].sort()) {
    console.log(`| ${name} | ${count} | ${error === 0 ? '0' : error.toExponential(1)} |`);
  }
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
