import { autocorrelation, ljungBox, partialAutocorrelation, type Series } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
  readonly lags: number;
  readonly degreesOfFreedom: number;
}

type Name = 'autocorrelation' | 'yuleWalker' | 'regression' | 'statistic' | 'pValue';

describe('autocorrelations against exact fractions', () => {
  const { rows } = answers<Input, Record<Name, readonly Packed[]>>('autocorrelation');

  it('has at least 12 rows', () => {
    expect(rows.length).toBeGreaterThanOrEqual(12);
  });

  it.each(rows)('$name', ({ input, expected, tolerance, tolerances }) => {
    const { kind, seed, length, lags, degreesOfFreedom } = input;
    const series = recipe(kind, seed, length);
    const { statistic, pValue } = ljungBox(series, { lags, degreesOfFreedom });
    const received: Record<Name, Series> = {
      autocorrelation: autocorrelation(series, { lags }),
      yuleWalker: partialAutocorrelation(series, { lags }),
      regression: partialAutocorrelation(series, { lags, method: 'ols' }),
      statistic,
      pValue,
    };
    for (const [name, values] of Object.entries(expected) as [Name, readonly Packed[]][]) {
      expect(received[name].length).toBe(values.length);
      const least = tolerances?.[name] ?? tolerance;
      values.forEach((value, lag) => {
        const size = name === 'statistic' || name === 'pValue' ? 0 : 1;
        expectNear(received[name][lag]!, value, least, `${name} at ${lag}`, size);
      });
    }
  });
});
