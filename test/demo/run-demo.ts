import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cointegratedTrades } from 'hedgerow';
import { afterAll, expect, it } from 'vitest';
import { demo } from '../../examples/demo/demo.js';

const folder = mkdtempSync(join(tmpdir(), 'hedgerow-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of the temporary folder, written when there is content for it. */
export function file(name: string, content?: string | Uint8Array): string {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

/** A complaint with files called by their bare names. */
export const bare = (text: string): string => text.replaceAll(`${folder}/`, '');

/** What lies in the temporary folder. */
export const filesThere = (): string[] => readdirSync(folder).sort();

/** What a run of the demo leaves behind. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** The page, when one was written. */
  readonly html: string | undefined;
}

/** Runs the demo in this process, its page going to the temporary folder. */
export async function runDemo(...argv: string[]): Promise<Outcome> {
  const page = file('page.html');
  rmSync(page, { force: true });
  let [out, error] = ['', ''];
  const code = await demo(argv.includes('--out') ? argv : [...argv, '--out', page], {
    out: (text) => (out += text),
    error: (text) => (error += text),
    errorIsTerminal: false,
  });
  const html = filesThere().includes('page.html') ? readFileSync(page, 'utf8') : undefined;
  return { code, out, error, html };
}

/** Lines of a CSV file. */
export const csv = (header: string, rows: readonly (readonly (string | number)[])[], end = '\n'): string =>
  [header, ...rows.map((row) => row.join(','))].join(end) + end;

/** Consecutive days from a date, as YYYY-MM-DD. */
export const days = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
  );

/** A text with one of its lines (line 1 is the header) put another way. */
export function withLine(text: string, line: number, put: (old: string) => string): string {
  const lines = text.trim().split('\n');
  lines[line - 1] = put(lines[line - 1]!);
  return `${lines.join('\n')}\n`;
}

/** Files that the demo must refuse: what is wrong with them, what they hold, and what it says in one line. */
export type BadFiles = readonly (readonly [what: string, content: string | Uint8Array, line: RegExp])[];

/** Tests that each file beside a good one is refused in one line, with nothing else said and nothing left behind. */
export function refuses(files: BadFiles, other: string): void {
  for (const [what, content, line] of files) {
    it(`says in one line what is wrong: ${what}`, async () => {
      const { code, out, error, html } = await runDemo(file('bad.csv', content), other);
      expect(bare(error)).toMatch(line);
      expect(error).toMatch(/^[^\n]{1,300}\n$/);
      expect(out).toBe('');
      expect(code).toBe(1);
      expect(html).toBeUndefined();
      expect(filesThere().filter((name) => name.endsWith('.tmp'))).toEqual([]);
    });
  }
}

/** Two tapes of a pair with ratio 1.5, as files of trades. */
export function tapeFiles(observations = 300): { readonly y: string; readonly x: string } {
  const tapes = cointegratedTrades({
    observations,
    ratio: 1.5,
    halfLife: 10,
    spreadDeviation: 0.4,
    volatilityPerObservation: 0.002,
    startTime: Date.UTC(2024, 0, 2, 9),
    every: '1s',
    interval: '300ms',
    tickSize: 0.01,
    seed: 4,
  });
  const text = ({ time, price, quantity }: (typeof tapes)['y']): string =>
    csv(
      'trade_id,price,qty,time_ms,is_buyer_maker',
      Array.from(time, (now, i) => [i + 100, price[i]!.toFixed(2), quantity[i]!.toFixed(6), now, 'true']),
    );
  return { y: text(tapes.y), x: text(tapes.x) };
}
