import { type SpreadTerms, spreadOption } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';

describe('spreadOption against the integral in high precision, and QuantLib', () => {
  const { rows } = answers<SpreadTerms, Readonly<Record<string, number>>>('spread-option');

  it('has rows for the true value and for both approximations', () => {
    expect(new Set(rows.map(({ input }) => input.method)).size).toBe(3);
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });

  it.each(rows)('$name', ({ input, expected, tolerance, tolerances }) => {
    const actual = spreadOption(input) as unknown as Readonly<Record<string, number>>;
    for (const [name, value] of Object.entries(expected)) {
      expectNear(actual[name]!, value, tolerances?.[name] ?? tolerance, `${name}, ${input.method}`);
    }
  });
});
