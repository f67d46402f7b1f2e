import { correlationMatrix, screenPairs } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { type Mix, related } from '../support/related-series.js';

interface Input extends Mix {
  readonly lags: number | 'aic' | 'bic';
  readonly both: boolean;
}

interface Expected {
  readonly pairs: readonly {
    readonly y: number;
    readonly x: number;
    readonly ratio: number;
    readonly correlation: Packed;
    readonly changeCorrelation: Packed;
    readonly statistic: number;
    readonly pValue: number;
    readonly adjustedPValue: number;
    readonly halfLife: Packed;
    readonly lags: number;
  }[];
}

describe('screenPairs against exact arithmetic', () => {
  const { rows } = answers<Input, Expected>('screen');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const { lags, both, ...mix } = input;
    const panel = Object.fromEntries(related(mix).map((series, j) => [`s${j}`, series]));
    const count = input.mix.length;
    const matrix = correlationMatrix(panel).data;
    const { pairs } = screenPairs(panel, { lags, order: both ? 'both' : 'given' });
    expect(pairs.length).toBe(expected.pairs.length);
    for (const known of expected.pairs) {
      const row = pairs.find(({ y, x }) => y === `s${known.y}` && x === `s${known.x}`)!;
      expect(row.lags).toBe(known.lags);
      expectNear(row.ratio, known.ratio, tolerance, 'ratio');
      expectNear(row.statistic, known.statistic, tolerance, 'statistic');
      expectNear(row.pValue, known.pValue, tolerance, 'pValue');
      expectNear(row.adjustedPValue, known.adjustedPValue, tolerance, 'adjustedPValue');
      expectNear(row.halfLife, known.halfLife, tolerance, 'halfLife');
      expectNear(row.correlation, known.correlation, tolerance, 'correlation');
      expectNear(matrix[known.y * count + known.x]!, known.correlation, tolerance, 'correlationMatrix');
      expectNear(row.changeCorrelation, known.changeCorrelation, tolerance, 'changeCorrelation');
    }
  });
});
