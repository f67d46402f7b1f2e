import fc from 'fast-check';
import { adf, DataError, type DfGlsOptions, dfGls } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../src/math/least-squares.js';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

/** The definition written out: quasi-differences by least squares, then the Dickey–Fuller test without a trend. */
function writtenOut(x: ArrayLike<number>, trend: 'constant' | 'linear', lags: number): number {
  const series = Array.from(x);
  const root = 1 - (trend === 'constant' ? 7 : 13.5) / series.length;
  const differenced = (column: readonly number[]): number[] =>
    column.map((value, t) => (t === 0 ? value : value - root * column[t - 1]!));
  const columns = [series.map(() => 1), ...(trend === 'linear' ? [series.map((_, t) => t + 1)] : [])];
  const { coefficients } = leastSquares(columns.map(differenced), differenced(series), { intercept: false });
  const rest = series.map((value, t) =>
    columns.reduce((left, c, j) => left - coefficients[j]! * c[t]!, value),
  );
  return adf(rest, { trend: 'none', lags }).statistic;
}

describe('dfGls', () => {
  it('is the Dickey–Fuller test about a trend of quasi-differences', () => {
    for (const trend of ['constant', 'linear'] as const) {
      for (const lags of [0, 1, 4]) {
        const x = recipe('near-unit-root', 6, 120);
        expectNear(dfGls(x, { trend, lags }).statistic, writtenOut(x, trend, lags), 1e-10);
      }
    }
  });

  it('sees a weak pull back that adf does not', () => {
    const seen = (test: (x: Float64Array) => { pValue: number }): number =>
      Array.from({ length: 40 }, (_, i) => recipe('near-unit-root', i + 1, 250)).filter(
        (x) => test(x).pValue < 0.05,
      ).length;
    expect(seen((x) => dfGls(x, { lags: 0 }))).toBeGreaterThan(seen((x) => adf(x, { lags: 0 })));
  });

  it('chooses no more lags than it may', () => {
    expect(dfGls(recipe('smooth', 3, 300), { maxLags: 2 }).lags).toBeLessThanOrEqual(2);
    expect(dfGls(recipe('smooth', 3, 300), { lags: 5 })).toMatchObject({ lags: 5, observations: 294 });
  });
});

describe('dfGls refuses', () => {
  it('what is too short, not finite, constant or its trend', () => {
    expect(refusal(() => dfGls([1, 3, 2]))).toBe(
      'too-short: dfGls: needs at least 4 observations, received 3',
    );
    expect(refusal(() => dfGls([1, 3, 2, 4, 5], { lags: 2 }))).toBe(
      'too-short: dfGls: needs at least 8 observations for 2 lags, received 5',
    );
    expect(refusal(() => dfGls([1, 3, NaN, 4, 5]))).toBe('not-finite: dfGls: series[2] is NaN');
    expect(refusal(() => dfGls(new Array(30).fill(0.7)))).toBe(
      'degenerate: dfGls: series must vary, received 0.7 throughout',
    );
    const line = Array.from({ length: 30 }, (_, t) => 0.1 * t);
    expect(refusal(() => dfGls(line, { trend: 'linear' }))).toContain('degenerate: dfGls');
  });

  it('options it does not know', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        dfGls(recipe('walk', 1, 50), options as DfGlsOptions);
    expect(of({ trend: 'none' })).toThrow(
      "dfGls: trend must be one of 'constant', 'linear', received 'none'",
    );
    expect(of({ lags: 'hqic' })).toThrow('dfGls: lags must be one of');
    expect(of({ maxLag: 3 })).toThrow('dfGls: unknown option maxLag; did you mean maxLags?');
  });
});

describe('dfGls always', () => {
  it('ignores scale, sign and level, and a line under a linear trend; p is a probability', () => {
    const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 20, maxLength: 90 });
    fc.assert(
      fc.property(series, fc.constantFrom('constant' as const, 'linear' as const), (x, trend) => {
        try {
          const plain = dfGls(x, { trend, lags: 2 });
          expect(plain.pValue).toBeGreaterThanOrEqual(0);
          expect(plain.pValue).toBeLessThanOrEqual(1);
          const slope = trend === 'linear' ? 32 : 0;
          const moved = dfGls(
            x.map((v, t) => -4 * v + 1000 + slope * t),
            { trend, lags: 2 },
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
