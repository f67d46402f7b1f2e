import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laggedProducts } from '../../src/stationarity/lagged-products.js';

describe('laggedProducts', () => {
  it('sums a[t]·b[t − k] for every lag', () => {
    const whole = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(whole, whole), { minLength: 1, maxLength: 60 }),
        fc.nat(12),
        fc.nat(10),
        (pairs, lags, skipped) => {
          const a = Float64Array.from(pairs, ([value]) => value);
          const b = Float64Array.from(pairs, ([, value]) => value);
          const from = lags + skipped;
          const sums = laggedProducts(a, b, from, a.length, lags);
          expect(sums.length).toBe(lags + 1);
          for (let k = 0; k <= lags; k++) {
            let sum = 0;
            for (let t = from; t < a.length; t++) sum += a[t]! * b[t - k]!;
            expect(sums[k]).toBe(sum);
          }
        },
      ),
    );
  });
});
