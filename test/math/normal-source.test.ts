import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../src/math/normal.js';
import { NormalSource } from '../../src/math/normal-source.js';

describe('NormalSource', () => {
  it('fills with what single draws give, bit for bit', () => {
    const filled = new Float64Array(5000);
    new NormalSource(3, 8).fill(filled, 0, filled.length);
    const one = new NormalSource(3, 8);
    expect(Array.from(filled, () => one.normal())).toEqual([...filled]);
  });

  it('has streams and seeds that share nothing', () => {
    const firsts = [0, 1, 2, 2 ** 31, 2 ** 40].flatMap((stream) =>
      [0, 1, -1, 2 ** 33].map((seed) => new NormalSource(seed, stream).normal()),
    );
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('draws from the normal law: in every one of a hundred bands, and in the tail beyond the ziggurat', () => {
    const draws = new Float64Array(1_000_000);
    new NormalSource(17, 0).fill(draws, 0, draws.length);
    const bands = new Float64Array(100);
    let tail = 0;
    for (const z of draws) {
      const band = Math.min(99, Math.floor(100 * normalCdf(z)));
      bands[band] = bands[band]! + 1;
      if (Math.abs(z) > 3.6541528853610088) tail++;
    }
    const statistic = bands.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // Chi-squared with 99 degrees of freedom: 148.2 at one in a thousand.
    expect(statistic).toBeLessThan(148.2);
    const expected = 1e6 * 2 * normalCdf(-3.6541528853610088);
    expect(Math.abs(tail - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('draws chi-squared numbers of the right mean and variance', () => {
    const source = new NormalSource(5, 1);
    const draws = Array.from({ length: 200_000 }, () => source.chiSquared(5));
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean - 5)).toBeLessThan(0.03);
    expect(Math.abs(variance - 10)).toBeLessThan(0.3);
  });
});
