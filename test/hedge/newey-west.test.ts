import fc from 'fast-check';
import { ols, studentTQuantile } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, relatedLegs } from '../support/pairs.js';

describe('ols with intervals', () => {
  it('reaches as many errors to either side as Student says', () => {
    for (const confidence of [0.5, 0.95, 0.99]) {
      const hedge = ols({ y: [3, 5, 6, 9], x: [1, 2, 3, 4] }, { confidence });
      const reach = studentTQuantile((1 + confidence) / 2, 2) * hedge.ratioError;
      expect(hedge.ratioInterval).toEqual([hedge.ratio - reach, hedge.ratio + reach]);
      expect((hedge.interceptInterval[0] + hedge.interceptInterval[1]) / 2).toBeCloseTo(hedge.intercept, 12);
    }
  });

  it('has none where there is no error', () => {
    expect(ols({ y: [1, 2], x: [1, 2] }).ratioInterval).toEqual([NaN, NaN]);
    expect(ols({ y: [1, 2, 4], x: [1, 2, 3] }, { intercept: false }).interceptInterval).toEqual([NaN, NaN]);
  });
});

describe('ols with Newey-West errors', () => {
  it('changes the inference and nothing else', () => {
    fc.assert(
      fc.property(relatedLegs(), fc.integer({ min: 0, max: 80 }), ({ y, x }, neweyWest) => {
        const [plain, robust] = [ols({ y, x }), ols({ y, x }, { neweyWest })];
        const line = ({ ratio, intercept, rSquared, aic }: typeof plain): unknown => [
          ratio,
          intercept,
          rSquared,
          aic,
        ];
        expect(line(robust)).toEqual(line(plain));
        // Bartlett's weights leave no variance below zero.
        expect(robust.ratioError).toBeGreaterThanOrEqual(0);
        expect(robust.interceptError).toBeGreaterThanOrEqual(0);
        expect(close(robust.fStatistic, robust.ratioT ** 2, 1e-12)).toBe(true);
        expect(Object.keys(robust)).toEqual(Object.keys(plain));
      }),
    );
  });

  it('is White’s error without lags: by hand for three points', () => {
    // x − mean is −1, 0, 1 and the residuals 1/6, −1/3, 1/6: (1/36 + 1/36) / 2².
    const { ratioError } = ols({ y: [1, 2, 4], x: [1, 2, 3] }, { neweyWest: 0 });
    expect(close(ratioError, Math.sqrt(2 / 36 / 4), 1e-12)).toBe(true);
  });

  it('bears prices of any size', () => {
    const { y, x } = { y: [3, 5, 6, 9, 9, 14], x: [1, 2, 3, 4, 5, 6] };
    const scaled = { y: y.map((v) => v * 2 ** 900), x: x.map((v) => v * 2 ** 900) };
    const [plain, large] = [ols({ y, x }, { neweyWest: 2 }), ols(scaled, { neweyWest: 2 })];
    expect(close(large.ratioError, plain.ratioError, 1e-12)).toBe(true);
  });
});
