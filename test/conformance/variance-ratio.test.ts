import { type VarianceRatio, type VarianceRatioOptions, varianceRatio } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input extends VarianceRatioOptions {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
}

describe('varianceRatio against exact arithmetic', () => {
  const { rows } = answers<Input, VarianceRatio>('variance-ratio');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(15);
  });

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    const actual = varianceRatio(recipe(kind, seed, length), options);
    expect(actual.observations).toBe(expected.observations);
    expectNear(actual.ratio, expected.ratio, tolerance, 'ratio');
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic');
    expectNear(actual.pValue, expected.pValue, tolerance, 'pValue');
  });
});
