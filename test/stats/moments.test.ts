import fc from 'fast-check';
import { correlation, covariance, mean, standardDeviation, variance } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../support/conformance.js';
import { exactCorrelation, exactCovariance, exactMean } from '../support/exact.js';

describe('on whole series', () => {
  it('mean, variance and deviation of a textbook sample', () => {
    // Wikipedia, "Standard deviation": 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and a sum of squared deviations of 32
    const sample = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(sample)).toBe(5);
    expect(variance(sample)).toBe(32 / 7);
    expect(standardDeviation(sample)).toBe(Math.sqrt(32 / 7));
  });

  it('describe nothing by NaN', () => {
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
    expect(mean([1, NaN])).toBeNaN();
    expect(variance([1, NaN, 2])).toBeNaN();
    expect(covariance({ y: [1], x: [1] })).toBeNaN();
    expect(correlation({ y: [1, 2, 3], x: [5, 5, 5] })).toBeNaN();
  });

  it('a flat series has a variance of exactly 0', () => {
    expect(variance(new Array<number>(7).fill(0.1))).toBe(0);
    expect(covariance({ y: new Array<number>(7).fill(0.1), x: [1, 2, 3, 4, 5, 6, 7] })).toBe(0);
  });

  it('two legs of different length are refused', () => {
    expect(() => covariance({ y: [1, 2], x: [1] })).toThrow(
      'covariance: columns must have one length, received y 2, x 1',
    );
    expect(() => correlation({ y: [1, 2], x: [1] })).toThrow(/^correlation: columns must have one length/);
  });
});

describe('against exact arithmetic', () => {
  // Squares of numbers below 1e-150 leave the range of a double.
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-100 ? 0 : x)),
    fc.double({ min: 1e9, max: 1e9 + 1, noNaN: true }),
    fc.constantFrom(0, 60000.3, 1e12, -1e12, 1e-9),
  );
  const legs = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 });

  it('the mean is right to the last bits and the variance to 1e-15 a digit of cancellation', () => {
    fc.assert(
      fc.property(legs, (rows) => {
        const series = rows.map(([y]) => y);
        expect(relativeError(mean(series), exactMean(series))).toBeLessThanOrEqual(4e-16);
        expect(relativeError(variance(series), exactCovariance(series, series))).toBeLessThanOrEqual(1e-14);
      }),
      { numRuns: 500 },
    );
  });

  it('the correlation is within 1e-14 and never beyond 1', () => {
    fc.assert(
      fc.property(legs, (rows) => {
        const [y, x] = [rows.map(([a]) => a), rows.map(([, b]) => b)];
        const expected = exactCorrelation(y, x);
        const actual = correlation({ y, x });
        if (Number.isNaN(expected)) expect(actual).toBeNaN();
        else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-14);
        expect(Math.abs(actual) > 1).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
