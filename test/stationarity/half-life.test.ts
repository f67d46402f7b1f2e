import fc from 'fast-check';
import { halfLife } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { recipe } from '../support/recipes.js';

describe('halfLife', () => {
  it('is one observation where every deviation halves', () => {
    expect(halfLife([16, 8, 4, 2, 1])).toBe(1);
    expect(halfLife([116, 108, 104, 102, 101])).toBe(1);
  });

  it('is ln 2 / |λ| by the linear method', () => {
    expect(halfLife([16, 8, 4, 2, 1], { method: 'linear' })).toBeCloseTo(Math.LN2 / 0.5, 14);
  });

  it('is infinite where nothing pulls back', () => {
    expect(halfLife([1, 2, 4, 8, 16])).toBe(Infinity);
    expect(halfLife([1, 2, 3, 4, 5])).toBe(Infinity);
  });

  it('is 0 where one observation crosses the mean', () => {
    expect(halfLife([1, -1, 1, -1, 1])).toBe(0);
    expect(halfLife([1, -1, 1, -1, 1], { method: 'linear' })).toBeCloseTo(Math.LN2 / 2, 14);
  });

  it('refuses what carries no answer', () => {
    expect(() => halfLife([1, 2])).toThrow('halfLife: needs at least 3 observations, received 2');
    expect(() => halfLife([1, 2, NaN])).toThrow('halfLife: series[2] is NaN');
    expect(() => halfLife(new Array(7).fill(0.1))).toThrow(
      'halfLife: the level must vary, received 0.1 throughout',
    );
    expect(() => halfLife([5, 5, 5, 6])).toThrow('halfLife: the level must vary');
    expect(() => halfLife([1, 2, 3], { method: 'euler' } as never)).toThrow(
      'halfLife: method must be one of',
    );
    expect(() => halfLife([1, 2, 3], { window: 3 } as never)).toThrow('halfLife: unknown option window');
  });

  it('holds a jump that squares cannot', () => {
    const jump = [2.0230081803155928e37, 0, 0, -7.997613836260837e271];
    for (const series of [jump, [...jump].reverse(), jump.map((x) => -x)]) {
      expect(halfLife(series)).toBeGreaterThanOrEqual(0);
      expect(halfLife(series, { method: 'linear' })).toBeGreaterThanOrEqual(0);
    }
  });

  it('is never negative and never NaN, and the linear form is the longer one', () => {
    const price = fc.oneof(
      fc.integer({ min: -1000, max: 1000 }),
      fc.double({ noNaN: true, min: -1e280, max: 1e280 }),
    );
    fc.assert(
      fc.property(fc.array(price, { minLength: 3, maxLength: 60 }), (x) => {
        if (x.slice(0, -1).every((v) => v === x[0])) return;
        const exact = halfLife(x);
        expect(exact).toBeGreaterThanOrEqual(0);
        expect(halfLife(x, { method: 'linear' })).toBeGreaterThanOrEqual(exact);
      }),
    );
  });

  it('ignores level, sign and scale, also those that squares cannot hold', () => {
    const x = recipe('near-unit-root', 2, 200);
    const exact = halfLife(x);
    expect(halfLife(x.map((v) => -4 * v + 1e6))).toBeCloseTo(exact, 6);
    for (const power of [-900, 900]) expect(halfLife(x.map((v) => v * 2 ** power))).toBeCloseTo(exact, 9);
  });
});
