import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { csv, days, file, runDemo, tapeFiles } from './run-demo.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the page of the demo', () => {
  it('asks the network for nothing and keeps the attribution of the chart library', async () => {
    const { html } = await runDemo('--seed', '2');
    const holds = (text: string): boolean => html!.includes(text);
    expect(holds("default-src 'none'")).toBe(true);
    // What stands outside the scripts is all that a browser could fetch for by itself.
    const markup = html!.replace(/<script[^>]*>.*?<\/script>/gs, '<script></script>');
    expect(markup.match(/\ssrc=|<link\b|@import|url\(/gi)).toBeNull();
    expect(holds('TradingView Lightweight Charts™ v5')).toBe(true);
    expect(holds('<a href="https://www.tradingview.com/">')).toBe(true);
  });

  it('holds the columns, the levels and every mark', async () => {
    const tapes = tapeFiles();
    const { html, out } = await runDemo(file('y.csv', tapes.y), file('x.csv', tapes.x), '--stop', '4');
    const data = JSON.parse(/<script type="application\/json" id="pair">(.*?)<\/script>/s.exec(html!)![1]!);
    const lengths = [data.time, data.y, data.x, data.spread, data.zScore].map((column) => column.length);
    expect(new Set(lengths).size).toBe(1);
    expect(data.zScore[0]).toBeNull();
    expect(data.levels).toEqual({ enter: 2, exit: 0.5, stop: 4 });
    const entries = data.marks.filter(([, kind]: [number, string]) => kind !== 'close').length;
    expect(out).toContain(`${entries} entr`);
    expect(data.time.every((time: number, i: number) => i === 0 || time > data.time[i - 1])).toBe(true);
  });

  it('does not let a name become markup', async () => {
    const rows = days('2020-01-01', 120).map((date, i) => [date, 50 + Math.sin(i), 20 + Math.cos(i * i)]);
    const { html, code } = await runDemo(file('odd.csv', csv('Date,</script><b>,x', rows)));
    expect(code).toBe(0);
    expect(html!.includes('</script><b>')).toBe(false);
    expect(html!.match(/<\/script>/g)).toHaveLength(3);
  });
});

describe('the demo as a program', () => {
  const run = (...argv: string[]) =>
    spawnSync(
      process.execPath,
      ['node_modules/tsx/dist/cli.mjs', '--tsconfig', 'tsconfig.test.json', 'examples/demo/main.ts', ...argv],
      { cwd: root, encoding: 'utf8' },
    );

  it('prints the report and ends with 0', () => {
    const { status, stdout, stderr } = run('--out', file('program.html'));
    expect(stderr).toBe('');
    expect(stdout).toContain('simulated y on simulated x');
    expect(status).toBe(0);
  });

  it('complains in one line and ends with 1 over data, 2 over the command line', () => {
    const data = run(file('gone.csv'), file('gone.csv'));
    expect([data.status, data.stdout]).toEqual([1, '']);
    expect(data.stderr).toMatch(/^[^\n]+gone\.csv: no such file\n$/);
    const usage = run('--nonsense');
    expect([usage.status, usage.stdout]).toEqual([2, '']);
    expect(usage.stderr).toBe("demo: Unknown option '--nonsense'\n");
  });
});
