import fc from 'fast-check';
import { DataError, type JohansenOptions, johansen } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { related } from '../support/related-series.js';
import { refusal } from './refusal.js';

const constant: JohansenOptions = { trend: 'constant', lags: 1 };
const basket = (length = 400): Float64Array[] =>
  related({
    length,
    sources: [
      ['walk', 21],
      ['white-noise', 22],
      ['white-noise', 23],
    ],
    mix: [
      [1, 0, 1],
      [2, 0, -1],
      [-1, 0.5, 0.5],
    ],
    shift: [10, 20, 30],
  });

describe('johansen', () => {
  it('of one series is the Dickey–Fuller t without lags, squared', () => {
    // With one series λ is a squared correlation r², and T·r²/(1 − r²) is t² but for the degrees of freedom.
    const x = recipe('near-unit-root', 3, 200);
    const { eigenvalues, observations } = johansen([x], { trend: 'constant', lags: 0 });
    const level = x.slice(0, 199);
    const change = level.map((value, t) => x[t + 1]! - value);
    const mean = (a: Float64Array): number => a.reduce((sum, value) => sum + value, 0) / a.length;
    const [a, b] = [mean(level), mean(change)];
    const product = (u: Float64Array, m: number, v: Float64Array, k: number): number =>
      u.reduce((sum, value, t) => sum + (value - m) * (v[t]! - k), 0);
    const squared =
      product(level, a, change, b) ** 2 / product(level, a, level, a) / product(change, b, change, b);
    expect(observations).toBe(199);
    expectNear(eigenvalues[0]!, squared, 1e-12);
  });

  it('uses the last level also without lags', () => {
    // Regressing on the current level instead would find the noise in both and a relation in every walk.
    const walks = [recipe('walk', 1, 500), recipe('walk', 2, 500)];
    expect(johansen(walks, { trend: 'constant', lags: 0 }).rank).toBe(0);
  });

  it('counts the relations that made a basket', () => {
    expect(johansen(basket(), constant).rank).toBe(2);
    expect(johansen(basket().slice(0, 2), constant).rank).toBe(1);
    expect(johansen([recipe('white-noise', 1, 400), recipe('white-noise', 2, 400)], constant).rank).toBe(2);
  });

  it('gives weights whose combination comes back', () => {
    const [y, x] = basket();
    const { vectors } = johansen([y!, x!], constant);
    // 2·y − x is free of the walk.
    expect(vectors[0]![0]).toBeGreaterThan(0);
    expect(vectors[0]![1]! / vectors[0]![0]!).toBeCloseTo(-0.5, 1);
  });

  it('adds up: a trace is the sum of the maximum eigenvalue statistics from its rank on', () => {
    const { traceStatistics, maxEigenvalueStatistics, eigenvalues, observations } = johansen(
      basket(),
      constant,
    );
    expect(observations).toBe(398);
    eigenvalues.forEach((value, r) => {
      expectNear(maxEigenvalueStatistics[r]!, -398 * Math.log(1 - value), 1e-10);
      expectNear(
        traceStatistics[r]!,
        maxEigenvalueStatistics.slice(r).reduce((a, b) => a + b),
        1e-13,
      );
    });
  });

  it('reads a matrix whose rows are observations', () => {
    const columns = basket(100);
    const data = Float64Array.from({ length: 300 }, (_, i) => columns[i % 3]![Math.floor(i / 3)]!);
    const view = { data, shape: [100, 3], stride: [3, 1], offset: 0 };
    expect(johansen(view, constant)).toEqual(johansen(columns, constant));
  });
});

describe('johansen refuses', () => {
  const [y, x] = basket(60);
  const cases: readonly [string, () => unknown][] = [
    [
      'too-short: johansen: needs at least 9 observations for 2 series and 1 lags, received 8',
      () => johansen([y!.slice(0, 8), x!.slice(0, 8)], constant),
    ],
    [
      'uneven: johansen: columns must have one length, received columns[0] 60, columns[1] 3',
      () => johansen([y!, [1, 2, 3]], constant),
    ],
    [
      'not-finite: johansen: columns[1][4] is NaN',
      () => johansen([y!, x!.map((v, t) => (t === 4 ? NaN : v))], constant),
    ],
    [
      'degenerate: johansen: columns[1] must vary, received 7 throughout',
      () => johansen([y!, new Float64Array(60).fill(7)], constant),
    ],
    [
      'degenerate: johansen: columns[1] is a combination of the columns before it',
      () => johansen([y!, y!.map((v) => 0.1 * v)], { trend: 'constant', lags: 0 }),
    ],
    [
      'degenerate: johansen: columns[1] changes as a combination of the columns before it',
      () => johansen([y!, y!.map((v, t) => v + 3 * t)], constant),
    ],
    ['unreadable: johansen: columns must be 1 to 12 series, received 0', () => johansen([], constant)],
    [
      'unreadable: johansen: columns must be 1 to 12 series, received 13',
      () =>
        johansen(
          Array.from({ length: 13 }, (_, j) => recipe('walk', j, 100)),
          constant,
        ),
    ],
    [
      'unreadable: johansen: columns must be 1 to 12 series, received none',
      () => johansen(5 as unknown as [], constant),
    ],
  ];

  it.each(cases)('%s', (words, act) => {
    expect(refusal(act)).toBe(words);
  });

  it('options that are missing or unknown', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        johansen([y!, x!], options as JohansenOptions);
    expect(of({ lags: 1 })).toThrow(
      "johansen: trend must be one of 'none', 'constant', 'linear', received undefined",
    );
    expect(of({ trend: 'none' })).toThrow(
      'johansen: lags must be a non-negative integer, received undefined',
    );
    expect(of({ trend: 'none', lags: 1, rank: 1 })).toThrow('johansen: unknown option rank');
  });

  it('series that follow exactly from their past', () => {
    const angles = Array.from({ length: 80 }, (_, t) => t / 7);
    const circle = [angles.map(Math.sin), angles.map(Math.cos)];
    expect(refusal(() => johansen(circle, { trend: 'none', lags: 0 }))).toContain('degenerate');
    const line = Array.from({ length: 80 }, (_, t) => 0.1 * t);
    expect(refusal(() => johansen([line], constant))).toContain('degenerate');
  });
});

describe('johansen always', () => {
  const options = fc.record({
    trend: fc.constantFrom('none' as const, 'constant' as const, 'linear' as const),
    lags: fc.integer({ min: 0, max: 2 }),
  });
  const rows = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 }), {
    minLength: 25,
    maxLength: 60,
  });
  const columnsOf = (moves: readonly (readonly number[])[]): number[][] => {
    const levels = [0, 0, 0];
    return [0, 1, 2].map((j) => moves.map((row) => (levels[j] = 0.5 * levels[j]! + row[j]!)));
  };

  it('has eigenvalues from 0 to 1 in order, and a rank up to the number of series', () => {
    fc.assert(
      fc.property(rows, options, (moves, chosen) => {
        try {
          const { eigenvalues, rank, traceStatistics, vectors } = johansen(columnsOf(moves), chosen);
          eigenvalues.forEach((value, r) => {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThan(1);
            if (r > 0) expect(value).toBeLessThanOrEqual(eigenvalues[r - 1]!);
          });
          expect(rank).toBeGreaterThanOrEqual(0);
          expect(rank).toBeLessThanOrEqual(3);
          expect(Array.from(traceStatistics)).toEqual(Array.from(traceStatistics).sort((a, b) => b - a));
          for (const vector of vectors) expect(vector.find((weight) => weight !== 0)).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          expect((error as DataError).reason).toBe('degenerate');
        }
      }),
    );
  });

  it('ignores scale and order of the series, and level or line where the trend has them', () => {
    fc.assert(
      fc.property(rows, options, (moves, chosen) => {
        const [a, b, c] = columnsOf(moves) as [number[], number[], number[]];
        const shift = chosen.trend === 'none' ? 0 : 1024;
        const slope = chosen.trend === 'linear' ? 16 : 0;
        try {
          const plain = johansen([a, b, c], chosen);
          const moved = johansen(
            [c.map((v) => 1e-6 * v), a.map((v, t) => -8 * v + shift + slope * t), b.map((v) => v + shift)],
            chosen,
          );
          plain.eigenvalues.forEach((value, r) => {
            expect(Math.abs(moved.eigenvalues[r]! - value)).toBeLessThan(1e-10);
          });
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          expect((error as DataError).reason).toBe('degenerate');
        }
      }),
    );
  });
});
