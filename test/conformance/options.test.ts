import { bachelier, black76, blackScholes, type ForwardTerms, type Greeks, type SpotTerms } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { GREEK_NAMES } from '../../src/pricing/greeks.js';
import { answers, expectNear } from '../support/conformance.js';

const models = { blackScholes, black76, bachelier };

interface Input {
  readonly model: keyof typeof models;
  readonly terms: SpotTerms & ForwardTerms;
}

describe('European options against high-precision arithmetic', () => {
  const { rows } = answers<Input, Greeks>('options');

  it('has at least 300 rows, over every model', () => {
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(new Set(rows.map((row) => row.input.model)).size).toBe(3);
  });

  it.each(rows)('$name', ({ input, expected, tolerance, tolerances }) => {
    const actual = models[input.model](input.terms);
    for (const name of GREEK_NAMES) {
      expectNear(actual[name], expected[name], tolerances?.[name] ?? tolerance, name);
    }
  });
});
