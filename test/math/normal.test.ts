import fc from 'fast-check';
import { normalCdf, normalLogCdf, normalPdf, normalQuantile, normalSurvival } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { millsRatio } from '../../src/math/mills-ratio.js';
import { expectNear } from '../support/conformance.js';

const any = fc.double({ noNaN: true });
const tail = fc.double({ min: -37.5, max: 37.5, noNaN: true });
/** A chance, evenly spread over the digits it starts with and over its size. */
const chance = fc.oneof(
  fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
  fc.double({ min: -300, max: 0, maxExcluded: true, noNaN: true }).map((exponent) => 10 ** exponent),
);

describe('normalCdf', () => {
  it('is the tabled value', () => {
    // Abramowitz & Stegun, table 26.1
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 15);
    expect(normalCdf(2)).toBeCloseTo(0.977249868051821, 15);
    expect(normalCdf(0)).toBe(0.5);
  });

  it('is positive to x = −37.5', () => {
    expectNear(normalCdf(-37.5), 4.60535300958196e-308, 1e-14); // test/conformance/make/normal.py
  });

  it('adds to 1 with the survival', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(normalCdf(x) + normalSurvival(x)).toBeCloseTo(1, 15);
      }),
    );
  });

  it('is the survival of the opposite', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(normalSurvival(x)).toBe(normalCdf(-x));
      }),
    );
  });

  it('rises, to rounding', () => {
    fc.assert(
      fc.property(tail, fc.double({ min: 1e-9, max: 1, noNaN: true }), (x, step) => {
        expect(normalCdf(x + step)).toBeGreaterThanOrEqual(normalCdf(x) * (1 - 1e-15));
      }),
    );
  });

  it('is the density times the Mills ratio, and joins at 12', () => {
    expectNear(millsRatio(12 * (1 + 2 ** -52)), millsRatio(12), 1e-15);
    fc.assert(
      fc.property(tail, (x) => {
        expectNear(normalCdf(-Math.abs(x)), normalPdf(x) * millsRatio(Math.abs(x)), 1e-15);
      }),
    );
  });
});

describe('normalLogCdf', () => {
  it('is the logarithm of the chance where there is one', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        expectNear(normalLogCdf(x), Math.log(normalCdf(x)), 1e-9);
      }),
    );
  });

  it('is −x²/2 far to the left and minus the survival far to the right', () => {
    expectNear(normalLogCdf(-1e10), -5e19, 1e-15);
    fc.assert(
      fc.property(fc.double({ min: 9, max: 37, noNaN: true }), (x) => {
        expectNear(normalLogCdf(x), -normalSurvival(x), 1e-15);
      }),
    );
  });

  it('joins its forms at −1 and 0', () => {
    expectNear(normalLogCdf(-1 - 2 ** -52), normalLogCdf(-1), 2e-15);
    expectNear(normalLogCdf(2 ** -60), normalLogCdf(-(2 ** -60)), 2e-15);
  });
});

describe('normalQuantile', () => {
  it('is the tabled value', () => {
    // Abramowitz & Stegun, table 26.5
    expect(normalQuantile(0.975)).toBeCloseTo(1.95996, 5);
    expect(normalQuantile(0.5)).toBe(0);
  });

  it('undoes the cdf', () => {
    fc.assert(
      fc.property(chance, (p) => {
        const x = normalQuantile(p);
        // A rounding of x moves the chance by |x|·φ(x)/Φ(x), about x², roundings.
        expectNear(normalCdf(x), p, 1e-15 * (2 + x * x));
      }),
    );
  });

  it('is odd about ½', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), (away) => {
        const p = 0.5 + away;
        expect(normalQuantile(p)).toBe(-normalQuantile(1 - p) + 0);
      }),
    );
  });

  it('keeps its digits where it goes to 0', () => {
    expectNear(normalQuantile(0.5 + 2 ** -50), Math.sqrt(2 * Math.PI) * 2 ** -50, 1e-15);
  });

  it('is NaN outside [0, 1]', () => {
    fc.assert(
      fc.property(any, (p) => {
        expect(Number.isNaN(normalQuantile(p))).toBe(!(p >= 0 && p <= 1));
      }),
    );
  });
});
