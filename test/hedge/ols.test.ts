import fc from 'fast-check';
import { DataError, leastSquares, OptionError, ols, type Series, spreads } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';

const noise = fc.integer({ min: -1000, max: 1000 });
/** x moves by at least 1 in all; y is related to it more or less. */
const pairs = fc
  .tuple(fc.array(fc.tuple(noise, noise), { minLength: 5, maxLength: 60 }), fc.integer({ min: -5, max: 5 }))
  .map(([rows, slope]) => ({
    y: rows.map(([x, e]) => slope * x + e / 4),
    x: rows.map(([x]) => x),
  }))
  .filter(({ y, x }) => new Set(x).size > 2 && new Set(y).size > 2);

function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('ols', () => {
  it('fits the textbook line of four points', () => {
    // By hand: Sxx 5, Sxy 9.5, Syy 18.75, so ratio 1.9, residual sum of squares 0.7.
    const hedge = ols({ y: [3, 5, 6, 9], x: [1, 2, 3, 4] });
    expectNear(hedge.ratio, 1.9, 1e-15);
    expectNear(hedge.intercept, 1, 1e-14);
    expectNear(hedge.residualSumOfSquares, 0.7, 1e-14);
    expectNear(hedge.ratioError, Math.sqrt(0.35 / 5), 1e-14);
    expectNear(hedge.interceptError, Math.sqrt(0.35 * (1 / 4 + 6.25 / 5)), 1e-14);
    expectNear(hedge.rSquared, 1 - 0.7 / 18.75, 1e-14);
    expect(hedge.observations).toBe(4);
  });

  it('leaves the origin in the line without an intercept', () => {
    const hedge = ols({ y: [2, 4, 7], x: [1, 2, 3] }, { intercept: false });
    expectNear(hedge.ratio, 31 / 14, 1e-15);
    expect(hedge.intercept).toBe(0);
    expect(hedge.interceptError).toBeNaN();
    expectNear(hedge.rSquared, (31 * 31) / 14 / 69, 1e-15); // about zero: Σy² is 69
  });

  it('gives 2 exactly for y = 2x + 1 with x near 1e9', () => {
    for (const length of [3, 100, 10_001]) {
      const x = Float64Array.from({ length }, (_, i) => 1e9 + ((i * 7919) % 1009) / 16);
      const hedge = ols({ y: x.map((v) => 2 * v + 1), x });
      expect(hedge.ratio).toBe(2);
      expect(hedge.intercept).toBe(1);
      expect(hedge.residuals.every((residual) => residual === 0)).toBe(true);
    }
  });

  it('goes through two points exactly, and cannot say how surely', () => {
    const hedge = ols({ y: [10, 13], x: [2, 4] });
    expect(hedge.ratio).toBe(1.5);
    expect(hedge.intercept).toBe(7);
    expect(hedge.ratioError).toBeNaN();
    expect(hedge.ratioP).toBeNaN();
    expect([...hedge.residuals]).toEqual([0, 0]);
  });

  it('is not misled when the first price is an outlier', () => {
    const x = Float64Array.from({ length: 3000 }, (_, i) => Math.sin(i));
    const y = x.map((v, i) => 3 * v + Math.cos(1.7 * i * i));
    x[0] = 1e8;
    const careful = leastSquares([x], y);
    const hedge = ols({ y, x });
    expectNear(hedge.ratio, careful.coefficients[1]!, 1e-12);
    expectNear(hedge.ratioError, careful.errors[1]!, 1e-13);
  });

  it('answers for prices whose squares overflow, and refuses a ratio that would', () => {
    const [y, x] = [
      [1, 2, 4, 4],
      [1, 2, 3, 4],
    ];
    const plain = ols({ y, x });
    const large = ols({ y: y.map((v) => v * 2 ** 1000), x: x.map((v) => v * 2 ** 990) });
    expectNear(large.ratio, plain.ratio * 1024, 1e-15);
    expectNear(large.ratioT, plain.ratioT, 1e-14);
    expect(() => ols({ y: [1e300, -1e300, 1e300], x: [1e-300, 2e-300, 5e-300] })).toThrow(DataError);
  });

  it('answers for prices smaller than the smallest normal double', () => {
    const x = [1, 2, 3, 4];
    const line = ols({ y: [3e-320, 5e-320, 6e-320, 9e-320], x });
    expect([line.ratio, line.intercept]).toEqual([1.9e-320, 1e-320]);
    expectNear(line.ratioT, ols({ y: [3, 5, 6, 9], x }).ratioT, 1e-2);
    const both = ols({ y: [3e-318, 5e-318, 6e-318, 9e-318], x: x.map((v) => v * 1e-320) });
    expectNear(both.ratio, 190, 1e-2);
  });

  it('is leastSquares with one column', () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (pair, intercept) => {
        const hedge = ols(pair, { intercept });
        const fit = leastSquares([pair.x], pair.y, { intercept });
        const scale = Math.max(...fit.coefficients.map(Math.abs)) + fit.residualDeviation;
        expect(Math.abs(hedge.ratio - fit.coefficients.at(-1)!)).toBeLessThan(1e-12 * scale);
        expectNear(hedge.ratioError, fit.errors.at(-1)!, 1e-12);
        expectNear(hedge.residualDeviation, fit.residualDeviation, 1e-12);
        expectNear(hedge.aic, fit.aic, 1e-11);
        expect(hedge.residuals.length).toBe(pair.y.length);
      }),
    );
  });

  it('leaves residuals that sum to zero, are orthogonal to x, and are the spreads', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const hedge = ols(pair);
        const size = pair.y.length * Math.max(1, ...pair.y.map(Math.abs));
        const total = hedge.residuals.reduce((t, r) => t + r, 0);
        const along = hedge.residuals.reduce((t, r, i) => t + r * pair.x[i]!, 0);
        expect(Math.abs(total)).toBeLessThan(1e-13 * size);
        expect(Math.abs(along)).toBeLessThan(1e-13 * size * 1000);
        spreads(pair, hedge).forEach((s, i) => {
          expect(Math.abs(s - hedge.residuals[i]!)).toBeLessThan(1e-12 * size);
        });
      }),
    );
  });

  it('explains a share from 0 to 1', () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (pair, intercept) => {
        const { rSquared } = ols(pair, { intercept });
        expect(rSquared >= 0 && rSquared <= 1).toBe(true);
      }),
    );
  });

  it('follows a change of units in either leg', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: -60, max: 60 }),
        (pair, yPower, xPower) => {
          const hedge = ols(pair);
          const scaled = ols({
            y: pair.y.map((v) => v * 2 ** yPower),
            x: pair.x.map((v) => v * 2 ** xPower),
          });
          expect(scaled.ratio).toBe(hedge.ratio * 2 ** (yPower - xPower));
          expect(scaled.intercept).toBe(hedge.intercept * 2 ** yPower);
          expect(scaled.ratioError).toBe(hedge.ratioError * 2 ** (yPower - xPower));
          expect(scaled.ratioP).toBe(hedge.ratioP);
        },
      ),
    );
  });

  it('keeps its ratio when a leg is moved', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: -1e9, max: 1e9 }), (pair, shift) => {
        const hedge = ols(pair);
        const moved = ols({ y: pair.y.map((v) => v - shift), x: pair.x.map((v) => v + shift) });
        const scale = Math.abs(hedge.ratio) + hedge.ratioError;
        expect(Math.abs(moved.ratio - hedge.ratio)).toBeLessThan(1e-13 * scale);
      }),
    );
  });

  it('reads arrays and typed arrays alike and leaves them alone', () => {
    const [y, x] = [
      [3, 5, 6, 9],
      [1, 2, 3, 4],
    ];
    const typed = { y: Float64Array.from(y), x: Float64Array.from(x) };
    expect(ols(typed)).toEqual(ols({ y, x }));
    expect([...typed.y, ...typed.x, ...y, ...x]).toEqual([3, 5, 6, 9, 1, 2, 3, 4, 3, 5, 6, 9, 1, 2, 3, 4]);
  });

  it.each([
    [[1, 2, 3], [0.1, 0.1, 0.1], 'degenerate', 'ols: x must move, received 3 times 0.1'],
    [new Array(7).fill(1), new Array(7).fill(0.1), 'degenerate', 'ols: x must move, received 7 times 0.1'],
    [[1], [1], 'too-short', 'ols: needs at least 2 observations, received 1'],
    [[], [], 'too-short', 'ols: needs at least 2 observations, received 0'],
    [[1, 2], [1, 2, 3], 'uneven', 'ols: columns must have one length, received y 2, x 3'],
    [[1, NaN, 3], [1, 2, 3], 'not-finite', 'ols: y[1] is NaN'],
    [[1, 2, 3], [1, 2, -Infinity], 'not-finite', 'ols: x[2] is -Infinity'],
  ])('refuses y %j on x %j as %s', (y, x, reason, message) => {
    for (const column of [(values: Series) => Float64Array.from(values), (values: Series) => values]) {
      const error = thrown(() => ols({ y: column(y), x: column(x) })) as DataError;
      expect(error).toBeInstanceOf(DataError);
      expect(error.message).toBe(message);
      expect(error.reason).toBe(reason);
    }
  });

  it('names the one bad tick of a long series', () => {
    const x = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i));
    const y = x.map((v) => v + 1);
    y[4017] = NaN;
    expect(thrown(() => ols({ y, x })).message).toBe('ols: y[4017] is NaN');
  });

  it('refuses what is not a pair, and a misspelt option', () => {
    expect(() => ols(null as never)).toThrow(DataError);
    expect(() => ols({ y: [1, 2] } as never)).toThrow(DataError);
    expect(() => ols({ y: [1, 2], x: [1, 2] }, { Intercept: true } as object)).toThrow(OptionError);
    expect(() => ols({ y: [1, 2], x: [1, 2] }, { intercept: 1 as never })).toThrow(
      new OptionError('ols: intercept must be true or false, received 1'),
    );
  });

  it('refuses an x of zeros without an intercept', () => {
    expect(thrown(() => ols({ y: [1, 2], x: [0, 0] }, { intercept: false })).message).toBe(
      'ols: x must leave zero, received 2 times 0',
    );
  });
});
