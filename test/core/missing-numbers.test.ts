import {
  align,
  correlation,
  dropMissing,
  fillForward,
  leastSquares,
  mean,
  monitorPair,
  ols,
  Resampler,
  resample,
  rollingMean,
  rollingOls,
  tradeColumns,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

const wrong = (value: unknown): never => value as never;

describe('what is no number', () => {
  it('is missing in a series: JSON writes NaN as null', () => {
    expect(mean(wrong([1, null]))).toBeNaN();
    expect([...fillForward(wrong([1, null, 3, undefined]))]).toEqual([1, 1, 3, 3]);
    expect([...rollingMean(wrong([2, null, 4]), { window: 2, minimum: 1 })]).toEqual([2, 2, 4]);
    expect(dropMissing({ y: wrong([1, null, 3]), x: [4, 5, 6] })).toEqual({
      y: Float64Array.of(1, 3),
      x: Float64Array.of(4, 6),
    });
    expect(() => ols({ y: wrong([1, null, 3]), x: [1, 2, 3] })).toThrow('ols: y[1] is null');
  });

  it('is missing in a trade, live as whole', () => {
    const trades = [
      { time: 0, price: 10, quantity: 1 },
      { time: 1, price: wrong('9.5'), quantity: 2 },
      { time: 2, price: wrong(null), quantity: wrong('3') },
    ];
    const live = new Resampler({ every: '1s' });
    for (const trade of trades) expect(live.push(trade)).toEqual([]);
    const [bar] = live.flush();
    expect(bar).toEqual({ time: 0, open: 10, high: 10, low: 10, close: 10, volume: NaN, count: 3, vwap: 10 });
    expect(resample(trades, { every: '1s' }).low[0]).toBe(10);
    expect([...tradeColumns(wrong([null, undefined, {}])).price]).toEqual([NaN, NaN, NaN]);
  });

  it.each([
    ['correlation', () => correlation(wrong(undefined))],
    ['rollingOls', () => rollingOls(wrong(null), { window: 3 })],
    ['align', () => align(wrong(undefined), { how: 'exact' })],
    ['dropMissing', () => dropMissing(wrong(null))],
    ['tradeColumns', () => tradeColumns(wrong(5))],
    ['monitorPair', () => monitorPair(wrong(undefined), { method: 'ols', window: 5 })],
  ])('is refused by %s as its only input', (name, call) => {
    expect(call).toThrow(new RegExp(`^${name}: .*received`));
  });
});

it('a model of the mean alone explains nothing', () => {
  expect(leastSquares([], [1, 2, 4])).toMatchObject({ rSquared: 0, fStatistic: NaN, fPValue: NaN });
});
