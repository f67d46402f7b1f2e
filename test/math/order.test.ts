import fc from 'fast-check';
import { DataError, OptionError, quantile } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { select } from '../../src/math/order.js';

// -0 and 0 are one place in the order.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const tied = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 3000 });
const shaped = fc
  .tuple(fc.integer({ min: 1, max: 4000 }), fc.constantFrom('rising', 'falling', 'organ', 'constant', 'saw'))
  .map(([length, shape]) =>
    Array.from({ length }, (_, i) => {
      if (shape === 'rising') return i;
      if (shape === 'falling') return length - i;
      if (shape === 'organ') return Math.min(i, length - i);
      return shape === 'saw' ? i % 17 : 1;
    }),
  );
const anything = fc.oneof(fc.array(finite, { minLength: 1, maxLength: 200 }), tied, shaped);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('select', () => {
  it('puts what sorting would put at that place, smaller before and larger after', () => {
    fc.assert(
      fc.property(anything, share, (values, at) => {
        const k = Math.floor(at * (values.length - 1));
        const mixed = Float64Array.from(values);
        expect(select(mixed, k)).toBe(Float64Array.from(values).sort()[k]);
        expect(mixed.subarray(0, k).every((value) => value <= mixed[k]!)).toBe(true);
        expect(mixed.subarray(k).every((value) => value >= mixed[k]!)).toBe(true);
        expect([...mixed].sort((a, b) => a - b)).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });

  it('touches only the range it is given', () => {
    const values = Float64Array.of(9, 5, 4, 3, 2, 1, 0);
    expect(select(values, 3, 2, 5)).toBe(2);
    expect([...values.subarray(0, 2), values[6]]).toEqual([9, 5, 0]);
  });

  it('returns even with NaN among the values', () => {
    for (const length of [1, 2, 5, 50, 2000]) {
      for (const share of [1, 2, 7]) {
        const values = Float64Array.from({ length }, (_, i) => (i % share === 0 ? NaN : i));
        for (const k of [0, length >> 1, length - 1]) expect(select(values.slice(), k)).toBeTypeOf('number');
      }
    }
  });

  it('holds on a long organ pipe, where samples mislead', () => {
    const length = 100_000;
    const organ = Float64Array.from({ length }, (_, i) => Math.min(i, length - i));
    expect(select(organ, length >> 1)).toBe(length >> 2);
  });
});

describe('quantile', () => {
  it('lies on the straight line between the two order statistics around (n − 1) p', () => {
    expect(quantile([15, 20, 35, 40, 50], 0.4)).toBe(29); // numpy.quantile, R quantile(type = 7)
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([3], 0.99)).toBe(3);
  });

  it('is the minimum at 0 and the maximum at 1', () => {
    fc.assert(
      fc.property(anything, (values) => {
        expect(quantile(values, 0)).toBe(values.reduce((a, b) => Math.min(a, b)));
        expect(quantile(values, 1)).toBe(values.reduce((a, b) => Math.max(a, b)));
      }),
    );
  });

  it('rises with p and never leaves the range of the data', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 30 }), share, share, (values, a, b) => {
        const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the data, and leaves them alone', () => {
    fc.assert(
      fc.property(anything, share, (values, p) => {
        const series = Float64Array.from(values);
        expect(quantile(series, p)).toBe(quantile([...values].reverse(), p));
        expect([...series]).toEqual(values);
      }),
    );
  });

  it('is NaN for an empty series and for one that holds a NaN', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1, NaN, 3], 0)).toBeNaN();
  });

  it('allows infinities, and numbers whose difference overflows', () => {
    expect(quantile([-Infinity, 1, Infinity], 0.5)).toBe(1);
    expect(quantile([1, 2, Infinity], 0.75)).toBe(Infinity);
    expect(quantile([-1e308, 1e308], 0.5)).toBe(0);
  });

  it('refuses a share outside 0 to 1', () => {
    expect(() => quantile([1], 1.5)).toThrow(
      new OptionError('quantile: p must be from 0 to 1, received 1.5'),
    );
    expect(() => quantile([1], NaN)).toThrow(OptionError);
    expect(() => quantile(7 as never, 0.5)).toThrow(DataError);
  });
});
