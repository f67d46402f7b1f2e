import fc from 'fast-check';
import { benjaminiHochberg } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });

describe('benjaminiHochberg', () => {
  // Benjamini & Hochberg (1995), section 4: 15 p-values, of which the first four are kept at 0.05.
  it('keeps the four hypotheses of the paper', () => {
    const given = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const adjusted = benjaminiHochberg(given);
    expect(adjusted.filter((p) => p <= 0.05).length).toBe(4);
    expect(adjusted[0]).toBeCloseTo(0.0015, 15);
    expect(adjusted[3]).toBeCloseTo(0.035625, 15);
    expect(adjusted[4]).toBeCloseTo(0.0603, 15);
    expect(adjusted[14]).toBe(1);
  });

  it('keeps the order of the p-values, and is never below them nor above 1', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const adjusted = benjaminiHochberg(given);
        given.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          given.forEach((other, j) => {
            if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }),
    );
  });

  it('keeps as many as the step-up rule of the paper', () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(0.01, 0.05, 0.2, 0.5), (given, rate) => {
        const sorted = Float64Array.from(given).sort();
        let kept = 0;
        sorted.forEach((p, i) => {
          if (p <= ((i + 1) / sorted.length) * rate) kept = i + 1;
        });
        // A p-value that stands on its threshold may fall on either side by rounding.
        const edge = sorted.some((p, i) => Math.abs(p - ((i + 1) / sorted.length) * rate) <= 1e-15);
        const found = benjaminiHochberg(given).filter((p) => p <= rate).length;
        if (!edge) expect(found).toBe(kept);
      }),
    );
  });

  it('leaves out what is NaN', () => {
    expect(benjaminiHochberg([NaN, 0.01, NaN, 0.02])).toEqual(Float64Array.of(NaN, 0.02, NaN, 0.02));
    expect(benjaminiHochberg([])).toEqual(new Float64Array());
    expect(benjaminiHochberg([NaN])).toEqual(Float64Array.of(NaN));
  });

  it('refuses what is no probability', () => {
    expect(() => benjaminiHochberg([0.5, 1.5])).toThrow('pValues[1] must be from 0 to 1, received 1.5');
    expect(() => benjaminiHochberg([-0.1])).toThrow('pValues[0] must be from 0 to 1, received -0.1');
    expect(() => benjaminiHochberg(0.1 as never)).toThrow('pValues must be an array of numbers');
  });
});
