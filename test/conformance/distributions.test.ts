import {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredSurvival,
  fCdf,
  fSurvival,
  studentTCdf,
  studentTPValue,
  studentTQuantile,
  studentTSurvival,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

const functions = {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredSurvival,
  fCdf,
  fSurvival,
  studentTCdf,
  studentTPValue,
  studentTQuantile,
  studentTSurvival,
};

interface Input {
  readonly of: keyof typeof functions;
  readonly arguments: readonly Packed[];
}

describe('Student, chi-squared and F against high-precision arithmetic', () => {
  const { rows } = answers<Input, Packed>('distributions');

  it('has at least 150 rows, over every function', () => {
    expect(rows.length).toBeGreaterThanOrEqual(150);
    expect(new Set(rows.map((row) => row.input.of)).size).toBe(Object.keys(functions).length);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const evaluate = functions[input.of] as (...values: number[]) => number;
    expectNear(evaluate(...input.arguments.map(Number)), expected, tolerance, input.of);
  });
});
