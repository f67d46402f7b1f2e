import fc from 'fast-check';
import { leastSquares, ols, rollingOls } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../support/conformance.js';

describe('rollingOls', () => {
  it('is the regression of each window', () => {
    const price = fc.double({ min: 50, max: 150, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(price, price), { minLength: 8, maxLength: 40 }), (rows) => {
        // Noise of its own on a grid, so that no window is flat.
        const y = rows.map(([a], i) => a + i);
        const x = rows.map(([, b], i) => b + ((i * 7) % 5));
        const window = 8;
        const columns = rollingOls({ y, x }, { window });
        for (let end = window; end <= y.length; end++) {
          const whole = ols({ y: y.slice(end - window, end), x: x.slice(end - window, end) });
          const at = (column: Float64Array): number => column[end - 1]!;
          const near = (actual: number, expected: number): void => {
            expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
          };
          near(at(columns.ratio), whole.ratio);
          near(at(columns.intercept), whole.intercept);
          near(at(columns.rSquared), whole.rSquared);
          near(at(columns.ratioError), whole.ratioError);
          near(at(columns.interceptError), whole.interceptError);
          near(at(columns.residualDeviation), whole.residualDeviation);
        }
      }),
    );
  });

  it('goes through the origin without an intercept', () => {
    const [y, x] = [
      [3, 5, 9, 4, 6],
      [1, 2, 4, 2, 3],
    ];
    const columns = rollingOls({ y, x }, { window: 5, intercept: false });
    const whole = leastSquares([x], y, { intercept: false });
    expect(relativeError(columns.ratio[4]!, whole.coefficients[0]!)).toBeLessThanOrEqual(1e-14);
    expect(relativeError(columns.ratioError[4]!, whole.errors[0]!)).toBeLessThanOrEqual(1e-13);
    expect(relativeError(columns.rSquared[4]!, whole.rSquared)).toBeLessThanOrEqual(1e-14);
    expect(columns.intercept[4]).toBe(0);
  });

  it('keeps the slope of y = 2x + 1 at x near 1e9 to 1e-12', () => {
    const x = Array.from({ length: 200 }, (_, i) => 1e9 + Math.sin(i * 12.9898) * 0.5);
    const y = x.map((value) => 2 * value + 1);
    const { ratio } = rollingOls({ y, x }, { window: 20 });
    // y itself is rounded to 2.4e-7, so the data hold the slope to about 1e-7: compare with the slope of these doubles.
    for (let end = 20; end <= 200; end++) {
      const exact = leastSquares([x.slice(end - 20, end)], y.slice(end - 20, end)).coefficients[1]!;
      expect(relativeError(ratio[end - 1]!, exact)).toBeLessThanOrEqual(1e-12);
    }
    const whole = Array.from({ length: 200 }, (_, i) => 1e9 + (i % 17));
    const line = rollingOls({ y: whole.map((value) => 2 * value + 1), x: whole }, { window: 20 });
    for (const slope of line.ratio.slice(19)) expect(Math.abs(slope - 2)).toBeLessThanOrEqual(2e-12);
  });

  it('says nothing while x does not vary, and recovers', () => {
    const { ratio } = rollingOls({ y: [1, 2, 3, 4, 5], x: [7, 7, 7, 8, 9] }, { window: 3 });
    expect([...ratio.slice(0, 3)]).toEqual([NaN, NaN, NaN]);
    expect(ratio[3]).toBeCloseTo(1.5, 14);
    expect(ratio[4]).toBeCloseTo(1, 14);
  });

  it('keeps the errors of a fit that leaves next to nothing', () => {
    const noise = (i: number): number => Math.sin(i * i);
    const flat = Array.from({ length: 120 }, (_, i) => 100 + Math.sin(i * 1.7));
    const high = Array.from({ length: 120 }, (_, i) => 1e9 + 5 * Math.sin(i * 1.7));
    for (const [x, size, intercept] of [
      [flat, 1e-8, true],
      [high, 0.1, false],
      [high, 1e-3, true],
    ] as const) {
      const y = x.map((price, i) => 1.3 * price + size * noise(i));
      const columns = rollingOls({ y, x }, { window: 50, intercept });
      for (let end = 50; end <= 120; end++) {
        const whole = ols({ y: y.slice(end - 50, end), x: x.slice(end - 50, end) }, { intercept });
        expect(
          relativeError(columns.residualDeviation[end - 1]!, whole.residualDeviation),
        ).toBeLessThanOrEqual(1e-6);
        expect(relativeError(columns.ratioError[end - 1]!, whole.ratioError)).toBeLessThanOrEqual(1e-6);
      }
    }
  });

  it('finds no error in a flat y', () => {
    const { ratio, ratioError, rSquared } = rollingOls({ y: [5, 5, 5, 5], x: [1, 2, 4, 3] }, { window: 4 });
    expect([ratio[3], ratioError[3], rSquared[3]]).toEqual([0, 0, NaN]);
  });

  it.each([
    [{ window: 1 }, 'window must be an integer of at least 2, received 1'],
    [{ window: 5, minimum: 6 }, 'minimum must be at most the window of 5, received 6'],
    [{ window: 5, intercpt: true }, 'unknown option intercpt; did you mean intercept?'],
  ])('refuses %o', (options, message) => {
    expect(() => rollingOls({ y: [], x: [] }, options as never)).toThrow(`rollingOls: ${message}`);
  });
});
