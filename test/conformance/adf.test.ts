import { type Adf, type AdfOptions, adf } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
  readonly trend: NonNullable<AdfOptions['trend']>;
  readonly lags: NonNullable<AdfOptions['lags']>;
  readonly maxLags?: number;
}

type Expected = Omit<Adf, 'criterion'> & { readonly criterion: Packed };

describe('adf against exact arithmetic', () => {
  const { rows } = answers<Input, Expected>('adf');

  it('has rows for every trend and rule', () => {
    expect(rows.length).toBeGreaterThanOrEqual(150);
  });

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    const actual = adf(recipe(kind, seed, length), options);
    expect(actual.lags).toBe(expected.lags);
    expect(actual.observations).toBe(expected.observations);
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic');
    expectNear(actual.pValue, expected.pValue, tolerance, 'pValue');
    expectNear(actual.criterion, expected.criterion, tolerance, 'criterion');
    expectNear(actual.criticalValues.onePercent, expected.criticalValues.onePercent, 1e-12, '1 %');
    expectNear(actual.criticalValues.fivePercent, expected.criticalValues.fivePercent, 1e-12, '5 %');
    expectNear(actual.criticalValues.tenPercent, expected.criticalValues.tenPercent, 1e-12, '10 %');
  });
});

describe('adf against Stata', () => {
  interface Printed {
    readonly series: readonly number[];
    readonly trend: Input['trend'];
    readonly lags: number;
  }
  const { rows } = answers<Printed, { readonly statistic: number; readonly pValue?: number }>('adf-macro');

  it.each(rows)('$name', ({ input: { series, ...options }, expected, tolerance, tolerances }) => {
    const actual = adf(series, options);
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic, as Stata prints it');
    if (expected.pValue !== undefined)
      expectNear(actual.pValue, expected.pValue, tolerances!['pValue']!, 'pValue, as Stata prints it');
  });
});
