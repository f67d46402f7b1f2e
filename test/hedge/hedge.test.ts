import fc from 'fast-check';
import { DataError, OptionError, spread, spreads } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const price = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('spread', () => {
  it('is what is left of y after its hedge', () => {
    expect(spread({ y: 105, x: 50 }, { ratio: 2, intercept: 1 })).toBe(4);
  });

  it('is NaN where a price is missing', () => {
    expect(spread({ y: 105, x: NaN }, { ratio: 2, intercept: 1 })).toBeNaN();
  });
});

describe('spreads', () => {
  it('is the spread of every observation, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(price, price)), price, price, (rows, ratio, intercept) => {
        const pair = { y: rows.map((row) => row[0]), x: rows.map((row) => row[1]) };
        const one = spreads(pair, { ratio, intercept });
        const own = spreads(pair, {
          ratio: new Float64Array(rows.length).fill(ratio),
          intercept: new Float64Array(rows.length).fill(intercept),
        });
        rows.forEach(([y, x], i) => {
          expect(one[i]).toBe(spread({ y, x }, { ratio, intercept }));
          expect(own[i]).toBe(one[i]);
        });
      }),
    );
  });

  it('takes a hedge of its own each time, NaN where that is not known yet', () => {
    const hedge = { ratio: Float64Array.of(NaN, 2), intercept: Float64Array.of(NaN, 1) };
    expect([...spreads({ y: [1, 105], x: [1, 50] }, hedge)]).toEqual([NaN, 4]);
  });

  it('refuses columns of different length and a hedge that is not finite', () => {
    expect(() => spreads({ y: [1, 2], x: [1] }, { ratio: 1, intercept: 0 })).toThrow(
      new DataError('uneven', 'spreads: columns must have one length, received y 2, x 1'),
    );
    const short = { ratio: Float64Array.of(1), intercept: Float64Array.of(0) };
    expect(() => spreads({ y: [1, 2], x: [1, 2] }, short)).toThrow(DataError);
    expect(() => spreads({ y: [1], x: [1] }, { ratio: NaN, intercept: 0 })).toThrow(
      new OptionError('spreads: ratio must be a finite number, received NaN'),
    );
    expect(() => spreads({ y: [1], x: [1] }, null as never)).toThrow(DataError);
  });
});
