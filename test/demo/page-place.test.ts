import { execFileSync } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeWhole } from '../../examples/demo/write-page.js';
import { bare, csv, days, file, filesThere, runDemo } from './run-demo.js';

const rows = days('2020-01-01', 100).map((date, i) => [date, 50 + Math.sin(i), 20 + Math.cos(i * i)]);
const content = csv('Date,y,x', rows);
const input = file('pair.csv', content);
const drafts = (): string[] => filesThere().filter((name) => name.endsWith('.tmp'));

describe('the place of the page', () => {
  it('is never an input, by whatever name', async () => {
    const [symbolic, hard] = [file('symbolic.csv'), file('hard.csv')];
    symlinkSync(input, symbolic);
    linkSync(input, hard);
    for (const place of [input, symbolic, hard]) {
      const { error, out, code } = await runDemo(input, '--out', place);
      expect(error).toBe(`${place}: is an input; the page would overwrite it\n`);
      expect([out, code]).toEqual(['', 1]);
    }
    expect((await runDemo(symbolic, '--out', input)).code).toBe(1);
    expect(readFileSync(input, 'utf8')).toBe(content);
    expect(lstatSync(symbolic).isSymbolicLink()).toBe(true);
  });

  it('is no folder and nothing but a regular file', async () => {
    mkdirSync(file('folder'));
    execFileSync('mkfifo', [file('fifo')]);
    for (const [place, reason] of [
      [file('folder'), 'is a directory; --out takes a file name'],
      [`${file('new')}/`, 'is a directory; --out takes a file name'],
      [file('fifo'), 'is no regular file; the page would replace it'],
    ] as const) {
      const { error, out, code } = await runDemo(input, '--out', place);
      expect(error).toBe(`${place}: ${reason}\n`);
      expect([out, code]).toEqual(['', 1]);
    }
    expect(lstatSync(file('fifo')).isFIFO()).toBe(true);
  });

  it('is looked at before the files are read', async () => {
    const bad = file('bad.csv', 'a,b');
    symlinkSync(file('nowhere'), file('dangling'));
    for (const place of [`${input}/page.html`, file(`${'x'.repeat(300)}.html`)]) {
      expect(bare((await runDemo(bad, '--out', place)).error)).toMatch(/html: cannot be written \(E/);
    }
    expect(bare((await runDemo(bad, '--out', file('dangling'))).error)).toBe(
      'dangling: is a link to nothing\n',
    );
  });

  it('may be a link, whose target is then written', async () => {
    mkdirSync(file('elsewhere'));
    const target = file('elsewhere/real.html', 'earlier');
    symlinkSync(target, file('link.html'));
    expect((await runDemo(input, '--out', file('link.html'))).code).toBe(0);
    expect(lstatSync(file('link.html')).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain('y on x');
  });

  it('keeps the page of an earlier run when this one fails', async () => {
    const page = file('earlier.html', 'earlier');
    await runDemo(file('bad.csv', 'a,b'), '--out', page);
    expect(readFileSync(page, 'utf8')).toBe('earlier');
    expect((await runDemo(input, '--out', page)).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('y on x');
  });

  it('keeps it when a signal comes in the middle, and nothing half written', async () => {
    for (const [signal, number] of [
      ['SIGINT', 2],
      ['SIGTERM', 15],
      ['SIGHUP', 1],
    ] as const) {
      const page = file('earlier.html', 'earlier');
      const writing = writeWhole(page, 'later'.repeat(2e7));
      (process as EventEmitter).emit(signal, signal, number);
      await expect(writing).rejects.toMatchObject({ signal: number });
      expect(readFileSync(page, 'utf8')).toBe('earlier');
      expect(drafts()).toEqual([]);
      expect(process.listenerCount(signal)).toBe(0);
    }
  });

  it('does not cost the report when it cannot be written after all', async () => {
    // Something stands where the draft goes.
    file(`.hedgerow-${process.pid}.tmp`, 'in the way');
    const { out, error, code } = await runDemo(input, '--json', '--out', file('late.html'));
    expect(JSON.parse(out).analysed).toBe(100);
    expect(bare(error)).toMatch(/^late\.html: cannot be written \(EEXIST/);
    expect(code).toBe(1);
  });
});
