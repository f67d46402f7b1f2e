import { type Kpss, type KpssOptions, kpss } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input extends KpssOptions {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
}

describe('kpss against exact arithmetic', () => {
  const { rows } = answers<Input, Omit<Kpss, 'criticalValues'>>('kpss');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
  });

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    const actual = kpss(recipe(kind, seed, length), options);
    expect(actual.lags).toBe(expected.lags);
    expect(actual.observations).toBe(expected.observations);
    expect(actual.clipped).toBe(expected.clipped);
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic');
    expectNear(actual.pValue, expected.pValue, tolerance, 'pValue');
  });
});
