import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { csv, file } from './run-demo.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program; `reads` tells whether anybody listens to its output. */
function run(argv: readonly string[], { flags = [] as string[], reads = true } = {}): Promise<Ending> {
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', 'examples/demo/main.ts', ...argv], {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.test.json' },
  });
  let [stdout, stderr] = ['', ''];
  if (reads) child.stdout.on('data', (text) => (stdout += text));
  else child.stdout.destroy();
  child.stderr.on('data', (text) => (stderr += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

describe('the demo as a program', () => {
  it('prints the report and ends with 0', async () => {
    const { code, stdout, stderr } = await run(['--out', file('program.html')]);
    expect(stderr).toBe('');
    expect(stdout).toContain('simulated y on simulated x');
    expect(code).toBe(0);
  });

  it('complains in one line and ends with 1 over data, 2 over the command line', async () => {
    const data = await run([file('gone.csv'), file('gone.csv')]);
    expect([data.code, data.stdout]).toEqual([1, '']);
    expect(data.stderr).toMatch(/^[^\n]+gone\.csv: no such file\n$/);
    const usage = await run(['--nonsense']);
    expect([usage.code, usage.stdout]).toEqual([2, '']);
    expect(usage.stderr).toBe("demo: Unknown option '--nonsense'\n");
  });

  it('says in one line that its output went nowhere, and ends with 1', async () => {
    const { code, stderr } = await run(['--out', file('program.html')], { reads: false });
    expect(stderr).toBe('demo: the report could not be printed (write EPIPE)\n');
    expect(code).toBe(1);
  });

  it('needs no more memory for long silences', async () => {
    // Eight silences, each just short of the longest allowed; bars as objects would take a gigabyte.
    const tape = (offset: number): string => {
      let time = 1.7e12 + offset;
      const rows = Array.from({ length: 1600 }, (_, i) => {
        time += i % 200 === 100 ? 499_000_000 : 700;
        return [(100 + Math.sin(i + offset) + Math.cos(i * i)).toFixed(4), 1, time];
      });
      return csv('price,qty,time_ms', rows);
    };
    const files = [file('y.csv', tape(0)), file('x.csv', tape(150))];
    const argv = [...files, '--every', '1s', '--json', '--out', file('silent.html')];
    const { code, stdout, stderr } = await run(argv, { flags: ['--max-old-space-size=96'] });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).aligned).toBeGreaterThan(3_990_000);
    expect(code).toBe(0);
  });
});
