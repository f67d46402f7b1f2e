import {
  analyzePair,
  PairMonitor,
  Rolling,
  RollingAutocorrelation,
  RollingDescribe,
  RollingLjungBox,
  RollingMean,
  RollingOls,
  RollingPartialAutocorrelation,
  RollingQuantiles,
  rolling,
  rollingAutocorrelation,
  rollingCorrelation,
  rollingCovariance,
  rollingDescribe,
  rollingKurtosis,
  rollingLjungBox,
  rollingMaximum,
  rollingMean,
  rollingMedian,
  rollingMinimum,
  rollingOls,
  rollingPartialAutocorrelation,
  rollingQuantile,
  rollingQuantiles,
  rollingSkewness,
  rollingStandardDeviation,
  rollingVariance,
  type Series,
  ZScore,
  zScore,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { uniforms } from '../support/laws.js';

const uniform = uniforms(3);
const series = Array.from({ length: 30 }, (_, i) => (i % 7 === 4 ? NaN : 100 + uniform()));
const other = Array.from({ length: 30 }, () => 50 + uniform());
const pair = { y: series, x: other };
const total = {
  empty: (): number => 0,
  add: (sum: number, x: number): number => sum + x,
  merge: (a: number, b: number): number => a + b,
  read: (sum: number): number => sum,
};
type Options = { readonly window: number; readonly minimum?: number };

/** Each whole-series form, as columns. */
const forms: Readonly<Record<string, (options: Options) => readonly Series[]>> = {
  rollingMean: (options) => [rollingMean(series, options)],
  rollingVariance: (options) => [rollingVariance(series, options)],
  rollingStandardDeviation: (options) => [rollingStandardDeviation(series, options)],
  zScore: (options) => [zScore(series, options)],
  rollingSkewness: (options) => [rollingSkewness(series, options)],
  rollingKurtosis: (options) => [rollingKurtosis(series, options)],
  rollingMinimum: (options) => [rollingMinimum(series, options)],
  rollingMaximum: (options) => [rollingMaximum(series, options)],
  rollingMedian: (options) => [rollingMedian(series, options)],
  rollingQuantile: (options) => [rollingQuantile(series, { ...options, probability: 0.3 })],
  rollingQuantiles: (options) => rollingQuantiles(series, { ...options, probabilities: [0.1, 0.9] }),
  rollingDescribe: (options) => Object.values(rollingDescribe(series, options)),
  rollingCovariance: (options) => [rollingCovariance(pair, options)],
  rollingCorrelation: (options) => [rollingCorrelation(pair, options)],
  rollingOls: (options) => Object.values(rollingOls(pair, options)),
  rollingAutocorrelation: (options) => [rollingAutocorrelation(series, { ...options, lag: 2 })],
  rolling: (options) => [rolling(series, { ...options, summary: total })],
};

describe.each(Object.entries(forms))('a window longer than the series, of %s', (name, form) => {
  it('costs no more than the series', () => {
    for (const window of [1e9, Number.MAX_SAFE_INTEGER]) {
      const columns = form({ window });
      const counts = name === 'rollingDescribe' ? 2 : 0;
      for (const column of columns.slice(counts))
        expect([...(column as Float64Array)].every(Number.isNaN)).toBe(true);
    }
  });

  it('reads the same whatever its length, bit for bit', () => {
    const expected = form({ window: 40, minimum: 3 });
    for (const window of [33, 34, 1e9]) expect(form({ window, minimum: 3 })).toEqual(expected);
    expect(form({ window: 1e9, minimum: 1e8 })).toEqual(form({ window: 40, minimum: 35 }));
  });
});

describe('a window that is never full', () => {
  it('has no test and no partial autocorrelation', () => {
    expect(rollingLjungBox(other, { window: 1e9, lags: 1e8 }).pValue).toEqual(new Float64Array(30).fill(NaN));
    const none = rollingPartialAutocorrelation(other, { window: 1e9, lag: 2 });
    expect(none).toEqual(new Float64Array(30).fill(NaN));
    expect(rollingAutocorrelation(other, { window: 1e9, lag: 1e8 }).every(Number.isNaN)).toBe(true);
  });
});

describe('a live window', () => {
  it('is refused where there is no memory for it', () => {
    const window = 2 ** 26 + 1;
    const makers = [
      () => new RollingMean({ window }),
      () => new RollingMean({ window: 1e12 }),
      () => new ZScore({ window }),
      () => new RollingDescribe({ window }),
      () => new RollingQuantiles({ window, probabilities: [0.5] }),
      () => new RollingAutocorrelation({ window, lag: 1 }),
      () => new RollingLjungBox({ window, lags: 1 }),
      () => new RollingPartialAutocorrelation({ window, lag: 1 }),
      () => new RollingOls({ window }),
      () => new Rolling({ window, summary: total }),
      () => new PairMonitor({ method: 'huber', window }),
      () => new PairMonitor({ method: 'huber', window: 20, hedgeWindow: window }),
      () => new PairMonitor({ method: 'ols', window: 20, test: { window, every: 10 } }),
      () => analyzePair({ y: other, x: other }, { method: 'ols', window }),
    ];
    for (const make of makers) {
      expect(make).toThrow(/[wW]indow must be at most 67108864, received (67108865|1000000000000)$/);
    }
  });
});
