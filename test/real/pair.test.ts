import { align, analyzePair, DataError, PairMonitor, resample } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { dataFolder, readColumns } from '../support/market-data.js';

/** A daily price file as a timed series. */
function daily(path: string): { time: number[]; value: number[] } {
  const { Date: dates, Price: prices } = readColumns(path);
  return { time: dates!.map((date) => Date.parse(date)), value: prices!.map(Number) };
}

/** The closes of one-second bars of a tape, the last price carried through seconds without trades. */
function closes(path: string) {
  const { price, qty, time_ms } = readColumns(path);
  const trades = { time: time_ms!.map(Number), price: price!.map(Number), quantity: qty!.map(Number) };
  const bars = resample(trades, { every: '1s', gaps: 'flat' });
  return { bars, timed: { time: bars.time, value: bars.close } };
}

describe.skipIf(!dataFolder)('Brent on WTI, EIA spot', () => {
  // Every figure: statsmodels 0.15 OLS and adfuller(autolag='AIC'), pandas rolling, on an exact join of the dates.
  const all = dataFolder
    ? align({ y: daily('oil/brent_spot_daily.csv'), x: daily('oil/wti_spot_daily.csv') }, { how: 'exact' })
    : { time: new Float64Array(), y: new Float64Array(), x: new Float64Array() };
  const between = (from: string, to: string): { y: Float64Array; x: Float64Array } => {
    const kept = (_: number, i: number): boolean =>
      all.time[i]! >= Date.parse(from) && all.time[i]! <= Date.parse(to);
    return { y: all.y.filter(kept), x: all.x.filter(kept) };
  };

  it('the whole history', () => {
    const analysis = analyzePair(all, { method: 'ols', window: 60 });
    expect(analysis.observations).toBe(9781);
    expectNear(analysis.ratio, 1.10739816367, 1e-11);
    expectNear(analysis.intercept, -3.63964642832, 1e-11);
    expectNear(analysis.hedge.rSquared, 0.9823365078, 1e-10);
    expectNear(analysis.adf.statistic, -5.13305089244, 1e-11);
    expect(analysis.adf).toMatchObject({ lags: 33, observations: 9747 });
    expectNear(analysis.adf.pValue, 1.2025093927788118e-5, 1e-10);
    expectNear(analysis.halfLife, 13.469832294138952, 1e-10);
    expectNear(analysis.zScore.at(-1)!, 1.3149775941067203, 1e-10);
  });

  it('2015 to 2019', () => {
    const analysis = analyzePair(between('2015-01-01', '2019-12-31'), { method: 'ols', window: 60 });
    expect(analysis.observations).toBe(1247);
    expectNear(analysis.ratio, 1.19024366155, 1e-11);
    expectNear(analysis.adf.statistic, -3.91187188495, 1e-11);
    expect(analysis.adf.lags).toBe(3);
    expectNear(analysis.adf.pValue, 0.0019491931469462962, 1e-10);
    expectNear(analysis.halfLife, 7.951477286485098, 1e-10);
  });

  it('the day of the negative price has a spread and no logarithm', () => {
    const day = all.time.indexOf(Date.parse('2020-04-20'));
    expect(all.x[day]).toBe(-36.98);
    const { spread, zScore } = analyzePair(all, { method: 'ols', window: 60 });
    expect(Number.isFinite(spread[day]) && Number.isFinite(zScore[day])).toBe(true);
    const log = (): unknown => analyzePair(all, { method: 'ols', window: 60, prices: 'log' });
    expect(log).toThrow(DataError);
    expect(log).toThrow(`analyzePair: prices 'log' need positive prices, x[${day}] is -36.98`);
  });

  it('live, a restart in the middle changes nothing', () => {
    const options = {
      method: 'ols',
      window: 60,
      hedgeWindow: 250,
      test: { window: 250, every: 100 },
    } as const;
    const straight = new PairMonitor(options);
    let restarted = new PairMonitor(options);
    for (let i = 0; i < 3000; i++) {
      const now = { time: all.time[i]!, y: all.y[i]!, x: all.x[i]! };
      const reading = straight.push(now);
      if (i % 700 === 699) restarted = PairMonitor.from(JSON.parse(JSON.stringify(restarted.snapshot())));
      expect(restarted.push(now)).toEqual(reading);
    }
    expect(straight.value.adf).not.toBeNull();
  });
});

describe.skipIf(!dataFolder)('ETH on BTC, Binance spot ticks of 2024-08-08', () => {
  it('from ticks to the verdict', () => {
    const btc = closes('crypto/trades_spot_BTCUSDT_20240808.csv.gz');
    const eth = closes('crypto/trades_spot_ETHUSDT_20240808.csv.gz');
    expect([btc.bars.time.length, btc.bars.count.filter((count) => count === 0).length]).toEqual([651, 6]);
    expect([eth.bars.time.length, eth.bars.count.filter((count) => count === 0).length]).toEqual([651, 41]);
    const { ratio, intercept, adf } = analyzePair(align({ y: eth.timed, x: btc.timed }, { how: 'exact' }), {
      method: 'ols',
      window: 60,
    });
    expectNear(ratio, 0.0273290561949, 1e-11);
    expectNear(intercept, 994.756256553, 1e-11);
    expectNear(adf.statistic, -2.39036105854, 1e-11);
    expect(adf.lags).toBe(1);
    expectNear(adf.pValue, 0.14447543067721114, 1e-10);
  });
});
