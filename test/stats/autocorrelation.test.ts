import fc from 'fast-check';
import {
  autocorrelation,
  correlation,
  ljungBox,
  mean,
  partialAutocorrelation,
  Random,
  rollingAutocorrelation,
  rollingLjungBox,
  rollingPartialAutocorrelation,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { hostileTapes } from '../support/laws.js';

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 60000.3, 1e9 + 0.5, 1e12, -1e200, 1e-200),
);
const varied = fc.array(value, { minLength: 12, maxLength: 60 }).filter((series) => new Set(series).size > 1);

/** An autoregression: each value so much of the ones before it and a normal. */
function autoregression(length: number, slopes: readonly number[], seed: number): Float64Array {
  const random = new Random(seed);
  const series = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    series[t] = slopes.reduce((sum, slope, k) => sum + slope * (series[t - 1 - k] ?? 0), random.normal());
  }
  return series;
}

describe('autocorrelation', () => {
  it('is that of a sum done by hand', () => {
    // Deviations −1.5, −0.5, 0.5, 1.5: squares 5, products 0.75 − 0.25 + 0.75, −0.75 − 0.75
    expect([...autocorrelation([1, 2, 3, 4], { lags: 3 })]).toEqual([1, 0.25, -0.3, -0.45]);
  });

  it('lies from −1 to 1, and any shift or scale leaves it alone', () => {
    fc.assert(
      fc.property(varied, (series) => {
        const all = autocorrelation(series, { lags: 8 });
        expect(all[0]).toBe(1);
        expect(all.every((r) => Math.abs(r) <= 1)).toBe(true);
        const scaled = autocorrelation(
          series.map((x) => -4 * x),
          { lags: 8 },
        );
        all.forEach((r, lag) => {
          expect(Math.abs(scaled[lag]! - r)).toBeLessThanOrEqual(1e-14);
        });
      }),
    );
  });

  it('is NaN of a flat series and of one with a gap', () => {
    expect([...autocorrelation(new Array<number>(9).fill(0.1), { lags: 2 })]).toEqual([NaN, NaN, NaN]);
    expect([...autocorrelation([1, 2, NaN, 4], { lags: 1 })]).toEqual([NaN, NaN]);
    expect([...partialAutocorrelation(new Array<number>(9).fill(0.1), { lags: 1 })]).toEqual([NaN, NaN]);
  });

  it('refuses more lags than there are observations for', () => {
    expect(() => autocorrelation([1, 2, 3], { lags: 3 })).toThrow(
      'autocorrelation: needs at least 4 observations for 3 lags, received 3',
    );
    expect(() => autocorrelation([1, 2, 3], { lags: 0 })).toThrow('lags must be a positive integer');
    expect(() => partialAutocorrelation([1, 2, 3, 4, 5], { lags: 2 })).toThrow(
      'partialAutocorrelation: needs at least 6 observations for 2 lags, received 5',
    );
  });
});

describe('partial autocorrelation', () => {
  it('breaks off after the order of an autoregression', () => {
    const series = autoregression(20_000, [0.5, 0.3], 7);
    for (const method of ['yule-walker', 'ols'] as const) {
      const partial = partialAutocorrelation(series, { lags: 6, method });
      // The first is ρ(1) = 0.5 / (1 − 0.3), the second the last slope; 5 / √n is five standard errors.
      expect(Math.abs(partial[1]! - 0.5 / 0.7)).toBeLessThan(5 / Math.sqrt(20_000));
      expect(Math.abs(partial[2]! - 0.3)).toBeLessThan(5 / Math.sqrt(20_000));
      for (const rest of partial.subarray(3)) expect(Math.abs(rest)).toBeLessThan(5 / Math.sqrt(20_000));
    }
  });

  it('of lag 1 is the autocorrelation of lag 1, each divided by its own count', () => {
    fc.assert(
      fc.property(varied, (series) => {
        const n = series.length;
        const [, first] = autocorrelation(series, { lags: 1 });
        const [, partial] = partialAutocorrelation(series, { lags: 1 });
        expect(Math.abs(partial! - (first! * n) / (n - 1))).toBeLessThanOrEqual(1e-14);
      }),
    );
  });

  it('by regression of a line that the lags explain wholly ends where they depend on each other', () => {
    const line = Array.from({ length: 20 }, (_, t) => t);
    const [zero, one, two] = partialAutocorrelation(line, { lags: 2, method: 'ols' });
    expect([zero, one, two]).toEqual([1, 1, NaN]);
  });
});

describe('the Ljung–Box test', () => {
  it('rejects a series that follows itself and not one that does not', () => {
    expect(ljungBox(autoregression(500, [0.5], 3), { lags: 5 }).pValue[4]).toBeLessThan(1e-6);
    const random = new Random(5);
    const noise = Float64Array.from({ length: 2000 }, () => random.normal());
    expect(ljungBox(noise, { lags: 5 }).pValue[4]).toBeGreaterThan(0.01);
  });

  it('has the size it says on noise', () => {
    const random = new Random(11);
    const rejected = Array.from({ length: 1000 }, () => {
      const noise = Float64Array.from({ length: 200 }, () => random.normal());
      return Number(ljungBox(noise, { lags: 4 }).pValue[3]! < 0.05);
    });
    // A share of 0.05 in 1,000 has a standard error of 0.007.
    expect(Math.abs(mean(rejected) - 0.05)).toBeLessThan(0.025);
  });

  it('takes the parameters of a model off its degrees of freedom', () => {
    const series = autoregression(100, [0.3], 4);
    const [raw, residual] = [
      ljungBox(series, { lags: 4 }),
      ljungBox(series, { lags: 4, degreesOfFreedom: 2 }),
    ];
    expect(residual.statistic).toEqual(raw.statistic);
    expect([...residual.pValue.subarray(0, 2)]).toEqual([NaN, NaN]);
    expect(residual.pValue[3]).toBeLessThan(raw.pValue[3]!);
  });

  it('refuses what it cannot decide', () => {
    expect(() => ljungBox([1, 2, NaN, 4], { lags: 1 })).toThrow('ljungBox: series[2] is NaN');
    expect(() => ljungBox([2, 2, 2, 2], { lags: 1 })).toThrow('ljungBox: the series must vary');
    expect(() => ljungBox([1, 2], { lags: 2 })).toThrow('needs at least 3 observations for 2 lags');
  });
});

describe('rolling', () => {
  it('autocorrelation is the correlation of each window with itself, earlier', () => {
    for (const [name, make] of Object.entries(hostileTapes)) {
      if (name === 'huge' || name === 'denormal') continue; // their squares leave the range of a double
      const series = make(120, 8);
      for (const [window, lag] of [
        [10, 1],
        [20, 7],
        [5, 3],
      ] as const) {
        const minimum = 2;
        const readings = rollingAutocorrelation(series, { window, lag, minimum });
        readings.forEach((reading, end) => {
          const start = Math.max(end - window + 1, 0);
          const now = series.slice(start + lag, end + 1);
          const kept = now
            .map((y, i) => ({ y, x: series[start + i]! }))
            .filter(({ y, x }) => Number.isFinite(y) && Number.isFinite(x));
          const expected =
            kept.length < minimum
              ? NaN
              : correlation({ y: kept.map(({ y }) => y), x: kept.map(({ x }) => x) });
          if (Number.isNaN(expected)) expect(reading, `${name} at ${end}`).toBeNaN();
          else expect(Math.abs(reading - expected), `${name} at ${end}`).toBeLessThanOrEqual(5e-14);
        });
      }
    }
  });

  it('partial autocorrelation and Ljung–Box are those of each window', () => {
    const series = hostileTapes['missing']!(120, 9).map((x, i) => (i > 60 ? i % 9 : x));
    const partial = rollingPartialAutocorrelation(series, { window: 12, lag: 2 });
    const { statistic, pValue } = rollingLjungBox(series, { window: 12, lags: 3 });
    for (let end = 0; end < series.length; end++) {
      const window = series.slice(Math.max(end - 11, 0), end + 1);
      const whole = window.length === 12 && window.every(Number.isFinite);
      expect(partial[end]).toBe(whole ? partialAutocorrelation(window, { lags: 2 })[2] : NaN);
      expect(statistic[end]).toBe(whole ? ljungBox(window, { lags: 3 }).statistic[2] : NaN);
      expect(pValue[end]).toBe(whole ? ljungBox(window, { lags: 3 }).pValue[2] : NaN);
    }
  });

  it('forms refuse windows that hold too little', () => {
    expect(() => rollingAutocorrelation([1], { window: 5, lag: 4 })).toThrow(
      'rollingAutocorrelation: lag must leave two pairs in the window of 5, received 4',
    );
    expect(() => rollingAutocorrelation([1], { window: 5, lag: 1, minimum: 5 })).toThrow(
      'rollingAutocorrelation: minimum must be at most the 4 pairs there are, received 5',
    );
    expect(() => rollingPartialAutocorrelation([1], { window: 5, lag: 2 })).toThrow(
      'rollingPartialAutocorrelation: window must be at least 6 for a lag of 2, received 5',
    );
    expect(() => rollingLjungBox([1], { window: 5, lags: 5 })).toThrow(
      'rollingLjungBox: lags must be below the window of 5, received 5',
    );
  });
});
