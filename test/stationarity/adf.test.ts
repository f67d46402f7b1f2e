import fc from 'fast-check';
import { type AdfOptions, adf, DataError, type Trend } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../src/math/least-squares.js';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

const line = (length: number, slope: number): number[] => Array.from({ length }, (_, t) => slope * t);
const trends: readonly Trend[] = ['none', 'constant', 'linear', 'quadratic'];

/** The regression written out: level and lags as columns, rows from `rows` on, and powers of time. */
function writtenOut(
  x: ArrayLike<number>,
  trend: Trend,
  lags: number,
  skipped: number,
): { rss: number; t: number; k: number } {
  const at = Array.from({ length: x.length - 1 - skipped }, (_, row) => row + skipped);
  const difference = (t: number): number => x[t + 1]! - x[t]!;
  const powers = Array.from({ length: Math.max(0, trends.indexOf(trend) - 1) }, (_, p) =>
    at.map((t) => (t / x.length) ** (p + 1)),
  );
  const past = Array.from({ length: lags }, (_, i) => at.map((t) => difference(t - i - 1)));
  const columns = [at.map((t) => x[t]!), ...past, ...powers];
  const fit = leastSquares(columns, at.map(difference), { intercept: trend !== 'none' });
  const first = Number(trend !== 'none');
  return { rss: fit.residualSumOfSquares, t: fit.tValues[first]!, k: columns.length + first };
}

describe('adf', () => {
  it('is the t of the level in the regression written out', () => {
    const x = recipe('near-unit-root', 5, 150);
    for (const trend of trends) {
      for (const lags of [0, 1, 2, 3, 7]) {
        expectNear(
          adf(x, { trend, lags }).statistic,
          writtenOut(x, trend, lags, lags).t,
          1e-9,
          `${trend} ${lags}`,
        );
      }
    }
  });

  it('finds by AIC and BIC what an exhaustive search finds, on common rows', () => {
    for (let seed = 1; seed <= 6; seed++) {
      for (const kind of ['walk', 'white-noise', 'smooth', 'illiquid']) {
        const x = recipe(kind, seed, 90);
        for (const trend of trends) {
          const rows = x.length - 1 - 9;
          const fits = Array.from({ length: 10 }, (_, lags) => writtenOut(x, trend, lags, 9));
          for (const [rule, penalty] of [
            ['aic', 2],
            ['bic', Math.log(rows)],
          ] as const) {
            const criteria = fits.map(
              ({ rss, k }) => rows * (Math.log(2 * Math.PI) + Math.log(rss / rows) + 1) + penalty * k,
            );
            const least = Math.min(...criteria);
            const found = adf(x, { trend, lags: rule, maxLags: 9 });
            expect(found.lags).toBe(criteria.indexOf(least));
            expectNear(found.criterion, least, 1e-9);
          }
        }
      }
    }
  });

  it('stops by t at the first significant last lag, coming down', () => {
    const x = recipe('smooth', 3, 200);
    const { lags, criterion } = adf(x, { lags: 't-stat', maxLags: 8 });
    const last = (count: number): number => {
      const [a, b] = [writtenOut(x, 'constant', count - 1, 8), writtenOut(x, 'constant', count, 8)];
      return Math.sqrt((a.rss - b.rss) / (b.rss / (x.length - 1 - 8 - b.k)));
    };
    expectNear(criterion, last(lags), 1e-8);
    expect(criterion).toBeGreaterThanOrEqual(1.6448536269514722);
    for (let count = lags + 1; count <= 8; count++) expect(last(count)).toBeLessThan(1.6448536269514722);
  });

  it('sees white noise through a level of a billion', () => {
    expect(adf(recipe('offset-noise', 2, 500)).statistic).toBeLessThan(-5);
  });

  it('has no criterion where the number of lags is given', () => {
    expect(adf(recipe('walk', 1, 50), { lags: 2 }).criterion).toBeNaN();
  });

  it('leaves its input alone and takes any array', () => {
    const x = recipe('walk', 8, 60);
    const copy = Array.from(x);
    expect(adf(copy)).toEqual(adf(x));
    expect(copy).toEqual(Array.from(x));
  });

  it('never prefers a model with as many regressors as rows', () => {
    // Ten observations, no trend: the longest of ⌊10/2⌋ − 1 = 4 lags leaves 5 rows for 5 regressors.
    expect(adf([1, 3, 2, 5, 4, 3, 6, 2, 1, 4], { trend: 'none' }).lags).toBeLessThan(4);
  });
});

describe('adf refuses', () => {
  const refusal = (series: readonly number[], options?: AdfOptions): DataError => {
    try {
      adf(series, options);
    } catch (error) {
      return error as DataError;
    }
    throw new Error('accepted');
  };

  it('too short a series', () => {
    expect(refusal(line(9, 1), { lags: 4, trend: 'linear' }).message).toBe(
      'adf: needs at least 14 observations for 4 lags, received 9',
    );
    expect(refusal([1, 3, 2]).message).toBe('adf: needs at least 4 observations, received 3');
    expect(refusal([1, 3, 2]).reason).toBe('too-short');
    expect(refusal(line(20, 1), { maxLags: 10 }).message).toBe(
      'adf: needs at least 24 observations for 10 lags, received 20',
    );
  });

  it('numbers that are not finite, by index', () => {
    expect(refusal([1, 2, NaN, 4, 5, 6]).message).toBe('adf: series[2] is NaN');
    expect(refusal([1, 2, 5, -Infinity, 5, 6]).reason).toBe('not-finite');
  });

  it('a series that does not vary', () => {
    expect(refusal(new Array(40).fill(0.1)).message).toBe('adf: series must vary, received 0.1 throughout');
    expect(refusal([...new Array(40).fill(7), 8]).reason).toBe('degenerate');
    expect(refusal([6, ...new Array(40).fill(7)]).reason).toBe('degenerate');
  });

  it('a series that follows exactly from its trend and past', () => {
    for (const trend of trends) {
      expect(refusal(line(50, 1), { trend }).reason).toBe('degenerate');
      expect(refusal(line(50, 0.1), { trend }).reason).toBe('degenerate');
      expect(
        refusal(
          line(60, 1).map((t) => t % 4),
          { trend },
        ).reason,
      ).toBe('degenerate');
      expect(
        refusal(
          line(300, 1).map((t) => Math.sin(t / 30)),
          { trend },
        ).reason,
      ).toBe('degenerate');
    }
  });

  it('options it does not know', () => {
    const x = recipe('walk', 1, 60);
    const received =
      (options: object): (() => unknown) =>
      () =>
        adf(x, options);
    expect(received({ lag: 3 })).toThrow('adf: unknown option lag; did you mean lags?');
    expect(received({ lags: 'AIC' })).toThrow("received 'AIC'; did you mean aic?");
    expect(received({ lags: 1.5 })).toThrow('adf: lags must be a non-negative integer, received 1.5');
    expect(received({ lags: 2, maxLags: 3 })).toThrow('adf: maxLags bounds a rule, received it with 2 lags');
    expect(received({ trend: 'c' })).toThrow('adf: trend must be one of');
    expect(received({ maxLags: -1 })).toThrow('adf: maxLags must be a non-negative integer, received -1');
  });
});

describe('adf always', () => {
  const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 20, maxLength: 90 });
  const quarters = fc.integer({ min: 1, max: 4000 }).map((n) => n / 4);
  const statistic = (x: readonly number[], options: AdfOptions): number | 'degenerate' => {
    try {
      return adf(x, options).statistic;
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      expect((error as DataError).reason).toBe('degenerate');
      return 'degenerate';
    }
  };
  /** The shift and scale are exact in doubles, so the statistic may differ by rounding alone. */
  const expectSame = (a: number | 'degenerate', b: number | 'degenerate'): void => {
    if (a === 'degenerate' || b === 'degenerate') expect(a).toBe(b);
    else expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(b)));
  };

  it('ignores scale, sign and level, with a constant', () => {
    fc.assert(
      fc.property(series, quarters, fc.integer({ min: -1e6, max: 1e6 }), (x, scale, shift) => {
        const moved = x.map((v) => -scale * v + shift);
        expectSame(statistic(moved, { lags: 3 }), statistic(x, { lags: 3 }));
      }),
    );
  });

  it('ignores scale without a constant', () => {
    fc.assert(
      fc.property(series, quarters, (x, scale) => {
        expectSame(
          statistic(
            x.map((v) => scale * v),
            { lags: 2, trend: 'none' },
          ),
          statistic(x, { lags: 2, trend: 'none' }),
        );
      }),
    );
  });

  it('ignores a line under a linear trend and a parabola under a quadratic one', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -300, max: 300 }), (x, slope) => {
        const withLine = x.map((v, t) => v + slope * t);
        const withParabola = x.map((v, t) => v + slope * t * t);
        expectSame(
          statistic(withLine, { lags: 2, trend: 'linear' }),
          statistic(x, { lags: 2, trend: 'linear' }),
        );
        expectSame(
          statistic(withParabola, { lags: 2, trend: 'quadratic' }),
          statistic(x, { lags: 2, trend: 'quadratic' }),
        );
      }),
    );
  });

  it('ignores a scale that squares cannot hold', () => {
    const x = recipe('near-unit-root', 4, 120);
    for (const power of [-990, -500, 500, 990]) {
      const scaled = x.map((v) => v * 2 ** power);
      const { criterion, ...rest } = adf(scaled);
      const { criterion: before, ...expected } = adf(x);
      expect(rest.lags).toBe(expected.lags);
      expectNear(rest.statistic, expected.statistic, 1e-10);
      // 120 − 1 − 13 lags = 106 rows, each with the scale squared in its residual.
      expectNear(criterion, before + 2 * 106 * power * Math.LN2, 1e-12);
    }
  });

  it('ignores a scale that single precision cannot hold, under a steep trend', () => {
    const x = Array.from({ length: 60 }, (_, t) => 1000 * t + ((37 * t ** 3) % 101));
    const { statistic } = adf(x, { trend: 'linear' });
    for (const power of [130, 120, -130]) {
      const scaled = x.map((v) => v * 2 ** power);
      expectNear(adf(scaled, { trend: 'linear' }).statistic, statistic, 1e-12);
    }
  });

  it('answers with a probability, a lag within bounds, and ordered critical values', () => {
    const options = fc.record({
      trend: fc.constantFrom(...trends),
      lags: fc.constantFrom('aic' as const, 'bic' as const, 't-stat' as const),
      maxLags: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(series, options, (x, chosen) => {
        if (statistic(x, chosen) === 'degenerate') return;
        const result = adf(x, chosen);
        expect(result.pValue).toBeGreaterThanOrEqual(0);
        expect(result.pValue).toBeLessThanOrEqual(1);
        expect(result.lags).toBeLessThanOrEqual(chosen.maxLags);
        expect(result.observations).toBe(x.length - 1 - result.lags);
        expect(result.statistic).not.toBeNaN();
        expect(result.criticalValues.onePercent).toBeLessThan(result.criticalValues.fivePercent);
        expect(result.criticalValues.fivePercent).toBeLessThan(result.criticalValues.tenPercent);
      }),
    );
  });
});
