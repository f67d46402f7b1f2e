import fc from 'fast-check';
import { mackinnonCriticalValues, mackinnonPValue, type Trend } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const trends: readonly Trend[] = ['none', 'constant', 'linear', 'quadratic'];

describe('mackinnonPValue', () => {
  it('is near 1, 5 and 10 % at the asymptotic critical values', () => {
    for (const trend of trends) {
      for (let series = 1; series <= (trend === 'none' ? 1 : 6); series++) {
        const { onePercent, fivePercent, tenPercent } = mackinnonCriticalValues({ trend, series });
        expect(mackinnonPValue(onePercent, { trend, series })).toBeCloseTo(0.01, 3);
        expect(mackinnonPValue(fivePercent, { trend, series })).toBeCloseTo(0.05, 2);
        expect(mackinnonPValue(tenPercent, { trend, series })).toBeCloseTo(0.1, 2);
      }
    }
  });

  it('grows with the statistic', () => {
    const statistic = fc.double({ min: -25, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...trends), statistic, statistic, (trend, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        // The published ends are rounded to two decimals, a hair past the turning points.
        expect(mackinnonPValue(low, { trend })).toBeLessThanOrEqual(mackinnonPValue(high, { trend }) + 1e-7);
      }),
    );
  });

  it('does not fall between the turning point of its polynomial and 1', () => {
    expect(mackinnonPValue(1.78, { trend: 'quadratic', series: 5 })).toBe(1);
  });

  it('answers the ends and NaN', () => {
    expect(mackinnonPValue(-Infinity)).toBe(0);
    expect(mackinnonPValue(Infinity)).toBe(1);
    expect(mackinnonPValue(Infinity, { trend: 'none' })).toBe(1);
    expect(mackinnonPValue(NaN)).toBeNaN();
  });

  it('refuses what the papers do not tabulate', () => {
    expect(() => mackinnonPValue(-3, { series: 7 })).toThrow(
      "mackinnonPValue: series must be at most 6 for trend 'constant', received 7",
    );
    expect(() => mackinnonCriticalValues({ trend: 'none', series: 2 })).toThrow(
      "mackinnonCriticalValues: series must be at most 1 for trend 'none', received 2",
    );
    expect(() => mackinnonCriticalValues({ observations: 0 })).toThrow(
      'observations must be from 1 to Infinity',
    );
  });
});

describe('mackinnonCriticalValues', () => {
  it('follows the paper for two series at 1 %', () => {
    // MacKinnon (2010), table 2: −3.89644 − 10.9519/100 − 22.527/100².
    expect(mackinnonCriticalValues({ series: 2, observations: 100 }).onePercent).toBeCloseTo(-4.0082117, 12);
  });

  it('moves smoothly with the number of series', () => {
    for (const trend of ['constant', 'linear', 'quadratic'] as const) {
      const one = Array.from({ length: 12 }, (_, i) =>
        mackinnonCriticalValues({ trend, series: i + 1, observations: 50 }),
      );
      for (const level of ['onePercent', 'fivePercent', 'tenPercent'] as const) {
        const steps = one.slice(1).map((values, i) => values[level] - one[i]![level]);
        for (const step of steps) expect(step).toBeLessThan(-0.2);
        for (let i = 2; i < steps.length; i++) expect(Math.abs(steps[i]! - steps[i - 1]!)).toBeLessThan(0.05);
      }
    }
  });
});
