import fc from 'fast-check';
import { adf, DataError, type ZivotAndrewsOptions, zivotAndrews } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../src/math/least-squares.js';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

type Break = NonNullable<ZivotAndrewsOptions['trend']>;
const breaks: readonly Break[] = ['constant', 'slope', 'linear'];

/** The regression with a break after observation `last`, written out. */
function writtenOut(x: ArrayLike<number>, trend: Break, lags: number, last: number): number {
  const at = Array.from({ length: x.length - 1 - lags }, (_, i) => i + lags + 1);
  const difference = (t: number): number => x[t]! - x[t - 1]!;
  const columns = [
    at.map((t) => x[t - 1]!),
    at.map((t) => t),
    ...(trend === 'slope' ? [] : [at.map((t) => Number(t > last))]),
    ...(trend === 'constant' ? [] : [at.map((t) => Math.max(0, t - last))]),
    ...Array.from({ length: lags }, (_, k) => at.map((t) => difference(t - k - 1))),
  ];
  return leastSquares(columns, at.map(difference)).tValues[1]!;
}

describe('zivotAndrews', () => {
  it('is the lowest t of the level over all breaks', () => {
    for (const trend of breaks) {
      for (const lags of [0, 2]) {
        const x = recipe('near-unit-root', 4, 60);
        const candidates = Array.from({ length: 42 }, (_, i) => i + 9);
        const values = candidates.map((last) => writtenOut(x, trend, lags, last));
        const found = zivotAndrews(x, { trend, lags });
        expectNear(found.statistic, Math.min(...values), 1e-10);
        expect(found.breakIndex).toBe(candidates[values.indexOf(Math.min(...values))]);
      }
    }
  });

  it('finds the day on which a level jumped, where adf sees a wandering series', () => {
    const x = recipe('white-noise', 3, 200).map((v, t) => (t > 120 ? v + 30 : v));
    expect(adf(x).pValue).toBeGreaterThan(0.2);
    const found = zivotAndrews(x, { lags: 0 });
    expect(found.breakIndex).toBe(120);
    expect(found.pValue).toBeLessThan(0.001);
  });

  it('chooses its lags as adf about a line does', () => {
    for (const lags of ['aic', 'bic', 't-stat'] as const) {
      const x = recipe('smooth', 9, 150);
      expect(zivotAndrews(x, { lags }).lags).toBe(adf(x, { trend: 'linear', lags }).lags);
    }
  });

  it('looks for breaks also where sums lose digits, at the very ends', () => {
    const x = recipe('near-unit-root', 12, 400);
    const candidates = Array.from({ length: 400 - 2 - 2 }, (_, i) => i + 2);
    const values = candidates.map((last) => writtenOut(x, 'linear', 0, last));
    expectNear(zivotAndrews(x, { trend: 'linear', lags: 0, trim: 0 }).statistic, Math.min(...values), 1e-9);
  });
});

describe('zivotAndrews refuses', () => {
  it('what is too short, not finite, constant or a line', () => {
    expect(refusal(() => zivotAndrews([1, 3, 2, 4]))).toBe(
      'too-short: zivotAndrews: needs at least 7 observations, received 4',
    );
    expect(refusal(() => zivotAndrews([1, 3, NaN, 4, 5, 2, 3, 4]))).toBe(
      'not-finite: zivotAndrews: series[2] is NaN',
    );
    expect(refusal(() => zivotAndrews(new Array(30).fill(0.7)))).toBe(
      'degenerate: zivotAndrews: series must vary, received 0.7 throughout',
    );
    const line = Array.from({ length: 30 }, (_, t) => 0.1 * t);
    expect(refusal(() => zivotAndrews(line))).toContain('degenerate: zivotAndrews');
  });

  it('options it does not know', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        zivotAndrews(recipe('walk', 1, 50), options);
    expect(of({ trim: 0.5 })).toThrow(
      'zivotAndrews: trim must be from 0 to 0.3333333333333333, received 0.5',
    );
    expect(of({ trend: 'both' })).toThrow("zivotAndrews: trend must be one of 'constant', 'slope', 'linear'");
    expect(of({ trimmed: 0.1 })).toThrow('zivotAndrews: unknown option trimmed');
  });
});

describe('zivotAndrews always', () => {
  it('ignores scale, sign, level and slope, and breaks within the trimmed series', () => {
    const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(series, fc.constantFrom(...breaks), (x, trend) => {
        try {
          const plain = zivotAndrews(x, { trend, lags: 1 });
          const edge = Math.floor(0.15 * x.length);
          expect(plain.breakIndex).toBeGreaterThanOrEqual(edge);
          expect(plain.breakIndex).toBeLessThan(x.length - edge);
          expect(plain.pValue).toBeGreaterThanOrEqual(0.00001);
          expect(plain.pValue).toBeLessThanOrEqual(0.999);
          const moved = zivotAndrews(
            x.map((v, t) => -4 * v + 1000 + 32 * t),
            { trend, lags: 1 },
          );
          expect(Math.abs(moved.statistic - plain.statistic)).toBeLessThan(
            1e-8 * Math.max(1, Math.abs(plain.statistic)),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });
});
