import { type DfGls, type DfGlsOptions, dfGls } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input extends DfGlsOptions {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
}

describe('dfGls against exact arithmetic', () => {
  const { rows } = answers<Input, DfGls>('df-gls');

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    const actual = dfGls(recipe(kind, seed, length), options);
    expect(actual.lags).toBe(expected.lags);
    expect(actual.observations).toBe(expected.observations);
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic');
    expectNear(actual.pValue, expected.pValue, tolerance, 'pValue');
    expectNear(actual.criticalValues.onePercent, expected.criticalValues.onePercent, 1e-12, '1 %');
    expectNear(actual.criticalValues.fivePercent, expected.criticalValues.fivePercent, 1e-12, '5 %');
    expectNear(actual.criticalValues.tenPercent, expected.criticalValues.tenPercent, 1e-12, '10 %');
  });
});
