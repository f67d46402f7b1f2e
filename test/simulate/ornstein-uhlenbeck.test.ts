import { halfLife, OptionError, ornsteinUhlenbeck } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const spread = { observations: 200_000, mean: 3, halfLife: 12, deviation: 0.5 };

describe('ornsteinUhlenbeck', () => {
  it('has the mean, deviation and half-life that were asked for', () => {
    const path = ornsteinUhlenbeck({ ...spread, seed: 1 });
    const kept = 2 ** (-1 / 12);
    const mean = path.reduce((sum, x) => sum + x, 0) / path.length;
    const variance = path.reduce((sum, x) => sum + (x - mean) ** 2, 0) / path.length;
    // An autoregression: var(mean) ≈ σ²(1+φ)/(1−φ)/n, var(variance) ≈ 2σ⁴(1+φ²)/(1−φ²)/n, var(φ) ≈ (1−φ²)/n.
    expect(Math.abs(mean - 3)).toBeLessThan(5 * 0.5 * Math.sqrt((1 + kept) / (1 - kept) / path.length));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(
      5 * Math.sqrt((2 * (1 + kept ** 2)) / (1 - kept ** 2) / path.length),
    );
    const measured = 2 ** (-1 / halfLife(path));
    expect(Math.abs(measured - kept)).toBeLessThan(5 * Math.sqrt((1 - kept ** 2) / path.length));
  });

  it('has lost half of its first distance, on average, after one half-life', () => {
    const paths = 20_000;
    let sum = 0;
    for (let seed = 0; seed < paths; seed++) {
      sum += ornsteinUhlenbeck({ ...spread, observations: 13, start: 5, seed })[12]!;
    }
    // Conditional variance after one half-life: σ²(1 − ¼).
    expect(Math.abs(sum / paths - 4)).toBeLessThan(5 * 0.5 * Math.sqrt(0.75 / paths));
  });

  it('begins at its start, or somewhere in the long run', () => {
    expect(ornsteinUhlenbeck({ ...spread, observations: 2, start: 7, seed: 1 })[0]).toBe(7);
    const starts = Array.from(
      { length: 10_000 },
      (_, seed) => ornsteinUhlenbeck({ ...spread, observations: 1, seed })[0]!,
    );
    const variance = starts.reduce((sum, x) => sum + (x - 3) ** 2, 0) / starts.length;
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / starts.length));
  });

  it('does not round a vast half-life to a standstill', () => {
    const path = ornsteinUhlenbeck({ ...spread, observations: 1000, halfLife: 1e17, seed: 1 });
    expect(new Set(path).size).toBeGreaterThan(900);
  });

  it('repeats a seed and tells seeds apart', () => {
    const path = (seed: number) => ornsteinUhlenbeck({ ...spread, observations: 50, seed });
    expect(path(4)).toEqual(path(4));
    expect(path(4)[10]).not.toBe(path(5)[10]);
  });

  it('refuses what it cannot use', () => {
    const broken = [
      { observations: 0 },
      { mean: NaN },
      { halfLife: 0 },
      { deviation: -1 },
      { start: Infinity },
      { seed: '1' },
      { halflife: 3 },
    ];
    for (const change of broken) {
      expect(() => ornsteinUhlenbeck({ ...spread, seed: 1, ...(change as object) })).toThrow(OptionError);
    }
  });
});
