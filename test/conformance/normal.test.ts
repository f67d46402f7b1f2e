import {
  erf,
  erfc,
  erfcx,
  normalCdf,
  normalLogCdf,
  normalPdf,
  normalQuantile,
  normalSurvival,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

const functions = {
  erf,
  erfc,
  erfcx,
  normalCdf,
  normalLogCdf,
  normalPdf,
  normalQuantile,
  normalSurvival,
};

interface Input {
  readonly of: keyof typeof functions;
  readonly x: Packed;
}

describe('the normal distribution against high-precision arithmetic', () => {
  const { rows } = answers<Input, Packed>('normal');

  it('has at least 200 rows, over every function', () => {
    expect(rows.length).toBeGreaterThanOrEqual(200);
    expect(new Set(rows.map((row) => row.input.of)).size).toBe(Object.keys(functions).length);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    expectNear(functions[input.of](Number(input.x)), expected, tolerance, input.of);
  });
});
