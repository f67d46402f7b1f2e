import fc from 'fast-check';
import {
  acerbiSzekely,
  christoffersen,
  expectedShortfall,
  kupiec,
  quantileLoss,
  Random,
  trafficLight,
  valueAtRisk,
  varBacktest,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { thrown } from '../support/pairs.js';

describe('kupiec', () => {
  it('accepts the counts of Kupiec’s own table and no others', () => {
    // Kupiec (1995), table 3: the counts not rejected at the 5 % level. Its table does not ask about none at all.
    const accepted = (observations: number, confidence: number): number[] =>
      Array.from({ length: observations }, (_, x) => x).filter(
        (exceedances) => kupiec({ observations, exceedances, confidence }).pValue > 0.05,
      );
    const ends = (counts: number[]): number[] => [counts[0]!, counts.at(-1)!];
    expect(ends(accepted(255, 0.99))).toEqual([1, 6]); // N < 7
    expect(ends(accepted(510, 0.99))).toEqual([2, 10]); // 1 < N < 11
    expect(ends(accepted(1000, 0.99))).toEqual([5, 16]); // 4 < N < 17
    expect(ends(accepted(255, 0.95))).toEqual([7, 20]); // 6 < N < 21
    expect(ends(accepted(510, 0.95))).toEqual([17, 35]); // 16 < N < 36
    expect(ends(accepted(1000, 0.95))).toEqual([38, 64]); // 37 < N < 65
  });

  it('is 0 where the share is just as promised, and finite at both ends', () => {
    expect(kupiec({ observations: 100, exceedances: 5, confidence: 0.95 }).statistic).toBeLessThan(1e-12);
    expect(kupiec({ observations: 100, exceedances: 0, confidence: 0.95 }).statistic).toBeCloseTo(
      -200 * Math.log(0.95),
      12,
    );
    expect(kupiec({ observations: 10, exceedances: 10, confidence: 0.9 }).statistic).toBeCloseTo(
      -20 * Math.log(0.1),
      12,
    );
  });

  it('refuses more exceedances than observations', () => {
    const count = { observations: 5, exceedances: 6, confidence: 0.99 };
    expect(thrown(() => kupiec(count)).message).toBe(
      'kupiec: exceedances must be at most the 5 observations, received 6',
    );
    expect(thrown(() => kupiec({ ...count, exceedances: 1, confidence: 99 })).message).toContain(
      'did you mean 0.99?',
    );
  });
});

describe('christoffersen', () => {
  it('is the sum of its parts and never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 200 }), (hits) => {
        const { statistic, coverage, independence, transitions } = christoffersen(hits, { confidence: 0.9 });
        expect(statistic).toBe(coverage.statistic + independence.statistic);
        expect(independence.statistic).toBeGreaterThanOrEqual(0);
        expect(transitions.reduce((a, b) => a + b)).toBe(hits.length - 1);
      }),
    );
  });

  it('tells exceedances that come together from the same number apart', () => {
    const together = Array.from({ length: 200 }, (_, i) => Number(i >= 100 && i < 110));
    const apart = Array.from({ length: 200 }, (_, i) => Number(i % 20 === 7));
    expect(christoffersen(together, { confidence: 0.95 }).independence.pValue).toBeLessThan(1e-6);
    expect(christoffersen(apart, { confidence: 0.95 }).independence.pValue).toBeGreaterThan(0.2);
  });

  it('refuses what is neither 0 nor 1', () => {
    expect(thrown(() => christoffersen([0, 2], { confidence: 0.9 })).message).toBe(
      'christoffersen: hits[1] must be 0 or 1, received 2',
    );
  });
});

describe('trafficLight', () => {
  it('answers for any count at once, and is yellow at the border', () => {
    const light = trafficLight({ observations: 3e8, exceedances: 2e8, confidence: 0.99 });
    expect(light).toMatchObject({ zone: 'red', cumulativeProbability: 1 });
    const border = trafficLight({ observations: 1, exceedances: 0, confidence: 0.95 });
    expect(border.zone).toBe('yellow');
    expect(border.cumulativeProbability).toBeCloseTo(0.95, 14);
    expect(trafficLight({ observations: 5, exceedances: 5, confidence: 0.95 }).cumulativeProbability).toBe(1);
    expect(trafficLight({ observations: 1, exceedances: 0, confidence: 0.94 }).zone).toBe('green');
    // 1 less the chance of no exceedance in 100 days, and of 100 in 100.
    expect(
      trafficLight({ observations: 100, exceedances: 0, confidence: 0.99 }).cumulativeProbability,
    ).toBeCloseTo(0.99 ** 100, 14);
  });

  it('is the table of the Basel Committee', () => {
    // Basel Committee (1996), table 2: cumulative probabilities in per cent, here of so many or fewer.
    const printed = [8.11, 28.58, 54.32, 75.81, 89.22, 95.88, 98.63, 99.6, 99.89, 99.97, 99.99];
    const zones = [
      'green',
      'green',
      'green',
      'green',
      'green',
      'yellow',
      'yellow',
      'yellow',
      'yellow',
      'yellow',
      'red',
    ];
    printed.forEach((percent, exceedances) => {
      const light = trafficLight({ observations: 250, exceedances, confidence: 0.99 });
      expect(Math.abs(100 * light.cumulativeProbability - percent)).toBeLessThanOrEqual(0.0051);
      expect(light.zone).toBe(zones[exceedances]);
    });
    expect(
      trafficLight({ observations: 500, exceedances: 5, confidence: 0.99 }).multiplierIncrease,
    ).toBeNaN();
  });
});

describe('quantileLoss', () => {
  it('refuses forecasts that are none', () => {
    expect(thrown(() => quantileLoss(null as never, null as never)).message).toBe(
      'quantileLoss: forecasts must be an object, received null',
    );
    expect(thrown(() => acerbiSzekely(null as never, { confidence: 0.9, seed: 1 })).message).toBe(
      'acerbiSzekely: forecasts must be an object, received null',
    );
  });

  it('is least at the true quantile', () => {
    const random = new Random(6);
    const returns = Array.from({ length: 2000 }, () => random.normal());
    const lossAt = (level: number): number =>
      quantileLoss({ returns, valueAtRisk: new Array<number>(2000).fill(level) }, { confidence: 0.95 });
    const best = valueAtRisk(returns, { confidence: 0.95 });
    expect(lossAt(best)).toBeLessThan(lossAt(best + 0.2));
    expect(lossAt(best)).toBeLessThan(lossAt(best - 0.2));
  });
});

describe('acerbiSzekely', () => {
  const random = new Random(8);
  const length = 500;
  const forecast = (scale: number): { valueAtRisk: number[]; expectedShortfall: number[] } => ({
    // Standard normal at 97.5 %: 1.959964 and φ(1.959964) / 0.025.
    valueAtRisk: new Array<number>(length).fill(1.959963984540054 * scale),
    expectedShortfall: new Array<number>(length).fill(2.3378027922014 * scale),
  });
  const returns = Array.from({ length }, () => random.normal());

  it('lets a true forecast pass and rejects one that is too small', () => {
    const options = { confidence: 0.975, seed: 1, samples: 2000 };
    const fair = acerbiSzekely({ returns, ...forecast(1) }, options);
    expect(fair.z1.pValue).toBeGreaterThan(0.05);
    expect(fair.z2.pValue).toBeGreaterThan(0.05);
    const low = acerbiSzekely({ returns, ...forecast(0.6) }, options);
    expect(low.z2.pValue).toBeLessThan(0.01);
    expect(low.z2.statistic).toBeLessThan(-0.7);
    expect(acerbiSzekely({ returns, ...forecast(1) }, options)).toEqual(fair);
  });

  it('has the paper’s critical value of −0.70 for 5 % over 250 days', () => {
    // Acerbi & Székely (2014), table 4: Z2 at 5 % is −0.70 for the normal, T = 250, 97.5 %.
    const days = 250;
    const valueAtRisk = new Array<number>(days).fill(1.959963984540054);
    const shortfall = new Array<number>(days).fill(2.3378027922014);
    // Statistics of −0.70 by construction: one return that has all of the loss.
    const loss = -1.7 * days * 0.025 * 2.3378027922014;
    const made = Array.from({ length: days }, (_, i) => (i === 0 ? loss : 0));
    const { z2 } = acerbiSzekely(
      { returns: made, valueAtRisk, expectedShortfall: shortfall },
      { confidence: 0.975, seed: 3, samples: 4000 },
    );
    expect(z2.statistic).toBeCloseTo(-0.7, 12);
    expect(Math.abs(z2.pValue - 0.05)).toBeLessThan(0.012);
  });

  it('refuses a shortfall below its value at risk', () => {
    const broken = { returns: [1], valueAtRisk: [2], expectedShortfall: [1] };
    expect(thrown(() => acerbiSzekely(broken, { confidence: 0.975, seed: 1 })).message).toContain(
      'expectedShortfall[0]',
    );
  });
});

describe('varBacktest', () => {
  const random = new Random(10);
  const returns = Array.from({ length: 400 }, () => 0.01 * random.normal());

  it('forecasts each day from the days before it alone', () => {
    const options = { window: 100, confidence: 0.95 };
    const whole = varBacktest(returns, options);
    expect(whole.valueAtRisk[99]).toBeNaN();
    expect(whole.valueAtRisk[100]).toBe(valueAtRisk(returns.slice(0, 100), { confidence: 0.95 }));
    expect(whole.expectedShortfall[399]).toBe(
      expectedShortfall(returns.slice(299, 399), { confidence: 0.95 }),
    );
    // What comes later changes nothing: no look-ahead.
    const prefix = varBacktest(returns.slice(0, 250), options);
    expect(Array.from(prefix.valueAtRisk)).toEqual(Array.from(whole.valueAtRisk.slice(0, 250)));
    expect(whole.observations).toBe(300);
    expect(whole.exceedances).toBe(whole.hits.reduce((a, b) => a + b, 0));
    expect(whole.expected).toBeCloseTo(15, 12);
  });

  it('names the day whose window cannot carry the method', () => {
    const flat = [...new Array<number>(40).fill(0), 0.01, 0.02];
    const { message } = thrown(() => varBacktest(flat, { window: 30, confidence: 0.95, method: 'garch' }));
    expect(message).toBe(
      'varBacktest: returns must vary to have a volatility, in the window before returns[30]',
    );
    expect(thrown(() => varBacktest([0.1], { window: 30, confidence: 0.95 })).message).toContain(
      'at least 32',
    );
  });
});
