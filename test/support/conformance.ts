import { appendFileSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';

/** A number as our answer files keep it: JSON has no NaN and no infinities. */
export type Packed = number | 'NaN' | 'Infinity' | '-Infinity';

/** One known answer: what goes in, what must come out, how close, and who says so. */
export interface Row<Input, Expected> {
  readonly name: string;
  readonly input: Input;
  readonly expected: Expected;
  /** Relative tolerance; a key's own tolerance may stand in `tolerances`. */
  readonly tolerance: number;
  readonly tolerances?: Readonly<Record<string, number>>;
}

export interface Answers<Input, Expected> {
  readonly about: string;
  /** The program and versions that made the answers, or the printed source. */
  readonly source: string;
  readonly made: string;
  readonly rows: readonly Row<Input, Expected>[];
}

/** The answers of `test/conformance/answers/<name>.json`. */
export function answers<Input, Expected>(name: string): Answers<Input, Expected> {
  const file = new URL(`../conformance/answers/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Answers<Input, Expected>;
}

/**
 * |actual − expected| / |expected|, or over `least` where that is more; the absolute error where 0 is expected, 0 where
 * both are the same non-number.
 */
export function relativeError(actual: number, expected: Packed, least = 0): number {
  const wanted = Number(expected);
  if (Object.is(actual, wanted) || actual === wanted) return 0;
  const size = Math.max(Math.abs(wanted), least);
  const error = size === 0 ? Math.abs(actual) : Math.abs((actual - wanted) / size);
  return Number.isNaN(error) ? Infinity : error;
}

/**
 * Fails with both numbers when `actual` is not within a relative `tolerance` of `expected`; of `least` where that is more,
 * for what has no more digits near 0 than it has at that size.
 */
export function expectNear(
  actual: number,
  expected: Packed,
  tolerance: number,
  what = 'value',
  least = 0,
): void {
  const error = relativeError(actual, expected, least);
  record(what, error);
  expect(error, `${what}: received ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Keeps a deviation for `npm run accuracy`, which names the file to keep it in. */
function record(what: string, error: number): void {
  const file = process.env['HEDGEROW_DEVIATIONS'];
  if (!file) return;
  const of = basename(expect.getState().testPath ?? '').replace('.test.ts', '');
  appendFileSync(file, `${JSON.stringify({ of, what: what.replace(/ at \d+$|\[\d+\]$/, ''), error })}\n`);
}
