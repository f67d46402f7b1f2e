import { type EngleGrangerOptions, engleGranger } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { type Mix, related } from '../support/related-series.js';

interface Expected {
  readonly statistic: Packed;
  readonly pValue: Packed;
  readonly lags: number;
  readonly observations: number;
  readonly criticalValues: {
    readonly onePercent: Packed;
    readonly fivePercent: Packed;
    readonly tenPercent: Packed;
  };
  readonly ratios: readonly number[];
  readonly intercept: number;
  readonly slope: number;
  readonly curvature: number;
}

describe('engleGranger against exact arithmetic', () => {
  const { rows } = answers<Mix & EngleGrangerOptions, Expected>('engle-granger');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const { length, sources, mix, shift, ...options } = input;
    const [y, ...xs] = related({ length, sources, mix, shift });
    const actual = engleGranger(xs.length === 1 ? { y: y!, x: xs[0]! } : { y: y!, xs }, options);
    expect(actual.lags).toBe(expected.lags);
    expect(actual.observations).toBe(expected.observations);
    expectNear(actual.statistic, expected.statistic, tolerance, 'statistic');
    expectNear(actual.pValue, expected.pValue, tolerance, 'pValue');
    expectNear(actual.criticalValues.onePercent, expected.criticalValues.onePercent, 1e-12, '1 %');
    expectNear(actual.criticalValues.fivePercent, expected.criticalValues.fivePercent, 1e-12, '5 %');
    expectNear(actual.criticalValues.tenPercent, expected.criticalValues.tenPercent, 1e-12, '10 %');
    expected.ratios.forEach((ratio, j) => {
      expectNear(actual.ratios[j]!, ratio, tolerance, `ratios[${j}]`);
    });
    expectNear(actual.intercept, expected.intercept, tolerance, 'intercept');
    expectNear(actual.slope, expected.slope, tolerance, 'slope');
    expectNear(actual.curvature, expected.curvature, tolerance, 'curvature');
  });
});
