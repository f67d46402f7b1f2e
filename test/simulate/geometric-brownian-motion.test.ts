import { geometricBrownianMotion, OptionError } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const year = { start: 100, drift: 0.08, volatility: 0.3, years: 2, steps: 500 };

describe('geometricBrownianMotion', () => {
  it('is plain compounding without volatility', () => {
    const path = geometricBrownianMotion({ ...year, volatility: 0, seed: 1 });
    // 100 · e^(0.08 · 2)
    expect(path[500]).toBeCloseTo(117.35108709918103, 10);
    expect(path).toHaveLength(501);
  });

  it('has log returns with the mean and variance of the law', () => {
    const count = 200_000;
    const path = geometricBrownianMotion({ ...year, years: 800, steps: count, seed: 42 });
    const step = 800 / count;
    const returns = Array.from({ length: count }, (_, i) => Math.log(path[i + 1]! / path[i]!));
    const mean = returns.reduce((sum, r) => sum + r, 0) / count;
    const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (count - 1);
    expect(Math.abs(mean - (0.08 - 0.3 ** 2 / 2) * step)).toBeLessThan(5 * 0.3 * Math.sqrt(step / count));
    expect(Math.abs(variance / (0.3 ** 2 * step) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  });

  it('ends on average at start · e^(drift · years), with the spread of a lognormal', () => {
    const paths = 20_000;
    let sum = 0;
    for (let seed = 0; seed < paths; seed++) sum += geometricBrownianMotion({ ...year, steps: 2, seed })[2]!;
    const expected = 100 * Math.exp(0.16);
    const error = expected * Math.sqrt(Math.expm1(0.3 ** 2 * 2) / paths);
    expect(Math.abs(sum / paths - expected)).toBeLessThan(5 * error);
  });

  it('repeats a seed and tells seeds apart', () => {
    const path = (seed: number) => geometricBrownianMotion({ ...year, seed });
    expect(path(9)).toEqual(path(9));
    expect(path(9)[1]).not.toBe(path(10)[1]);
    expect(path(9).every((price) => price > 0)).toBe(true);
  });

  it('refuses what it cannot use', () => {
    const broken = [
      { start: 0 },
      { drift: NaN },
      { volatility: -0.1 },
      { years: 0 },
      { steps: 1.5 },
      { seed: 0.5 },
      { voltility: 1 },
    ];
    for (const change of broken) {
      expect(() => geometricBrownianMotion({ ...year, seed: 1, ...change })).toThrow(OptionError);
    }
  });
});
