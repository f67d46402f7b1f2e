import fc from 'fast-check';
import {
  type Description,
  describe as describeSeries,
  rollingDescribe,
  rollingKurtosis,
  rollingMean,
  rollingMedian,
  rollingQuantile,
  rollingSkewness,
  rollingStandardDeviation,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('what a series looks like', () => {
  it('of a textbook sample', () => {
    // Mean 5 and squares 32 of 2, 4, 4, 4, 5, 5, 7, 9: Wikipedia, "Standard deviation"
    const described = describeSeries([9, 2, 4, NaN, 4, 4, 5, 5, 7]);
    expect(described).toMatchObject({
      ...{ count: 8, missing: 1, mean: 5, standardDeviation: Math.sqrt(32 / 7) },
      ...{ minimum: 2, lowerQuartile: 4, median: 4.5, upperQuartile: 5.5, maximum: 9 },
    });
  });

  it('of nothing is a count of nothing', () => {
    for (const series of [[], [NaN, Infinity]]) {
      const { count, missing, ...rest } = describeSeries(series);
      expect([count, missing]).toEqual([0, series.length]);
      expect(Object.values(rest)).toEqual(new Array<number>(9).fill(NaN));
    }
  });

  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-100 ? 0 : x + 0)),
    fc.constantFrom(NaN, Infinity, 60000.3, 1e9),
  );

  it('stands in order', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (series) => {
        const { minimum, lowerQuartile, median, upperQuartile, maximum, mean } = describeSeries(series);
        if (Number.isNaN(minimum)) return;
        const inOrder = [minimum, lowerQuartile, median, upperQuartile, maximum];
        expect([...inOrder].sort((a, b) => a - b)).toEqual(inOrder);
        const slack = 1e-15 * Math.max(Math.abs(minimum), Math.abs(maximum));
        expect(mean >= minimum - slack && mean <= maximum + slack).toBe(true);
      }),
    );
  });

  it('of each window is every statistic of its own', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 50 }), fc.integer({ min: 1, max: 9 }), (series, window) => {
        const options = { window, minimum: Math.ceil(window / 2) };
        const columns = rollingDescribe(series, options);
        const alone: Partial<Record<keyof Description, Float64Array>> = {
          mean: rollingMean(series, options),
          standardDeviation: rollingStandardDeviation(series, options),
          skewness: rollingSkewness(series, options),
          kurtosis: rollingKurtosis(series, options),
          median: rollingMedian(series, options),
          lowerQuartile: rollingQuantile(series, { ...options, probability: 0.25 }),
        };
        for (const [name, column] of Object.entries(alone)) {
          expect(columns[name as keyof Description]).toEqual(column);
        }
        columns.count.forEach((count, i) => {
          expect(count + columns.missing[i]!).toBe(Math.min(i + 1, window));
        });
      }),
    );
  });
});
