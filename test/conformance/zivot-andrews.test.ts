import { type ZivotAndrews, type ZivotAndrewsOptions, zivotAndrews } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input extends ZivotAndrewsOptions {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
}

describe('zivotAndrews against exact arithmetic', () => {
  const { rows } = answers<Input, ZivotAndrews>('zivot-andrews');

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    const actual = zivotAndrews(recipe(kind, seed, length), options);
    expect(actual.lags).toBe(expected.lags);
    expect(actual.observations).toBe(expected.observations);
    expect(actual.breakIndex).toBe(expected.breakIndex);
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic');
    expectNear(actual.pValue, expected.pValue, tolerance, 'pValue');
    expect(actual.criticalValues).toEqual(expected.criticalValues);
  });
});
