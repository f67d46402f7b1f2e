import fc from 'fast-check';
import { adf, DataError, phillipsPerron } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

const trends = ['none', 'constant', 'linear'] as const;

describe('phillipsPerron', () => {
  it('without lags is the Dickey–Fuller test without lags', () => {
    for (const trend of trends) {
      const x = recipe('near-unit-root', 5, 150);
      const plain = adf(x, { trend, lags: 0 });
      const corrected = phillipsPerron(x, { trend, lags: 0 });
      expectNear(corrected.statistic, plain.statistic, 1e-11);
      expectNear(corrected.pValue, plain.pValue, 1e-11);
      expect(corrected.criticalValues).toEqual(plain.criticalValues);
    }
  });

  it('counts ⌈12 (n/100)^¼⌉ neighbours by default, fewer in a short series', () => {
    expect(phillipsPerron(recipe('walk', 1, 100)).lags).toBe(12);
    expect(phillipsPerron([1, 3, 2, 5, 4]).lags).toBe(3);
  });

  it('tells noise from a walk', () => {
    expect(phillipsPerron(recipe('white-noise', 2, 400)).pValue).toBeLessThan(1e-6);
    expect(phillipsPerron(recipe('walk', 2, 400)).pValue).toBeGreaterThan(0.05);
  });
});

describe('phillipsPerron refuses', () => {
  it('what is too short, not finite, constant or without noise', () => {
    expect(refusal(() => phillipsPerron([1, 3, 2]))).toBe(
      'too-short: phillipsPerron: needs at least 4 observations, received 3',
    );
    expect(refusal(() => phillipsPerron([1, 3, 2, 4, 5], { lags: 4 }))).toBe(
      'too-short: phillipsPerron: needs at least 6 observations for 4 lags, received 5',
    );
    expect(refusal(() => phillipsPerron([1, 3, 2, Infinity]))).toBe(
      'not-finite: phillipsPerron: series[3] is Infinity',
    );
    expect(refusal(() => phillipsPerron([2, 2, 2, 2, 2]))).toContain('degenerate');
    const halving = Array.from({ length: 40 }, (_, t) => 2 ** -t);
    for (const trend of trends)
      expect(refusal(() => phillipsPerron(halving, { trend }))).toContain('degenerate');
    const line = Array.from({ length: 40 }, (_, t) => 0.3 * t);
    for (const trend of ['constant', 'linear'] as const)
      expect(refusal(() => phillipsPerron(line, { trend }))).toContain('degenerate');
  });

  it('options it does not know', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        phillipsPerron([1, 3, 2, 4, 5], options);
    expect(of({ trends: 'none' })).toThrow('phillipsPerron: unknown option trends; did you mean trend?');
    expect(of({ trend: 'quadratic' })).toThrow('phillipsPerron: trend must be one of');
    expect(of({ lags: 0.5 })).toThrow('phillipsPerron: lags must be a non-negative integer, received 0.5');
  });
});

describe('phillipsPerron always', () => {
  const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 8, maxLength: 90 });

  it('ignores scale, sign and level, and a line under a linear trend; p is a probability', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(...trends), fc.integer({ min: 0, max: 5 }), (x, trend, lags) => {
        try {
          const plain = phillipsPerron(x, { trend, lags });
          expect(plain.pValue).toBeGreaterThanOrEqual(0);
          expect(plain.pValue).toBeLessThanOrEqual(1);
          const [shift, slope] = [trend === 'none' ? 0 : 4096, trend === 'linear' ? 8 : 0];
          const moved = phillipsPerron(
            x.map((v, t) => -4 * v + shift + slope * t),
            { trend, lags },
          );
          const near = 1e-8 * Math.max(1, Math.abs(plain.statistic));
          expect(Math.abs(moved.statistic - plain.statistic)).toBeLessThan(near);
          const rhoNear = 1e-8 * Math.max(1, Math.abs(plain.rhoStatistic));
          expect(Math.abs(moved.rhoStatistic - plain.rhoStatistic)).toBeLessThan(rhoNear);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });
});
