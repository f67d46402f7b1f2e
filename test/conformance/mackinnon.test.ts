import { type CriticalValues, mackinnonCriticalValues, mackinnonPValue, type Trend } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';

interface Input {
  readonly trend: Trend;
  readonly series: number;
  readonly statistic?: number;
  readonly observations?: number | 'Infinity';
}

type Expected = { readonly pValue: number } | CriticalValues;

describe('MacKinnon against his tables', () => {
  const { rows } = answers<Input, Expected>('mackinnon');

  it.each(rows)('$name', ({ input: { trend, series, statistic, observations }, expected, tolerance }) => {
    const actual =
      statistic === undefined
        ? mackinnonCriticalValues({ trend, series, observations: Number(observations) })
        : { pValue: mackinnonPValue(statistic, { trend, series }) };
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) {
      expectNear((actual as unknown as Record<string, number>)[name]!, value, tolerance, name);
    }
  });
});
