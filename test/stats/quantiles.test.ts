import fc from 'fast-check';
import { quantile, quantiles, rollingQuantile, rollingQuantiles } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e12, 60000.3),
);
const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });

describe('several quantiles at once', () => {
  it('are those of a textbook sample', () => {
    // Hyndman & Fan (1996), type 7: as quantile() of R gives them for c(15, 20, 35, 40, 50)
    expect([...quantiles([15, 20, 35, 40, 50], [0.4, 0, 1, 0.25])]).toEqual([29, 15, 50, 20]);
  });

  it('are each the same number as alone, in whatever order they are asked for', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), probabilities, (raw, ps) => {
        const series = raw.map((x) => x + 0); // no negative zero: it equals zero and sorts anywhere
        expect([...quantiles(series, ps)]).toEqual(ps.map((p) => quantile(series, p)));
      }),
    );
  });

  it('of each window are each the same column as alone', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 60 }),
        probabilities,
        fc.integer({ min: 1, max: 12 }),
        (series, ps, window) => {
          const options = { window, minimum: Math.ceil(window / 2) };
          expect(rollingQuantiles(series, { ...options, probabilities: ps })).toEqual(
            ps.map((probability) => rollingQuantile(series, { ...options, probability })),
          );
        },
      ),
    );
  });

  it('leave the series as it was', () => {
    const series = Object.freeze([3, 1, 2]);
    expect([...quantiles(series, [0.5])]).toEqual([2]);
    expect(series).toEqual([3, 1, 2]);
  });

  it('refuse what they cannot do', () => {
    expect(() => quantiles([1], [0.5, 2])).toThrow(
      'quantiles: probabilities[1] must be from 0 to 1, received 2',
    );
    expect(() => quantiles([1], [])).toThrow('probabilities must be an array of at least one number');
    expect(() => rollingQuantiles([1], { window: 3, probability: 0.5 } as never)).toThrow(
      'unknown option probability; did you mean probabilities?',
    );
  });
});
