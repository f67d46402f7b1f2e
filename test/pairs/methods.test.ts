import {
  analyzePair,
  cointegratedPair,
  DataError,
  ExponentialOls,
  exponentialOls,
  type Hedge,
  type HedgeMethod,
  huber,
  KalmanHedge,
  kalmanFit,
  kalmanHedge,
  monitorPair,
  ols,
  type Pair,
  PairMonitor,
  RecursiveOls,
  recursiveOls,
  rollingOls,
  type SeriesOf,
  siegel,
  spreads,
  theilSen,
  totalLeastSquares,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

const pair = cointegratedPair({ observations: 300, ratio: 1.5, intercept: 4, halfLife: 6, seed: 5 });
const time = pair.y.map((_, i) => 1000 * i);
const chan = { drift: 1e-4 / (1 - 1e-4), noise: 1e-3 };

/** What each method says of a whole history. */
const whole: Readonly<Record<HedgeMethod, (legs: SeriesOf<Pair>) => Hedge>> = {
  ols,
  huber,
  'theil-sen': theilSen,
  siegel,
  'total-least-squares': totalLeastSquares,
  kalman: (legs) => last(kalmanHedge(legs, chan)),
  'recursive-ols': (legs) => last(recursiveOls(legs)),
  'exponential-ols': (legs) => last(exponentialOls(legs, { span: 40 })),
};

function last({ ratio, intercept }: { ratio: Float64Array; intercept: Float64Array }): Hedge {
  return { ratio: ratio.at(-1)!, intercept: intercept.at(-1)! };
}

const methods = Object.keys(whole) as HedgeMethod[];

describe('analyzePair by every method', () => {
  it.each(methods)('%s: is the method’s hedge over the whole history', (method) => {
    const analysis = analyzePair(pair, { method, window: 40 });
    const { ratio, intercept } = whole[method](pair);
    expect([analysis.ratio, analysis.intercept]).toEqual([ratio, intercept]);
    expect(analysis.spread).toEqual(spreads(pair, { ratio, intercept }));
    expect(analysis.hedge).toMatchObject({ ratio, intercept });
    expect(Number.isFinite(analysis.adf.statistic)).toBe(true);
  });

  it.each(methods)('%s: has the columns of PairMonitor with its hedge', (method) => {
    const { ratio, intercept, spread, zScore } = analyzePair(pair, { method, window: 40 });
    const readings = monitorPair({ time, ...pair }, { method, window: 40, hedge: { ratio, intercept } });
    expect(Float64Array.from(readings, (reading) => reading.spread)).toEqual(spread);
    expect(Float64Array.from(readings, (reading) => reading.zScore)).toEqual(zScore);
  });

  it.each(methods)('%s: refuses an x that never moves', (method) => {
    const still = { y: pair.y, x: pair.x.map(() => 5) };
    expect(() => analyzePair(still, { method, window: 40 })).toThrow(DataError);
    expect(() => analyzePair(still, { method, window: 40 })).toThrow(/x must move/);
  });

  it('hands drift and noise to the filter', () => {
    const kalman = { drift: 1e-7, noise: 0.25 };
    const columns = kalmanHedge(pair, kalman);
    expect(analyzePair(pair, { method: 'kalman', window: 40, kalman }).hedge).toEqual({
      ...last(columns),
      ratioError: columns.ratioError.at(-1),
      interceptError: columns.interceptError.at(-1),
      logLikelihood: columns.logLikelihood,
    });
  });
});

describe('analyzePair with a fitted filter', () => {
  it('takes the drift and the noise under which the history is likeliest', () => {
    const { drift, noise, logLikelihood } = kalmanFit(pair);
    const analysis = analyzePair(pair, { method: 'kalman', window: 40, kalman: 'fitted' });
    expect(analysis.ratio).toBe(last(kalmanHedge(pair, { drift, noise })).ratio);
    expect(analysis.hedge.logLikelihood).toBeCloseTo(logLikelihood, 8);
  });

  it('is not for other methods', () => {
    const wrong = { method: 'ols', window: 40, kalman: 'fitted' } as const;
    expect(() => analyzePair(pair, wrong)).toThrow("kalman is for the method 'kalman', received 'ols'");
  });
});

describe('PairMonitor by every method', () => {
  /** The hedge shown at each time. */
  const shown = (method: HedgeMethod, more: object = {}): readonly Hedge[] =>
    monitorPair({ time, ...pair }, { method, window: 20, hedgeWindow: 60, ...more });

  it.each(['huber', 'theil-sen', 'siegel', 'total-least-squares'] as const)(
    '%s: is fitted to each window',
    (method) => {
      const readings = shown(method);
      expect(readings[58]!.ratio).toBeNaN();
      for (const end of [60, 61, 150, 300]) {
        const legs = { y: pair.y.slice(end - 60, end), x: pair.x.slice(end - 60, end) };
        const { ratio, intercept } = whole[method](legs);
        // The order in the window may differ, and with it the last digits of sums.
        expect(readings[end - 1]!.ratio).toBeCloseTo(ratio, 9);
        expect(readings[end - 1]!.intercept).toBeCloseTo(intercept, 6);
      }
    },
  );

  it('stands between refreshes', () => {
    const [each, tenth] = [shown('theil-sen'), shown('theil-sen', { refresh: 10 })];
    tenth.forEach(({ ratio }, i) => {
      const fitted = i < 59 ? i : i - ((i - 59) % 10);
      expect(ratio).toBe(each[fitted]!.ratio);
    });
  });

  it('is the live class of the methods that have one', () => {
    const rolling = rollingOls(pair, { window: 60 });
    const kalman = new KalmanHedge(chan);
    const recursive = new RecursiveOls({ forgetting: 1 - 1 / 60 });
    const fading = new ExponentialOls({ span: 60 });
    const [a, b, c] = [shown('ols'), shown('kalman'), shown('recursive-ols')];
    const d = shown('exponential-ols');
    for (let i = 0; i < 300; i++) {
      const legs = { y: pair.y[i]!, x: pair.x[i]! };
      expect(a[i]!.ratio).toBe(rolling.ratio[i]);
      expect(b[i]!.ratio).toBe(kalman.push(legs).ratio);
      expect(c[i]!.ratio).toBe(recursive.push(legs).ratio);
      expect(d[i]!.ratio).toBe(fading.push(legs).ratio);
    }
  });

  it.each(methods)('%s: goes on over a missing price, a halt and a spike', (method) => {
    const monitor = new PairMonitor({ method, window: 5, hedgeWindow: 12 });
    for (let i = 0; i < 120; i++) {
      const y = i === 30 ? NaN : i === 60 ? 1e12 : 10 + 2 * Math.sin(i) + Math.sin(i * i);
      monitor.push({ time: i, y, x: i > 80 && i < 100 ? 7 : i === 50 ? Infinity : 5 + Math.sin(i) });
    }
    expect(Number.isFinite(monitor.value.ratio)).toBe(true);
    expect(Number.isFinite(monitor.value.zScore)).toBe(true);
  });

  it.each([
    [{ method: 'ols', refresh: 5 }, "refresh is for methods fitted anew, 'ols' is not"],
    [{ method: 'huber', refresh: 0 }, 'refresh must be a positive integer, received 0'],
    [{ method: 'ols', kalman: chan }, "kalman is for the method 'kalman', received 'ols'"],
    [
      { method: 'kalman', kalman: { ...chan, noise: 0 } },
      'kalman: noise must be a positive number, received 0',
    ],
    [{ method: 'kalman', kalman: { ...chan, initial: {} } }, 'kalman: unknown option initial'],
  ])('refuses %o', (wrong, message) => {
    expect(() => new PairMonitor({ window: 5, ...wrong } as never)).toThrow(message);
  });
});
