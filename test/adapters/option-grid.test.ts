import { blackScholes } from 'hedgerow';
import { optionGrid, toNdarray } from 'hedgerow/ndarray';
import { describe, expect, it } from 'vitest';

describe('optionGrid', () => {
  it('holds a row a strike and a column an expiry', () => {
    const fixed = { type: 'put', spot: 100, rate: 0.03, dividendYield: 0.01 } as const;
    const strike = [80, 100, 120];
    const years = [0.1, 1];
    const surface = toNdarray({
      data: Float64Array.of(0.3, 0.25, 0.2, 0.2, 0.25, NaN),
      shape: [3, 2],
      stride: [2, 1],
      offset: 0,
    });
    const grid = optionGrid({ ...fixed, strike, years, volatility: surface }, ['price', 'vega']);
    expect(grid.vega.shape).toEqual([3, 2]);
    const alone = blackScholes({ ...fixed, strike: 120, years: 0.1, volatility: 0.25 });
    expect(grid.price.get(2, 0)).toBe(alone.price);
    expect(grid.vega.get(2, 0)).toBe(alone.vega);
    expect(grid.price.get(2, 1)).toBeNaN();
    expect(grid.price.pick(null, 1).get(0)).toBe(
      blackScholes({ ...fixed, strike: 80, years: 1, volatility: 0.25 }).price,
    );
  });

  it('names a strike that is none', () => {
    const terms = { type: 'call', spot: 1, strike: [1, NaN], years: [1], rate: 0, volatility: 0.2 } as const;
    expect(() => optionGrid(terms)).toThrow('optionGrid: strike[1] is NaN');
  });
});
