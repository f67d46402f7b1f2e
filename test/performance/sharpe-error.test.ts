import fc from 'fast-check';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  performance,
  probabilisticSharpe,
  sharpeStandardError,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

const found = { sharpe: 2.5 / Math.sqrt(250), observations: 1250, skewness: -3, kurtosis: 10 };

describe('the error of a Sharpe ratio', () => {
  it('is that of Lo (2002) for normal returns, but for the divisor', () => {
    const error = sharpeStandardError({ sharpe: 0.2, observations: 101 });
    expect(error).toBeCloseTo(Math.sqrt((1 + 0.2 ** 2 / 2) / 100), 14);
  });

  it('is what performance reads, per year', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 5, maxLength: 50 }),
        (returns) => {
          const reading = performance(returns, { periodsPerYear: 1 });
          fc.pre(reading.volatility > 1e-6 && reading.sharpeError > 1e-6);
          const { sharpe, observations, skewness, kurtosis } = reading;
          const evidence = { sharpe, observations, skewness, kurtosis };
          expect(sharpeStandardError(evidence)).toBe(reading.sharpeError);
          expect(probabilisticSharpe(evidence)).toBeCloseTo(reading.probabilisticSharpe, 10);
        },
      ),
    );
  });

  it('asks for more the more was tried', () => {
    let before = deflatedSharpe({ ...found, trials: 1, variance: 0.002 });
    expect(before).toBe(probabilisticSharpe(found));
    for (const trials of [2, 10, 100, 1000]) {
      const now = deflatedSharpe({ ...found, trials, variance: 0.002 });
      expect(now).toBeLessThan(before);
      before = now;
    }
  });

  it('refuses options out of range', () => {
    expect(() => expectedMaximumSharpe({ trials: 0, variance: 1 })).toThrow('trials');
    expect(() => deflatedSharpe({ ...found, trials: 5, variance: 0 })).toThrow('variance');
    expect(() => probabilisticSharpe({ ...found, observations: 1 })).toThrow('observations');
    expect(() => sharpeStandardError({ ...found, sharpe: NaN })).toThrow('sharpe');
  });
});
