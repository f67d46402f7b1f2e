import fc from 'fast-check';
import {
  kurtosis,
  RollingDescribe,
  RollingKurtosis,
  RollingSkewness,
  rollingKurtosis,
  rollingSkewness,
  skewness,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { exactKurtosis, exactSkewness } from '../support/exact.js';
import { hostileTapes, uniforms } from '../support/laws.js';

/** How far off, of the value or of 1 where that is more. */
const offOne = (received: number, expected: number): number =>
  Object.is(received, expected) ? 0 : Math.abs(received - expected) / Math.max(Math.abs(expected), 1);

describe('of whole series', () => {
  it('a textbook sample', () => {
    // G1 and G2 of Joanes & Gill (1998) by hand: deviations −2, −1, 3 and four equal steps
    expect(skewness([1, 2, 6])).toBeCloseTo((3 * Math.SQRT2 * 18) / 14 ** 1.5, 14);
    expect(kurtosis([1, 2, 3, 4])).toBeCloseTo(-1.2, 14);
    // Squares sum to 3/4, fourth powers to 84/256: 30 · (84/256) / (9/16) − 27/2
    expect(kurtosis([0, 0, 0, 1])).toBeCloseTo(4, 13);
  });

  it('is NaN of too few, of flat ones and of ones that are not finite', () => {
    for (const of of [skewness, kurtosis]) {
      for (const series of [[], [1], [1, 2], [1, 1, 1, 1], [1, 2, NaN, 4, 5], [1, 2, Infinity, 4, 5]]) {
        expect(of(series)).toBeNaN();
      }
    }
    expect(kurtosis([1, 2, 4])).toBeNaN();
    expect(skewness(new Array<number>(7).fill(0.1))).toBeNaN();
  });

  it('has all its digits at the ends of the range of doubles', () => {
    for (const unit of [2 ** -1060, 2 ** -600, 2 ** 600, 2 ** 1020]) {
      expect(skewness([unit, 2 * unit, 6 * unit])).toBe(skewness([1, 2, 6]));
      expect(kurtosis([unit, 2 * unit, 6 * unit, 7 * unit])).toBe(kurtosis([1, 2, 6, 7]));
    }
    expect(kurtosis([1.7e308, -1.7e308, 1.7e308, -1.7e308])).toBeCloseTo(-6, 12);
  });

  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-100 ? 0 : x)),
    fc.double({ min: 1e9, max: 1e9 + 1, noNaN: true }),
    fc.constantFrom(0, 60000.3, 1e12, -1e12, 1e-9),
  );

  it('is that of exact arithmetic', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 3, maxLength: 40 }), (xs) => {
        expect(offOne(skewness(xs), exactSkewness(xs))).toBeLessThanOrEqual(1e-14);
        expect(offOne(kurtosis(xs), exactKurtosis(xs))).toBeLessThanOrEqual(5e-14);
      }),
      { numRuns: 300 },
    );
  });

  it('turns with the sign and stays under a change of scale', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 4, maxLength: 40 }), (xs) => {
        expect(offOne(skewness(xs.map((x) => -8 * x)), -skewness(xs))).toBeLessThanOrEqual(1e-14);
        expect(offOne(kurtosis(xs.map((x) => -8 * x)), kurtosis(xs))).toBeLessThanOrEqual(5e-14);
      }),
    );
  });
});

describe('rolling, on hostile tapes', () => {
  for (const [name, make] of Object.entries(hostileTapes)) {
    for (const window of [4, 5, 20, 60, 100]) {
      it(`${name}, window ${window}: within 5e-13 of exact arithmetic`, () => {
        const tape = make(300, 21);
        const minimum = 4;
        const leans = rollingSkewness(tape, { window, minimum });
        const tails = rollingKurtosis(tape, { window, minimum });
        for (let end = 0; end < tape.length; end++) {
          const known = tape.slice(Math.max(end - window + 1, 0), end + 1).filter(Number.isFinite);
          const [lean, tail] =
            known.length < minimum ? [NaN, NaN] : [exactSkewness(known), exactKurtosis(known)];
          expect(offOne(leans[end]!, lean), `skewness at ${end}`).toBeLessThanOrEqual(5e-13);
          expect(offOne(tails[end]!, tail), `kurtosis at ${end}`).toBeLessThanOrEqual(5e-13);
        }
      });
    }
  }

  it('an anchor that a level has left costs no digits', () => {
    const walk = hostileTapes['walk']!(2200, 31);
    const step = walk.map((x, i) => (i < 1000 ? x : 1e6 + 1e-3 * x));
    const leans = rollingSkewness(step, { window: 1000 });
    const tails = rollingKurtosis(step, { window: 1000 });
    for (const end of [999, 1000, 1003, 1300, 1995, 1998, 1999, 2000, 2150]) {
      const window = step.slice(end - 999, end + 1);
      expect(offOne(leans[end]!, exactSkewness(window)), `at ${end}`).toBeLessThanOrEqual(5e-13);
      expect(offOne(tails[end]!, exactKurtosis(window)), `at ${end}`).toBeLessThanOrEqual(5e-13);
    }
  });

  it('an outlier leaves no trace, and a flat window has no shape', () => {
    const clean = hostileTapes['walk']!(60, 3);
    const spiked = clean.map((x, i) => (i === 25 ? 1e12 : x));
    for (const of of [rollingSkewness, rollingKurtosis]) {
      const [a, b] = [of(clean, { window: 10 }), of(spiked, { window: 10 })];
      for (let i = 35; i < 60; i++) expect(offOne(b[i]!, a[i]!)).toBeLessThanOrEqual(1e-12);
      const halted = [1, 2, 5, 1e12, ...new Array<number>(20).fill(60000.3)];
      expect([...of(halted, { window: 5 }).slice(8)]).toEqual(new Array<number>(16).fill(NaN));
    }
  });
});

describe('live, near the end of the range of doubles', () => {
  it('goes on from a snapshot bit for bit', () => {
    const uniform = uniforms(11);
    const options = { window: 8, minimum: 3 };
    const tape = Array.from({ length: 400 }, () => (uniform() < 0.1 ? 1e308 : 100 + uniform()));
    for (const of of [RollingSkewness, RollingKurtosis, RollingDescribe]) {
      const live = new of(options);
      let revived = of.from(live.snapshot());
      for (const x of tape) {
        expect(revived.push(x)).toEqual(live.push(x));
        revived = of.from(live.snapshot());
        expect(revived.value).toEqual(live.value);
      }
    }
  });
});
