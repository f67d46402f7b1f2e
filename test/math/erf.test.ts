import fc from 'fast-check';
import { erf, erfc, erfcx } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expSquare } from '../../src/math/exp-square.js';
import { expectNear } from '../support/conformance.js';

const any = fc.double({ noNaN: true });
const moderate = fc.double({ min: -26, max: 26, noNaN: true });

describe('erf', () => {
  it('is the tabled value at 1', () => {
    // Abramowitz & Stegun, table 7.1
    expect(erf(1)).toBeCloseTo(0.8427007929, 10);
    expect(erfc(1)).toBeCloseTo(0.1572992071, 10);
  });

  it('is 2x/√π near 0', () => {
    expectNear(erf(1e-300), 1.1283791670955126e-300, 1e-15);
    expect(Object.is(erf(-0), -0)).toBe(true);
  });

  it('is odd', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(erf(-x)).toBe(-erf(x));
      }),
    );
  });

  it('rises and stays within −1 and 1', () => {
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        const [low, high] = [erf(Math.min(a, b)), erf(Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high + 1e-15);
        expect(Math.abs(high)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('joins its two forms at 0.75 and 0.5', () => {
    for (const x of [0.75, 0.5, -0.5, -0.75]) {
      const beside = x * (1 + 2 ** -52);
      expectNear(erf(beside), erf(x), 2e-15);
      expectNear(erfc(beside), erfc(x), 2e-15);
    }
  });
});

describe('erfc', () => {
  it('is 1 − erf', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(erf(x) + erfc(x)).toBeCloseTo(1, 14);
      }),
    );
  });

  it('is exp(−x²) erfcx(x)', () => {
    fc.assert(
      fc.property(moderate, (x) => {
        expectNear(erfc(x), expSquare(-1, x) * erfcx(x), 5e-15);
      }),
    );
  });

  it('adds to 2 with its reflection', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(erfc(x) + erfc(-x)).toBeCloseTo(2, 14);
      }),
    );
  });
});

describe('erfcx', () => {
  it('falls like 1/(x√π)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e8, max: 1e300, noNaN: true }), (x) => {
        expectNear(erfcx(x), 0.5641895835477563 / x, 1e-15);
      }),
    );
  });

  it('overflows to Infinity below −26.7', () => {
    expect(erfcx(-26.6)).toBeLessThan(Infinity);
    expect(erfcx(-26.8)).toBe(Infinity);
    expect(erfcx(-1e300)).toBe(Infinity);
  });
});
