import fc from 'fast-check';
import { DataError, leastSquares, OptionError } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';

const entry = fc.integer({ min: -1000, max: 1000 });
/** Two columns and a y of whole numbers in general position, so that the answer is well determined. */
const problem = fc
  .array(fc.tuple(entry, entry, entry), { minLength: 6, maxLength: 40 })
  .map((rows) => ({
    columns: [rows.map((row) => row[0]), rows.map((row) => row[1])],
    y: rows.map((row) => row[2]),
  }))
  .filter(({ columns: [a, b] }) => {
    const centred = (c: number[]) => c.map((v) => v - c.reduce((s, u) => s + u, 0) / c.length);
    const [u, v] = [centred(a!), centred(b!)];
    const dot = (s: number[], t: number[]) => s.reduce((total, x, i) => total + x * t[i]!, 0);
    return dot(u, u) * dot(v, v) - dot(u, v) ** 2 > 0.01 * dot(u, u) * dot(v, v);
  });

function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('leastSquares', () => {
  it('fits Anscombe’s first data set', () => {
    // Anscombe (1973), "Graphs in statistical analysis": y = 3.00 + 0.500 x, r² 0.667; t 2.67 and 4.24.
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const fit = leastSquares([x], y);
    expectNear(fit.coefficients[0]!, 3.0000909090909, 1e-13);
    expectNear(fit.coefficients[1]!, 0.500090909090909, 1e-13);
    expect(fit.rSquared).toBeCloseTo(0.667, 3);
    expect(fit.tValues[0]).toBeCloseTo(2.67, 2);
    expect(fit.tValues[1]).toBeCloseTo(4.24, 2);
  });

  it('finds a perfect fit to the last bit, with nothing left over', () => {
    const a = [1, 2, 4, 7, 11, 16];
    const b = [3, -1, 4, -1, 5, -9];
    const fit = leastSquares(
      [a, b],
      a.map((v, i) => 2 * v - 3 * b[i]! + 10),
    );
    expect([...fit.coefficients]).toEqual([10, 2, -3]);
    expect(fit.residualSumOfSquares).toBe(0);
    expect(fit.rSquared).toBe(1);
    expect([...fit.tValues]).toEqual([Infinity, Infinity, -Infinity]);
    expect([...fit.pValues]).toEqual([0, 0, 0]);
  });

  it('has exact coefficients and no errors when there are as many rows as coefficients', () => {
    const fit = leastSquares([[1, 2]], [5, 8]);
    expect([...fit.coefficients]).toEqual([2, 3]);
    expect([...fit.errors]).toEqual([NaN, NaN]);
    expect(fit.residualDeviation).toBeNaN();
    expect([...fit.residuals]).toEqual([0, 0]);
  });

  it('holds its digits where x sits at 1e9', () => {
    const x = [0, 1, 2, 3, 4, 5].map((v) => 1e9 + v / 8);
    const fit = leastSquares(
      [x],
      x.map((v) => 2 * v + 1),
    );
    expect([...fit.coefficients]).toEqual([1, 2]);
  });

  it('reads a matrix whose rows are observations, strided and without a copy of its own', () => {
    const data = [9, 1, 3, 9, 2, -1, 9, 4, 4, 9, 7, -1, 9, 11, 5];
    const view = { data, shape: [5, 2], stride: [3, 1], offset: 1 };
    const columns = [
      [1, 2, 4, 7, 11],
      [3, -1, 4, -1, 5],
    ];
    const y = [1, 0, 2, 5, 3];
    expect(leastSquares(view, y)).toEqual(leastSquares(columns, y));
    const turned = { data: columns.flat(), shape: [5, 2], stride: [1, 5], offset: 0 };
    expect(leastSquares(turned, y)).toEqual(leastSquares(columns, y));
  });

  it('leaves residuals that sum to zero and are orthogonal to every column', () => {
    fc.assert(
      fc.property(problem, ({ columns, y }) => {
        const { residuals } = leastSquares(columns, y);
        const size = Math.sqrt(y.length) * 1e3;
        const along = (column: readonly number[]) => residuals.reduce((t, r, i) => t + r * column[i]!, 0);
        expect(Math.abs(along(y.map(() => 1))) / size).toBeLessThan(1e-12);
        for (const column of columns) expect(Math.abs(along(column)) / (size * 1e3)).toBeLessThan(1e-12);
      }),
    );
  });

  it('explains a share from 0 to 1', () => {
    fc.assert(
      fc.property(problem, fc.boolean(), ({ columns, y }, intercept) => {
        const { rSquared } = leastSquares(columns, y, { intercept });
        expect(Number.isNaN(rSquared) || (rSquared >= 0 && rSquared <= 1)).toBe(true);
      }),
    );
  });

  it('follows a change of units, of any size, in y and in a column', () => {
    fc.assert(
      fc.property(
        problem,
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: -200, max: 200 }),
        ({ columns, y }, yPower, xPower) => {
          const fit = leastSquares(columns, y);
          const scaled = leastSquares(
            [columns[0]!.map((v) => v * 2 ** xPower), columns[1]!],
            y.map((v) => v * 2 ** yPower),
          );
          // Powers of two are exact, so every bit must agree.
          expect(scaled.coefficients[0]).toBe(fit.coefficients[0]! * 2 ** yPower);
          expect(scaled.coefficients[1]).toBe(fit.coefficients[1]! * 2 ** (yPower - xPower));
          expect(scaled.errors[1]).toBe(fit.errors[1]! * 2 ** (yPower - xPower));
          expect(scaled.rSquared).toBe(fit.rSquared);
          expect(scaled.fPValue).toBe(fit.fPValue);
        },
      ),
    );
  });

  it('keeps its slopes when y or a column is moved', () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: -1e9, max: 1e9 }), ({ columns, y }, shift) => {
        const fit = leastSquares(columns, y);
        const moved = leastSquares(
          [columns[0]!, columns[1]!.map((v) => v + shift)],
          y.map((v) => v - shift),
        );
        expectNear(moved.coefficients[1]!, fit.coefficients[1]!, 1e-14);
        expectNear(moved.coefficients[2]!, fit.coefficients[2]!, 1e-14);
        expectNear(moved.residualDeviation, fit.residualDeviation, 1e-13);
      }),
    );
  });

  it('leaves its inputs alone', () => {
    const columns = [Float64Array.of(1, 2, 3, 5), Float64Array.of(1, 4, 9, 16)];
    const y = Float64Array.of(1, 2, 2, 3);
    leastSquares(columns, y);
    expect([...columns[0]!, ...columns[1]!, ...y]).toEqual([1, 2, 3, 5, 1, 4, 9, 16, 1, 2, 2, 3]);
  });

  it.each([
    [[[1, 2]], [1], 'uneven', 'leastSquares: columns must be as long as y, received columns[0] 2, y 1'],
    [
      [
        [1, 2],
        [2, 5],
      ],
      [1, 2],
      'too-short',
      'leastSquares: needs at least 3 observations for 2 columns and an intercept, received 2',
    ],
    [[[1, NaN, 3]], [1, 2, 3], 'not-finite', 'leastSquares: columns[0][1] is NaN'],
    [[[1, 2, 3]], [1, 2, Infinity], 'not-finite', 'leastSquares: y[2] is Infinity'],
    [[[0.1, 0.1, 0.1]], [1, 2, 3], 'degenerate', 'leastSquares: columns[0] is constant, as the intercept is'],
    [
      [
        [1, 2, 4, 8],
        [3, 6, 12, 24],
      ],
      [1, 2, 3, 5],
      'degenerate',
      'leastSquares: columns[1] is a combination of the columns before it',
    ],
    [[1, 2, 3], [1, 2, 3], 'unreadable', 'leastSquares: columns[0] must be an array of numbers, received 1'],
  ])('refuses %j on %j as %s', (columns, y, reason, message) => {
    const error = thrown(() => leastSquares(columns as number[][], y)) as DataError;
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toBe(message);
    expect(error.reason).toBe(reason);
  });

  it('refuses a misspelt option', () => {
    const error = thrown(() => leastSquares([[1, 2, 3]], [1, 2, 2], { intercpt: false } as object));
    expect(error).toEqual(new OptionError('leastSquares: unknown option intercpt; did you mean intercept?'));
  });
});
