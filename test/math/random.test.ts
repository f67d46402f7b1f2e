import fc from 'fast-check';
import { OptionError, Random } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('Random', () => {
  it('tells the same story for the same seed', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const [a, b] = [new Random(seed), new Random(seed)];
        for (let i = 0; i < 20; i++) {
          expect(a.uniform()).toBe(b.uniform());
          expect(a.normal()).toBe(b.normal());
          expect(a.integer(1000)).toBe(b.integer(1000));
        }
      }),
    );
  });

  it('gives two seeds two streams, however close they are or whichever bits differ', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (one, other) => {
        fc.pre(one !== other);
        expect(new Random(one).uniform()).not.toBe(new Random(other).uniform());
      }),
    );
    const firsts = draws(
      10_000,
      (
        (seed) => () =>
          new Random(seed++).uniform()
      )(-5000),
    );
    // Mean ½ and variance ¹⁄₁₂ of the uniform law, within 5 standard errors.
    expect(Math.abs(average(firsts) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / 10_000));
    const neighbours = average(firsts.slice(1).map((u, i) => (u - 1 / 2) * (firsts[i]! - 1 / 2)));
    expect(Math.abs(neighbours)).toBeLessThan(5 * (1 / 12 / 100));
    expect(new Random(1).uniform()).not.toBe(new Random(1 + 2 ** 32).uniform());
  });

  it('spreads uniforms evenly, strictly between 0 and 1', () => {
    const random = new Random(2026);
    const counts = new Array<number>(64).fill(0);
    const count = 640_000;
    for (let i = 0; i < count; i++) {
      const u = random.uniform();
      if (u > 0 && u < 1) counts[Math.floor(u * 64)]!++;
    }
    expect(counts.reduce((sum, seen) => sum + seen, 0)).toBe(count);
    const chiSquared = counts.reduce((sum, seen) => sum + (seen - count / 64) ** 2 / (count / 64), 0);
    // 63 degrees of freedom: mean 63, deviation √126.
    expect(Math.abs(chiSquared - 63)).toBeLessThan(5 * Math.sqrt(126));
  });

  it('gives uniforms on the odd multiples of 2⁻⁵³', () => {
    const random = new Random(5);
    for (let i = 0; i < 1000; i++) expect((random.uniform() * 2 ** 53) % 2).toBe(1);
  });

  it('draws normals with the moments of the standard normal law', () => {
    const random = new Random(11);
    const count = 400_000;
    const normals = draws(count, () => random.normal());
    // E z = 0, E z² = 1, E z³ = 0, E z⁴ = 3; their variances are 1, 2, 15 and 96.
    const moments = [1, 2, 3, 4].map((power) => average(normals.map((z) => z ** power)));
    const expected = [0, 1, 0, 3];
    const variances = [1, 2, 15, 96];
    moments.forEach((moment, i) => {
      expect(Math.abs(moment - expected[i]!)).toBeLessThan(5 * Math.sqrt(variances[i]! / count));
    });
  });

  it('draws whole numbers below a bound, each as often as the next', () => {
    const random = new Random(3);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    for (const seen of counts) expect(Math.abs(seen - 10_000)).toBeLessThan(5 * Math.sqrt(70_000 * (6 / 49)));
    expect(new Random(3).integer(Number.MAX_SAFE_INTEGER)).toBeGreaterThan(2 ** 32);
  });

  it('refuses a seed or a bound that is no safe integer', () => {
    for (const seed of [NaN, Infinity, 0.5, 2 ** 53, undefined, '7', null]) {
      expect(() => new Random(seed as number)).toThrow(OptionError);
    }
    expect(() => new Random(1.5)).toThrow('Random: seed must be a safe integer, received 1.5');
    for (const below of [0, -1, 2.5, NaN]) expect(() => new Random(1).integer(below)).toThrow(OptionError);
  });
});
