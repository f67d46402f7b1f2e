import fc from 'fast-check';
import { DataError, logReturns, simpleReturns } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('simpleReturns', () => {
  it('is what each period earned, one fewer than the prices', () => {
    expect([...simpleReturns([100, 110, 99, 0])]).toEqual([0.1, -0.1, -1]);
    expect(simpleReturns([100])).toHaveLength(0);
    expect(simpleReturns([])).toHaveLength(0);
  });

  it('is NaN beside a missing price and nowhere else', () => {
    expect([...simpleReturns([1, 2, NaN, 4, 8])]).toEqual([1, NaN, NaN, 1]);
  });

  it('refuses to earn on nothing or on a debt', () => {
    expect(() => simpleReturns([1, 0, 2])).toThrow('simpleReturns: prices must be positive, prices[1] is 0');
    // WTI on 20 and 21 April 2020, EIA.
    expect(() => simpleReturns([18.31, -36.98, 8.91])).toThrow(DataError);
    expect([...simpleReturns([18.31, -36.98])]).toHaveLength(1);
  });
});

describe('logReturns', () => {
  it('is the logarithm of growth, one fewer than the prices', () => {
    expect([...logReturns([1, Math.E, 1])]).toEqual([1, -1]);
    expect(logReturns([7])).toHaveLength(0);
  });

  it('keeps its digits when prices barely move, and when they move beyond what a ratio can hold', () => {
    // ln(1 + 1e-12) = 1e-12 − 5e-25 + …; 1e12 + 1 over 1e12 is exact in doubles.
    expect(logReturns([1e12, 1e12 + 1])[0]).toBe(1e-12 - 5e-25);
    expect(logReturns([1e-300, 1e300])[0]).toBeCloseTo(600 * Math.LN10, 9);
    expect(logReturns([1e300, 1e-300])[0]).toBeCloseTo(-600 * Math.LN10, 9);
  });

  it('is NaN beside a missing price', () => {
    expect([...logReturns([1, NaN, 1, 1])]).toEqual([NaN, NaN, 0]);
  });

  it('refuses a price that has no logarithm, the last one too', () => {
    expect(() => logReturns([1, 2, 0])).toThrow('logReturns: prices must be positive, prices[2] is 0');
    expect(() => logReturns([-1])).toThrow(DataError);
  });

  it('is ln(1 + the simple return), and adds up over time', () => {
    const prices = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(prices, (series) => {
        const simple = simpleReturns(series);
        const log = logReturns(series);
        for (let i = 0; i < log.length; i++)
          expect(Math.abs(Math.expm1(log[i]!) - simple[i]!)).toBeLessThanOrEqual(
            1e-14 * (1 + Math.abs(simple[i]!)),
          );
        expect(log.reduce((a, b) => a + b)).toBeCloseTo(Math.log(series.at(-1)! / series[0]!), 10);
      }),
    );
  });
});
