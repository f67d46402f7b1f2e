import fc from 'fast-check';
import {
  maximum,
  median,
  minimum,
  quantile,
  RollingQuantile,
  rollingMaximum,
  rollingMedian,
  rollingMinimum,
  rollingQuantile,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

/** By the definition: the known values of each window, sorted. */
function byDefinition(
  series: readonly number[],
  window: number,
  least: number,
  of: (sorted: readonly number[]) => number,
): number[] {
  return series.map((_, end) => {
    const known = series.slice(Math.max(end - window + 1, 0), end + 1).filter(Number.isFinite);
    return known.length >= least ? of(known.sort((a, b) => a - b)) : NaN;
  });
}

/** Hyndman & Fan (1996), type 7, as they write it. */
function typeSeven(sorted: readonly number[], p: number): number {
  const place = (sorted.length - 1) * p;
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low + (place - Math.floor(place)) * (high - low);
}

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e12, 60000.3),
);

describe('rolling order statistics', () => {
  it('are the definition on every window, missing values and ties included', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 70 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (raw, window, probability) => {
          const series = raw.map((x) => x + 0); // no negative zero: it equals zero and sorts anywhere
          const least = Math.ceil(window / 2);
          const options = { window, minimum: least };
          const same = (actual: Float64Array, of: (sorted: readonly number[]) => number): void => {
            const expected = byDefinition(series, window, least, of);
            expect(Array.from(actual, (x) => x + 0)).toEqual(expected.map((x) => x + 0));
          };
          same(rollingMinimum(series, options), (sorted) => sorted[0]!);
          same(rollingMaximum(series, options), (sorted) => sorted.at(-1)!);
          const near = (actual: Float64Array, p: number): void => {
            const expected = byDefinition(series, window, least, (sorted) => typeSeven(sorted, p));
            actual.forEach((x, i) => {
              if (Number.isNaN(expected[i])) expect(x).toBeNaN();
              else
                expect(Math.abs(x - expected[i]!)).toBeLessThanOrEqual(
                  1e-9 * Math.max(1, Math.abs(expected[i]!)),
                );
            });
          };
          near(rollingMedian(series, options), 0.5);
          near(rollingQuantile(series, { ...options, probability }), probability);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of one window is that of the whole series', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (xs) => {
          const window = xs.length;
          expect(rollingMinimum(xs, { window }).at(-1)! + 0).toBe(minimum(xs) + 0);
          expect(rollingMaximum(xs, { window }).at(-1)! + 0).toBe(maximum(xs) + 0);
          expect(rollingMedian(xs, { window }).at(-1)! + 0).toBe(median(xs) + 0);
          expect(rollingQuantile(xs, { window, probability: 0.9 }).at(-1)! + 0).toBe(quantile(xs, 0.9) + 0);
        },
      ),
    );
  });

  it('describe nothing by NaN', () => {
    for (const of of [minimum, maximum, median]) {
      expect(of([])).toBeNaN();
      expect(of([1, NaN, 2])).toBeNaN();
    }
  });

  it('refuse what they cannot do', () => {
    expect(() => rollingQuantile([1], { window: 1, probability: 1.5 })).toThrow(
      'rollingQuantile: probability must be from 0 to 1, received 1.5',
    );
    expect(() => rollingMedian([1], { window: 0 })).toThrow(
      'rollingMedian: window must be a positive integer, received 0',
    );
    expect(() => rollingMinimum([1], { widow: 3 } as never)).toThrow(
      'unknown option widow; did you mean window?',
    );
  });
});

describe('zeros of both signs', () => {
  it('are in the order in which a sort puts them, live and from a snapshot', () => {
    const least = new RollingQuantile({ window: 3, probability: 0 });
    for (const x of [-0, 0, 5]) least.push(x);
    expect(least.value).toBe(-0);
    expect(RollingQuantile.from(least.snapshot()).value).toBe(-0);
    const values = [0, -0, 0, -0, -0, 3, -1, 0, -0, 0];
    values.forEach((_, i) => {
      if (i < 3) return;
      const sorted = Float64Array.from(values.slice(i - 3, i + 1)).sort();
      for (const [k, probability] of [0, 1 / 3, 2 / 3, 1].entries()) {
        expect(rollingQuantile(values, { window: 4, probability })[i]).toBe(sorted[k]);
      }
    });
  });
});
