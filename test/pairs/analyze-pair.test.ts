import fc from 'fast-check';
import {
  type AnalyzePairOptions,
  adf,
  analyzePair,
  bands,
  cointegratedPair,
  halfLife,
  monitorPair,
  ols,
  PairMonitor,
  rollingCorrelation,
  spreads,
  zScore,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

const pair = cointegratedPair({ observations: 1000, ratio: 1.5, intercept: 4, halfLife: 8, seed: 3 });
const options: AnalyzePairOptions<'ols'> = { method: 'ols', window: 50 };

describe('analyzePair', () => {
  it('is its parts put together', () => {
    const analysis = analyzePair(pair, options);
    const hedge = ols(pair);
    const spread = spreads(pair, hedge);
    expect(analysis.hedge).toEqual(hedge);
    expect(analysis).toMatchObject({ method: 'ols', prices: 'raw', observations: 1000 });
    expect([analysis.ratio, analysis.intercept]).toEqual([hedge.ratio, hedge.intercept]);
    expect(analysis.spread).toEqual(spread);
    expect(analysis.zScore).toEqual(zScore(spread, { window: 50 }));
    expect(analysis.correlation).toEqual(rollingCorrelation(pair, { window: 50 }));
    expect(analysis.position).toEqual(bands(analysis.zScore, { enter: 2, exit: 0 }));
    expect(analysis.adf).toEqual(adf(spread));
    expect(analysis.halfLife).toBe(halfLife(spread));
  });

  it('finds the ratio, the pull and the verdict that the pair was made with', () => {
    const { ratio, hedge, adf, halfLife } = analyzePair(pair, options);
    expect(Math.abs(ratio - 1.5)).toBeLessThan(6 * hedge.ratioError);
    expect(adf.pValue).toBeLessThan(0.01);
    expect(halfLife).toBeGreaterThan(4);
    expect(halfLife).toBeLessThan(16);
  });

  it('works in logarithms where asked', () => {
    const logs = { y: Array.from(pair.y, Math.log), x: Array.from(pair.x, Math.log) };
    const analysis = analyzePair(pair, { ...options, prices: 'log' });
    expect(analysis.spread).toEqual(analyzePair(logs, options).spread);
  });

  it('hands the lag rule and the bands on', () => {
    const analysis = analyzePair(pair, { ...options, lags: 3, trend: 'none', enter: 1, exit: 0.5, stop: 3 });
    expect(analysis.adf).toEqual(adf(analysis.spread, { lags: 3, trend: 'none' }));
    expect(analysis.position).toEqual(bands(analysis.zScore, { enter: 1, exit: 0.5, stop: 3 }));
  });

  it('names the price that has no logarithm', () => {
    const y = [...pair.y];
    y[17] = -36.98;
    expect(() => analyzePair({ y, x: pair.x }, { ...options, prices: 'log' })).toThrow(
      "analyzePair: prices 'log' need positive prices, y[17] is -36.98",
    );
    expect(analyzePair({ y, x: pair.x }, options).spread).toHaveLength(1000);
  });

  it.each([
    [
      { ...options, method: 'olss' },
      /method must be one of 'ols', 'huber', .* received 'olss'; did you mean ols\?$/,
    ],
    [{ ...options, window: 1 }, 'window must be an integer of at least 2, received 1'],
    [{ ...options, enter: 1, exit: 1 }, 'exit must be below enter of 1, received 1'],
    [{ ...options, windw: 5 }, 'unknown option windw; did you mean window?'],
    [
      { ...options, prices: 'logs' },
      "prices must be one of 'raw', 'log', received 'logs'; did you mean log?",
    ],
  ])('refuses %o', (wrong, message) => {
    expect(() => analyzePair(pair, wrong as never)).toThrow(
      message instanceof RegExp ? message : `analyzePair: ${message}`,
    );
  });

  it('refuses a spread that is only rounding', () => {
    const line = { y: Array.from(pair.x, (x) => 1.1 * x + 3.3), x: pair.x };
    expect(() => analyzePair(line, options)).toThrow('analyzePair: the legs lie on one line');
    expect(() => analyzePair({ y: pair.x, x: pair.x }, options)).toThrow(
      'analyzePair: the legs lie on one line',
    );
  });

  it('refuses legs that cannot be judged', () => {
    expect(() => analyzePair({ y: [1, 2], x: [1, 2] }, options)).toThrow(
      'analyzePair: needs at least 10 observations',
    );
    expect(() => analyzePair({ y: pair.y, x: pair.x.slice(1) }, options)).toThrow(
      /columns must have one length/,
    );
    expect(() => analyzePair({ y: pair.y.map(() => NaN), x: pair.x }, options)).toThrow(
      'analyzePair: y[0] is NaN',
    );
    expect(() => analyzePair({ y: pair.y, x: pair.x.map(() => 5) }, options)).toThrow(/^ols: /);
  });
});

describe('PairMonitor', () => {
  it('shows the columns of analyzePair, bit for bit, when given its hedge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 60 }), (seed, window) => {
        const legs = cointegratedPair({ observations: 150, ratio: 1.2, halfLife: 5, seed });
        const time = legs.y.map((_, i) => i * 60_000);
        const analysis = analyzePair(legs, { method: 'ols', window });
        const { ratio, intercept } = analysis;
        const readings = monitorPair(
          { time, ...legs },
          { method: 'ols', window, hedge: { ratio, intercept } },
        );
        readings.forEach((reading, i) => {
          expect(reading.spread).toBe(analysis.spread[i]);
          expect(reading.zScore).toBe(analysis.zScore[i]);
          expect(reading.correlation).toBe(analysis.correlation[i]);
          expect(reading.position).toBe(analysis.position[i]);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('knows nothing of the future', () => {
    const time = pair.y.map((_, i) => i);
    const live = { method: 'ols', window: 20, hedgeWindow: 80, test: { window: 100, every: 10 } } as const;
    const all = monitorPair({ time, ...pair }, live);
    const half = { time: time.slice(0, 200), y: pair.y.slice(0, 200), x: pair.x.slice(0, 200) };
    expect(monitorPair(half, live)).toEqual(all.slice(0, 200));
  });

  it('tests the last spreads every so often, and keeps the verdict in between', () => {
    const time = pair.y.map((_, i) => i);
    const hedge = { ratio: 1.5, intercept: 4 };
    const readings = monitorPair(
      { time, ...pair },
      { method: 'ols', window: 20, hedge, test: { window: 100, every: 50, lags: 1 } },
    );
    const spread = readings.map((reading) => reading.spread);
    expect(readings[98]!.adf).toBeNull();
    expect(readings[99]!.adf).toEqual(adf(spread.slice(0, 100), { lags: 1 }));
    expect(readings[148]!.adf).toEqual(readings[99]!.adf);
    expect(readings[149]!.adf).toEqual(adf(spread.slice(50, 150), { lags: 1 }));
    expect(readings[149]!.halfLife).toBe(halfLife(spread.slice(50, 150)));
  });

  it('goes on over a flat spread, a missing price and a price without a logarithm', () => {
    const flat = { time: new Array(60).fill(0), y: new Array(60).fill(5), x: new Array(60).fill(2) };
    const test = { window: 20, every: 1 };
    const readings = monitorPair(flat, { method: 'ols', window: 5, hedge: { ratio: 1, intercept: 0 }, test });
    expect(readings.at(-1)).toMatchObject({
      spread: 3,
      zScore: NaN,
      correlation: NaN,
      position: 0,
      adf: null,
    });
    const y = [1, 2, NaN, -4, 3];
    const logs = monitorPair(
      { time: y, y, x: [1, 1, 1, 1, 1] },
      { method: 'ols', window: 2, prices: 'log', hedge: { ratio: 1, intercept: 0 } },
    );
    expect(logs.map((reading) => reading.spread)).toEqual([0, Math.log(2), NaN, NaN, Math.log(3)]);
  });

  it.each([0, NaN, false, ''])('refuses a test that is %o', (test) => {
    const options = { method: 'ols', window: 5, test } as never;
    expect(() => new PairMonitor(options)).toThrow('PairMonitor test: options must be an object');
  });

  it('keeps its options to itself', () => {
    const hedge = { ...ols(pair) };
    const options = { method: 'ols', window: 20, hedge, test: { window: 30, every: 5 } } as const;
    const monitor = new PairMonitor(options);
    Object.assign(hedge, { ratio: 99 });
    Object.assign(options.test, { every: 1 });
    expect(monitor.push({ time: 0, y: pair.y[0]!, x: pair.x[0]! }).ratio).toBe(ols(pair).ratio);
    expect(JSON.stringify(monitor.snapshot()).length).toBeLessThan(3000);
    expect(Object.isFrozen(new PairMonitor(options).value)).toBe(true);
  });

  it.each([
    [{ trend: 'c' }, 'adf: trend must be one of'],
    [{ lags: 1, maxLags: 3 }, 'adf: maxLags'],
    [{ maxLags: 30 }, 'test cannot be made of a window of 20: adf:'],
    [{ lags: null }, 'PairMonitor test: lags must have a value or be left out, received null'],
    [{ evry: 1 }, 'PairMonitor test: unknown option evry; did you mean every?'],
  ])('refuses a live test with %o at the door', (wrong, message) => {
    const test = { window: 20, every: 1, ...wrong } as never;
    expect(() => new PairMonitor({ method: 'ols', window: 5, test })).toThrow(message);
  });

  it.each([
    [{ method: 'ols' }, 'window must be an integer of at least 2, received undefined'],
    [
      { method: 'ols', window: 5, hedgeWindow: 1 },
      'hedgeWindow must be an integer of at least 2, received 1',
    ],
    [
      { method: 'ols', window: 5, hedge: { ratio: NaN, intercept: 0 } },
      'hedge.ratio must be a finite number, received NaN',
    ],
    [
      { method: 'ols', window: 5, test: { every: 5 } },
      'test.window must be an integer of at least 20, received undefined',
    ],
    [{ method: 'ols', window: 5, hedge: 0 }, 'hedge must be an object, received 0'],
    [{ method: 'ols', window: 5, hedge: NaN }, 'hedge must be an object, received NaN'],
    [{ method: 'ols', window: 5, hedge: null }, 'hedge must have a value or be left out, received null'],
    [{ method: 'ols', window: 5, test: null }, 'test must have a value or be left out, received null'],
    [{ method: 'ols', window: 5, hedgWindow: 9 }, 'unknown option hedgWindow; did you mean hedgeWindow?'],
  ])('refuses %o', (wrong, message) => {
    expect(() => monitorPair({ time: [], y: [], x: [] }, wrong as never)).toThrow(`PairMonitor: ${message}`);
  });
});
