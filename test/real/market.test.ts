import {
  align,
  type BarSource,
  barRows,
  DataError,
  dollarBars,
  logReturns,
  Resampler,
  resample,
  resampleBars,
  simpleReturns,
  type TradeColumns,
  tickBars,
  tradeRows,
  volumeBars,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { dataFolder, readColumns } from '../support/market-data.js';

const numbers = (text: readonly string[]): Float64Array =>
  Float64Array.from(text, (x) => (x === '' ? NaN : Number(x)));
const sum = (series: Float64Array): number => series.reduce((a, b) => a + b, 0);

function tape(path: string): TradeColumns {
  const { time_ms, price, qty } = readColumns(path);
  return { time: numbers(time_ms!), price: numbers(price!), quantity: numbers(qty!) };
}

function klines(path: string): BarSource {
  const columns = readColumns(path);
  const { open, high, low, close, volume, num_trades, qav } = columns;
  const bars = {
    time: Float64Array.from(columns['open_time']!, (text) => Date.parse(text.replace(' ', 'T'))),
    open: numbers(open!),
    high: numbers(high!),
    low: numbers(low!),
    close: numbers(close!),
    volume: numbers(volume!),
  };
  if (!num_trades || !qav) return bars;
  const vwap = numbers(qav).map((money, i) => money / bars.volume[i]!);
  return { ...bars, count: numbers(num_trades), vwap };
}

describe.skipIf(!dataFolder)('Binance spot trades, 8 August 2024', () => {
  // Counts of the data's own description; volumes summed in exact decimal arithmetic.
  const spot = [
    { symbol: 'BTCUSDT', trades: 19_904, silent: 6, volume: 437.91552 },
    { symbol: 'ETHUSDT', trades: 14_515, silent: 41 },
  ];
  for (const { symbol, trades, silent, volume } of spot) {
    const path = `crypto/trades_spot_${symbol}_20240808.csv.gz`;

    it(`${symbol}: 651 seconds, ${silent} of them without a trade`, () => {
      const bars = resample(tape(path), { every: '1s' });
      const flat = resample(tape(path), { every: '1s', gaps: 'flat' });
      expect(flat.time).toHaveLength(651);
      expect(bars.time).toHaveLength(651 - silent);
      expect(flat.count.filter((count) => count === 0)).toHaveLength(silent);
      expect(sum(bars.count)).toBe(trades);
      if (volume) expect(sum(bars.volume)).toBeCloseTo(volume, 9);
      for (const { open, high, low, close, vwap } of barRows(flat)) {
        for (const inner of [open, close, vwap]) expect(low <= inner && inner <= high).toBe(true);
      }
    });

    it(`${symbol}: the same bars live, with and without waiting`, () => {
      const columns = tape(path);
      for (const lateness of [0, '5s'] as const) {
        const live = new Resampler({ every: '1s', gaps: 'flat', lateness });
        const bars = [...[...tradeRows(columns)].flatMap((trade) => live.push(trade)), ...live.flush()];
        expect(bars).toEqual(barRows(resample(columns, { every: '1s', gaps: 'flat' })));
        expect(live.late).toBe(0);
      }
    });

    it(`${symbol}: minutes of seconds are minutes of trades`, () => {
      const columns = tape(path);
      const direct = resample(columns, { every: '1m' });
      const nested = resampleBars(resample(columns, { every: '1s', gaps: 'flat' }), { every: '1m' });
      for (const name of ['time', 'open', 'high', 'low', 'close', 'count'] as const) {
        expect(nested[name]).toEqual(direct[name]);
      }
      for (let i = 0; i < direct.time.length; i++) {
        expect(Math.abs(nested.volume[i]! / direct.volume[i]! - 1)).toBeLessThan(1e-13);
        expect(Math.abs(nested.vwap[i]! / direct.vwap[i]! - 1)).toBeLessThan(1e-13);
      }
    });

    it(`${symbol}: bars by activity hold every trade`, () => {
      const columns = tape(path);
      const ticks = tickBars(columns, { size: 100 });
      expect(ticks.time).toHaveLength(Math.ceil(trades / 100));
      for (const bars of [ticks, volumeBars(columns, { size: 5 }), dollarBars(columns, { size: 250_000 })]) {
        expect(sum(bars.count)).toBe(trades);
        expect(sum(bars.volume)).toBeCloseTo(sum(columns.quantity), 8);
      }
    });
  }

  it('puts both coins on one clock without looking ahead', () => {
    const [btc, eth] = spot.map(({ symbol }) => tape(`crypto/trades_spot_${symbol}_20240808.csv.gz`));
    const legs = { y: { time: eth!.time, value: eth!.price }, x: { time: btc!.time, value: btc!.price } };
    const distinct = new Set([...eth!.time, ...btc!.time]).size;
    const all = align(legs, { how: 'previous' });
    const both = align(legs, { how: 'exact' });
    const later = Math.max(eth!.time[0]!, btc!.time[0]!);
    const alone = new Set([...eth!.time, ...btc!.time].filter((time) => time < later)).size;
    expect(all.time).toHaveLength(distinct - alone);
    expect(both.time).toHaveLength(new Set(eth!.time).size + new Set(btc!.time).size - distinct);
    expect(align(legs, { how: 'previous', tolerance: '1s' }).time.length).toBeLessThan(all.time.length);
  });
});

describe.skipIf(!dataFolder)('published bars', () => {
  it('one-minute klines of 30 October 2025 add up to the published day', () => {
    const minutes = klines('crypto/klines_1m_spot_BTCUSDT_20251029.csv.gz');
    const days = resampleBars(minutes, { every: '1d' });
    const daily = readColumns('crypto/klines_1d_spot_50pairs_2018_2026.csv.gz');
    const start = Date.UTC(2025, 9, 30);
    const ours = days.time.indexOf(start);
    const theirs = daily['symbol']!.findIndex(
      (symbol, i) => symbol === 'BTCUSDT' && daily['open_time']![i]!.startsWith('2025-10-30'),
    );
    for (const name of ['open', 'high', 'low', 'close'] as const) {
      expect(days[name][ours]).toBe(Number(daily[name]![theirs]));
    }
    expect(days.volume[ours]).toBeCloseTo(Number(daily['volume']![theirs]), 6);
    expect(days.count[ours]).toBe(Number(daily['trades']![theirs]));
    const money = Number(daily['quote_asset_volume']![theirs]) / Number(daily['volume']![theirs]);
    expect(Math.abs(days.vwap[ours]! / money - 1)).toBeLessThan(1e-12);
  });

  it('hours of minutes make the same days as the minutes', () => {
    const minutes = klines('crypto/klines_1m_spot_ETHUSDT_20251029.csv.gz');
    const days = resampleBars(minutes, { every: '1d' });
    const stepwise = resampleBars(resampleBars(minutes, { every: '1h' }), { every: '1d' });
    for (const name of ['time', 'open', 'high', 'low', 'close', 'count'] as const) {
      expect(stepwise[name]).toEqual(days[name]);
    }
  });

  it('minutes filled with flat candles count as silence', () => {
    const minutes = klines('crypto/klines_1m_binanceus_BTCUSDC_202303.csv.gz');
    const hours = resampleBars(minutes, { every: '1h' });
    expect(hours.time).toHaveLength(30_240 / 60);
    expect(hours.count.every(Number.isNaN)).toBe(true);
    const quiet = Array.from(minutes.volume!, (volume, i) => (volume === 0 ? i : -1)).filter((i) => i >= 0);
    expect(quiet).toHaveLength(12_971);
  });

  it('refuses the minutes of SPY, which repeat themselves and go back', () => {
    const { symbol, Datetime, Open, High, Low, Close, Volume } = readColumns(
      'equities/etf_1m_dec2019_jan2020.csv.gz',
    );
    const rows = symbol!.map((name, i) => (name === 'SPY' ? i : -1)).filter((i) => i >= 0);
    const pick = (column: string[]) => numbers(rows.map((i) => column[i]!));
    const time = Float64Array.from(rows, (i) => Date.parse(Datetime![i]!.replace(' ', 'T')));
    const bars = {
      time,
      open: pick(Open!),
      high: pick(High!),
      low: pick(Low!),
      close: pick(Close!),
      volume: pick(Volume!),
    };
    expect(() => resampleBars(bars, { every: '1h' })).toThrow(DataError);
    const tape = { time, price: bars.close, quantity: bars.volume };
    const hours = resample(tape, { every: '1h' });
    expect(sum(hours.count)).toBe(time.length);
    expect(hours.time.every((t, i) => i === 0 || t > hours.time[i - 1]!)).toBe(true);
  });

  it('WTI below zero has no return that means anything', () => {
    const prices = numbers(readColumns('oil/wti_spot_daily.csv')['Price']!);
    expect(() => logReturns(prices)).toThrow(`is ${Math.min(...prices)}`);
    expect(() => simpleReturns(prices)).toThrow(DataError);
    expect(logReturns(prices.subarray(0, 1000)).every(Number.isFinite)).toBe(true);
  });
});
