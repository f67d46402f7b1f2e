import { type AmericanTerms, american } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';

describe('american against QuantLib', () => {
  const { rows } = answers<AmericanTerms, { readonly price: number }>('american');

  it('has rows for every method', () => {
    expect(new Set(rows.map(({ input }) => input.method)).size).toBe(6);
    expect(rows.length).toBeGreaterThanOrEqual(200);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    expectNear(american(input).price, expected.price, tolerance, `price, ${input.method}`);
  });
});
