import fc from 'fast-check';
import { DataError, kpss } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

describe('kpss', () => {
  it('is, without lags, the mean square of the running sums over variance and length', () => {
    // Residuals −2, −1, 0, 1, 2: running sums −2, −3, −3, −2, 0; 26 / 25 over 10 / 5.
    expectNear(kpss([1, 2, 3, 4, 5], { lags: 0 }).statistic, 0.52, 1e-15);
  });

  it('is small for noise and large for a walk', () => {
    expect(kpss(recipe('white-noise', 2, 500))).toMatchObject({ pValue: 0.1, clipped: true });
    expect(kpss(recipe('walk', 1, 500))).toMatchObject({ pValue: 0.01, clipped: true });
  });

  it('forgives a line under a linear trend', () => {
    const x = recipe('trend-stationary', 2, 500);
    expect(kpss(x).pValue).toBe(0.01);
    expect(kpss(x, { trend: 'linear' }).pValue).toBeGreaterThan(0.05);
  });

  it('says where p was not clipped', () => {
    const { pValue, clipped } = kpss([1, 2, 4, 3, 5, 6, 8, 7, 9, 10], { lags: 1 });
    expect(clipped).toBe(false);
    expect(pValue).toBeGreaterThan(0.01);
    expect(pValue).toBeLessThan(0.1);
  });

  it('counts ⌊n^(2/9)⌋ autocovariances for its lags at whole powers too', () => {
    // 512^(2/9) is 4, and 3.9999999999999996 in doubles.
    expect(512 ** (2 / 9)).toBeLessThan(4);
    expect(kpss(recipe('near-unit-root', 77, 512)).lags).not.toBe(13);
  });

  it('has no more legacy lags than observations less one', () => {
    expect(kpss([1, 3, 2, 5], { lags: 'legacy' }).lags).toBe(3);
    expect(kpss(recipe('walk', 3, 100), { lags: 'legacy' }).lags).toBe(12);
  });
});

describe('kpss refuses', () => {
  it('what is too short, not finite, constant or a line', () => {
    expect(refusal(() => kpss([1, 2]))).toBe('too-short: kpss: needs at least 3 observations, received 2');
    expect(refusal(() => kpss([1, 2, 3], { trend: 'linear' }))).toBe(
      'too-short: kpss: needs at least 4 observations, received 3',
    );
    expect(refusal(() => kpss([1, 2, 4], { lags: 3 }))).toBe(
      'too-short: kpss: needs at least 4 observations for 3 lags, received 3',
    );
    expect(refusal(() => kpss([1, 2, NaN]))).toBe('not-finite: kpss: series[2] is NaN');
    expect(refusal(() => kpss([0.1, 0.1, 0.1]))).toBe(
      'degenerate: kpss: series must vary, received 0.1 throughout',
    );
    const line = Array.from({ length: 50 }, (_, t) => 0.1 * t + 7);
    expect(refusal(() => kpss(line, { trend: 'linear' }))).toContain('one that is its trend');
  });

  it('options it does not know', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        kpss([1, 2, 4, 3], options);
    expect(of({ lag: 1 })).toThrow('kpss: unknown option lag; did you mean lags?');
    expect(of({ lags: 'aic' })).toThrow("kpss: lags must be one of 'auto', 'legacy', received 'aic'");
    expect(of({ lags: -1 })).toThrow('kpss: lags must be a non-negative integer, received -1');
    expect(of({ trend: 'none' })).toThrow("kpss: trend must be one of 'constant', 'linear', received 'none'");
  });
});

describe('kpss always', () => {
  const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 8, maxLength: 90 });
  const trend = fc.constantFrom('constant' as const, 'linear' as const);
  const lags = fc.constantFrom('auto' as const, 'legacy' as const, 0, 3);

  it('ignores scale, sign and level, and a line under a linear trend', () => {
    fc.assert(
      fc.property(series, trend, lags, fc.integer({ min: 1, max: 64 }), (x, about, count, scale) => {
        try {
          const plain = kpss(x, { trend: about, lags: count });
          const slope = about === 'linear' ? 12 : 0;
          const moved = kpss(
            x.map((v, t) => -scale * v + 1000 + slope * t),
            { trend: about, lags: count },
          );
          expect(moved.lags).toBe(plain.lags);
          expect(Math.abs(moved.statistic / plain.statistic - 1)).toBeLessThan(1e-9);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });

  it('answers with p from 0.01 to 0.10, clipped at the ends alone, falling as the statistic rises', () => {
    fc.assert(
      fc.property(series, trend, lags, (x, about, count) => {
        try {
          const { statistic, pValue, clipped, criticalValues } = kpss(x, { trend: about, lags: count });
          expect(pValue).toBeGreaterThanOrEqual(0.01);
          expect(pValue).toBeLessThanOrEqual(0.1);
          expect(clipped).toBe(
            statistic < criticalValues.tenPercent || statistic > criticalValues.onePercent,
          );
          expect(pValue < 0.05).toBe(statistic > criticalValues.fivePercent);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });

  it('ignores a scale that squares cannot hold', () => {
    const x = recipe('near-unit-root', 4, 120);
    for (const power of [-990, -500, 500, 990])
      expectNear(kpss(x.map((v) => v * 2 ** power)).statistic, kpss(x).statistic, 1e-13);
  });
});
