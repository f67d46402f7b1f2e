import fc from 'fast-check';
import {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredSurvival,
  erf,
  fCdf,
  fSurvival,
  normalCdf,
  normalQuantile,
  studentTCdf,
  studentTPValue,
  studentTQuantile,
  studentTSurvival,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';

const freedom = fc.double({ min: -0.3, max: 6, noNaN: true }).map((exponent) => 10 ** exponent);
const size = fc.double({ min: -8, max: 8, noNaN: true }).map((exponent) => 10 ** exponent);
const chance = fc.oneof(
  fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }),
  fc.double({ min: -300, max: -1, noNaN: true }).map((exponent) => 10 ** exponent),
);

describe('studentTCdf', () => {
  it('is the tabled value', () => {
    // Abramowitz & Stegun, table 26.10: 10 degrees of freedom, 0.95 two-sided
    expect(studentTCdf(2.228, 10)).toBeCloseTo(0.975, 4);
    expect(studentTPValue(2.228, 10)).toBeCloseTo(0.05, 4);
  });

  it('is Cauchy with 1 degree of freedom', () => {
    fc.assert(
      fc.property(size, (x) => {
        expectNear(studentTSurvival(x, 1), Math.atan(1 / x) / Math.PI, 1e-14);
      }),
    );
  });

  it('is closed in form with 2 degrees of freedom', () => {
    fc.assert(
      fc.property(size, (t) => {
        const r = Math.sqrt(2 + t * t);
        expectNear(studentTSurvival(t, 2), 1 / (r * (r + t)), 1e-14);
      }),
    );
  });

  it('adds to 1 with the survival, and mirrors it', () => {
    fc.assert(
      fc.property(size, freedom, (t, df) => {
        expect(studentTCdf(t, df) + studentTSurvival(t, df)).toBeCloseTo(1, 14);
        expect(studentTCdf(-t, df)).toBe(studentTSurvival(t, df));
        expect(studentTPValue(-t, df)).toBe(2 * studentTSurvival(t, df));
      }),
    );
  });

  it('rises with t', () => {
    fc.assert(
      fc.property(size, freedom, fc.double({ min: 1e-6, max: 2, noNaN: true }), (t, df, step) => {
        expect(studentTSurvival(t * (1 + step), df)).toBeLessThanOrEqual(
          studentTSurvival(t, df) * (1 + 1e-12),
        );
      }),
    );
  });

  it('goes over into the normal', () => {
    expectNear(studentTCdf(-6, 1e15), normalCdf(-6), 1e-11);
    expect(studentTCdf(-6, Infinity)).toBe(normalCdf(-6));
    expectNear(studentTCdf(-6, 0.999e22), studentTCdf(-6, 1e22), 1e-12);
  });

  it('goes over into a power', () => {
    expectNear(studentTSurvival(1.0001e100, 2.5), studentTSurvival(1e100, 2.5) * 1.0001 ** -2.5, 1e-12);
    expectNear(studentTSurvival(1e250, 1), 1e-250 / Math.PI, 1e-12);
  });
});

describe('studentTQuantile', () => {
  it('undoes the cdf', () => {
    fc.assert(
      fc.property(chance, freedom, (p, df) => {
        const t = studentTQuantile(p, df);
        fc.pre(Number.isFinite(t));
        // A rounding of t moves the far tail by up to t² or df roundings, whichever is less.
        expectNear(studentTCdf(t, df), p, 1e-12 + 1e-15 * Math.min(t * t, df));
      }),
    );
  });

  it('is odd about ½ and keeps its digits there', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.4999, noNaN: true }), freedom, (away, df) => {
        const p = 0.5 + away;
        expect(studentTQuantile(1 - p, df)).toBe(0 - studentTQuantile(p, df));
      }),
    );
    // 1 / density at 0, which is Γ(2)/(Γ(1.5) √(3π)) = 2/(π√3) with 3 degrees of freedom
    expectNear(studentTQuantile(0.5 + 2 ** -40, 3), (2 ** -40 * Math.PI * Math.sqrt(3)) / 2, 1e-14);
  });

  it('is the normal quantile with endless degrees of freedom', () => {
    expect(studentTQuantile(0.01, Infinity)).toBe(normalQuantile(0.01));
    expectNear(studentTQuantile(0.01, 1e15), normalQuantile(0.01), 1e-13);
  });

  it('joins its starting values without a step', () => {
    for (const df of [0.999999999, 1, 1.000000001, 2.9999999, 3, 3.0000001]) {
      for (const p of [1e-6, 0.99e-6, 0.25, 0.250001, 0.499, 0.49901]) {
        expectNear(studentTCdf(studentTQuantile(p, df), df), p, 1e-13);
      }
    }
  });
});

describe('chiSquaredSurvival', () => {
  it('is the tabled value', () => {
    // Abramowitz & Stegun, table 26.8
    expect(chiSquaredSurvival(3.84146, 1)).toBeCloseTo(0.05, 5);
    expect(chiSquaredSurvival(18.307, 10)).toBeCloseTo(0.05, 5);
  });

  it('is exponential with 2 degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1400, noNaN: true }), (x) => {
        expectNear(chiSquaredSurvival(x, 2), Math.exp(-x / 2), 1e-12);
      }),
    );
  });

  it('is erf of the root with 1 degree of freedom', () => {
    fc.assert(
      fc.property(size, (x) => {
        expectNear(chiSquaredCdf(x, 1), erf(Math.sqrt(x / 2)), 1e-13);
      }),
    );
  });

  it('adds to 1 with the cdf', () => {
    fc.assert(
      fc.property(size, freedom, (x, df) => {
        expect(chiSquaredCdf(x, df) + chiSquaredSurvival(x, df)).toBeCloseTo(1, 14);
      }),
    );
  });

  it('falls with x', () => {
    fc.assert(
      fc.property(size, freedom, fc.double({ min: 1e-6, max: 2, noNaN: true }), (x, df, step) => {
        expect(chiSquaredSurvival(x * (1 + step), df)).toBeLessThanOrEqual(
          chiSquaredSurvival(x, df) * (1 + 1e-12),
        );
      }),
    );
  });

  it('joins the expansions to the integral at 2e5 degrees of freedom', () => {
    for (const z of [-30, -3, -1e-3, 0, 1e-3, 3, 30]) {
      const at = (df: number) => chiSquaredSurvival(df + z * Math.sqrt(2 * df), df);
      expectNear(at(2e5 - 1e-9), at(2e5), 1e-12);
    }
  });
});

describe('chiSquaredQuantile', () => {
  it('undoes the cdf', () => {
    fc.assert(
      fc.property(chance, freedom, (p, df) => {
        const x = chiSquaredQuantile(p, df);
        fc.pre(x > 1e-290);
        // A rounding of x moves the chance by up to df roundings.
        expectNear(chiSquaredCdf(x, df), p, 1e-12 + 1e-15 * df);
      }),
    );
  });

  it('rises with p', () => {
    fc.assert(
      fc.property(chance, freedom, (p, df) => {
        expect(chiSquaredQuantile(p, df)).toBeGreaterThanOrEqual(chiSquaredQuantile(p / 1.01, df));
      }),
    );
  });
});

describe('fSurvival', () => {
  it('is the tabled value', () => {
    // Abramowitz & Stegun, table 26.9
    expect(fSurvival(4.1028, 2, 10)).toBeCloseTo(0.05, 5);
  });

  it('is the two-sided Student chance with 1 degree of freedom above', () => {
    fc.assert(
      fc.property(size, freedom, (t, df) => {
        expectNear(fSurvival(t * t, 1, df), studentTPValue(t, df), 1e-12);
      }),
    );
  });

  it('turns round with its degrees of freedom', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), freedom, freedom, (power, d1, d2) => {
        expectNear(fSurvival(2 ** power, d1, d2), fCdf(2 ** -power, d2, d1), 1e-12);
      }),
    );
  });

  it('adds to 1 with the cdf', () => {
    fc.assert(
      fc.property(size, freedom, freedom, (x, d1, d2) => {
        expect(fSurvival(x, d1, d2) + fCdf(x, d1, d2)).toBeCloseTo(1, 14);
      }),
    );
  });

  it('is closed in form with 2 degrees of freedom above', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 50, noNaN: true }), freedom, (f, df) => {
        expectNear(fSurvival(f, 2, df), Math.exp((-df / 2) * Math.log1p((2 * f) / df)), 1e-12);
      }),
    );
  });

  it('goes over into chi-squared', () => {
    expectNear(fSurvival(2, 3, 1e15), chiSquaredSurvival(6, 3), 1e-12);
    expect(fSurvival(2, 3, Infinity)).toBe(chiSquaredSurvival(6, 3));
    expectNear(fSurvival(2, 1e15, 3), fSurvival(2, Infinity, 3), 1e-12);
  });

  it('joins the fraction to the integral at 2e5 degrees of freedom', () => {
    for (const f of [0.9, 0.99, 0.99999, 1, 1.00001, 1.01, 1.1]) {
      expectNear(fSurvival(f, 2e5 - 1e-9, 3e5), fSurvival(f, 2e5, 3e5), 1e-12);
    }
  });
});

describe('bad arguments', () => {
  it('give NaN, never an error', () => {
    for (const df of [0, -1, NaN, -Infinity]) {
      for (const f of [
        studentTCdf,
        studentTSurvival,
        studentTPValue,
        studentTQuantile,
        chiSquaredCdf,
        chiSquaredSurvival,
        chiSquaredQuantile,
      ]) {
        expect(f(0.3, df)).toBeNaN();
      }
      expect(fSurvival(1, df, 3)).toBeNaN();
      expect(fCdf(1, 3, df)).toBeNaN();
    }
    for (const f of [studentTCdf, studentTQuantile, chiSquaredSurvival, chiSquaredQuantile])
      expect(f(NaN, 4)).toBeNaN();
  });

  it('never hang and never leave [0, 1]', () => {
    const double = fc.double();
    fc.assert(
      fc.property(double, double, double, (x, d1, d2) => {
        for (const p of [
          studentTCdf(x, d1),
          chiSquaredSurvival(x, d1),
          chiSquaredCdf(x, d1),
          fSurvival(x, d1, d2),
          fCdf(x, d1, d2),
        ]) {
          expect(Number.isNaN(p) || (p >= 0 && p <= 1 + 1e-12)).toBe(true);
        }
        expect(typeof studentTQuantile(x, d1)).toBe('number');
        expect(typeof chiSquaredQuantile(x, d1)).toBe('number');
      }),
    );
  });
});
