import { correlation, engleGranger, halfLife, type ScreenedPair, screenPairs } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { dataFolder, readColumns } from '../support/market-data.js';

type Panel = Record<string, Float64Array>;

/** 100 stocks of the S&P 500, 945 days. */
function stocks(): Panel {
  const { Date: dates, ...table } = readColumns('equities/sp100_daily_2017_2020.csv.gz');
  expect(dates!.length).toBe(945);
  return Object.fromEntries(
    Object.entries(table).map(([name, texts]) => [name, Float64Array.from(texts, Number)]),
  );
}

/** Daily closes of 50 coins over the days of all, NaN before a coin was listed. */
function coins(): Panel {
  const table = readColumns('crypto/klines_1d_spot_50pairs_2018_2026.csv.gz');
  const days = [...new Set(table['open_time'])].sort();
  const at = new Map(days.map((day, t) => [day, t]));
  const panel: Panel = {};
  table['symbol']!.forEach((symbol, i) => {
    panel[symbol] ??= new Float64Array(days.length).fill(NaN);
    panel[symbol][at.get(table['open_time']![i]!)!] = Number(table['close']![i]);
  });
  return panel;
}

/** Dow Jones members, empty before listing, with some holes. */
function dow(): Panel {
  const { Date: _, ...table } = readColumns('equities/dow30_daily_1962_2015.csv.gz');
  return Object.fromEntries(
    Object.entries(table).map(([name, texts]) => [
      name,
      Float64Array.from(texts, (text) => (text === '' ? NaN : Number(text))),
    ]),
  );
}

const every = (step: number, rows: readonly ScreenedPair[]): ScreenedPair[] =>
  rows.filter((_, i) => i % step === 0);

/** Fails unless the row is what the functions for one pair say of the logarithms. */
function expectOneByOne(panel: Panel, row: ScreenedPair, lags: 1 | 'aic'): void {
  const [ofY, ofX] = [panel[row.y]!, panel[row.x]!];
  const there = Array.from(ofY.keys()).filter((t) => !Number.isNaN(ofY[t]! + ofX[t]!));
  const legs = { y: there.map((t) => Math.log(ofY[t]!)), x: there.map((t) => Math.log(ofX[t]!)) };
  const test = engleGranger(legs, { lags });
  expect(row.observations).toBe(there.length);
  expect(row.lags).toBe(test.lags);
  expectNear(row.ratio, test.ratio, 1e-9, 'ratio');
  expectNear(row.statistic, test.statistic, 1e-9, 'statistic');
  expectNear(row.pValue, test.pValue, 1e-8, 'pValue');
  expectNear(row.halfLife, halfLife(test.residuals), 1e-9, 'halfLife');
  expectNear(row.correlation, correlation(legs), 1e-11, 'correlation');
}

describe.skipIf(!dataFolder)('100 stocks, every pair', () => {
  it('are 4,950 rows, each what the functions for one pair say', () => {
    const panel = stocks();
    const screen = screenPairs(panel, { prices: 'log' });
    expect([screen.pairs.length, screen.tested, screen.failed]).toEqual([4950, 4950, 0]);
    for (const row of every(23, screen.pairs)) expectOneByOne(panel, row, 1);
    // statsmodels 0.15 coint(maxlag=1, autolag=None) of the same logarithms.
    const [best] = screen.pairs;
    expect([best!.y, best!.x]).toEqual(['ANTM', 'BDX']);
    expectNear(best!.statistic, -5.095180351361604, 1e-9, 'statistic');
    expectNear(best!.pValue, 0.00010962093260178948, 1e-9, 'pValue');
  });

  it('have no pair that survives the count of pairs tried', () => {
    const screen = screenPairs(stocks(), { prices: 'log' });
    expect(screen.pairs.filter(({ pValue }) => pValue < 0.05).length).toBeGreaterThan(100);
    expect(screen.selected).toEqual([]);
  });
});

describe.skipIf(!dataFolder)('50 coins listed at different times', () => {
  it('begin with the wrapped copies: the same coin under two names', () => {
    const panel = coins();
    expect(Object.keys(panel).length).toBe(50);
    const screen = screenPairs(panel, { prices: 'log', minimum: 250 });
    expect([screen.tested, screen.failed]).toEqual([741, 484]);
    // statsmodels 0.15 coint(maxlag=1, autolag=None) of the logarithms on the days that both have.
    const [first] = screen.selected;
    expect([first!.y, first!.x, first!.observations]).toEqual(['BTCUSDT', 'WBTCUSDT', 981]);
    expectNear(first!.statistic, -12.31555885016685, 1e-9, 'statistic');
    expectNear(first!.pValue, 7.70379183387218e-22, 1e-9, 'pValue');
    expect(Math.abs(first!.ratio - 1)).toBeLessThan(0.001);
    expect(first!.halfLife).toBeLessThan(1);
  });

  it('move with their copies more than with anything else, also where interest is paid into the copy', () => {
    // Staked coins gain on the coin year by year: their returns are one, their prices drift apart.
    const { pairs } = screenPairs(coins(), { prices: 'log', minimum: 250 });
    const alike = pairs
      .filter(({ reason }) => reason === undefined)
      .sort((a, b) => b.changeCorrelation - a.changeCorrelation)
      .slice(0, 3);
    expect(alike.map(({ y, x }) => [y, x].sort().join(' ')).sort()).toEqual([
      'BNSOLUSDT SOLUSDT',
      'BTCUSDT WBTCUSDT',
      'ETHUSDT WBETHUSDT',
    ]);
    for (const { changeCorrelation } of alike) expect(changeCorrelation).toBeGreaterThan(0.998);
    const staked = alike.find(({ y }) => y === 'ETHUSDT')!;
    expectNear(staked.statistic, -1.168785164911174, 1e-9, 'statistic');
    expectNear(staked.changeCorrelation, 0.9983201825707659, 1e-12, 'changeCorrelation');
  });

  it('are each compared over what they have in common', () => {
    const panel = coins();
    const { pairs } = screenPairs(panel, { prices: 'log', lags: 'aic', minimum: 100 });
    expect(pairs.length).toBe(1225);
    const young = pairs.filter(({ reason }) => reason === 'too-short');
    expect(pairs.filter(({ reason }) => reason !== undefined)).toEqual(young);
    for (const { observations } of young) expect(observations).toBeLessThan(100);
    const tested = pairs.filter(({ reason }) => reason === undefined);
    for (const row of every(23, tested)) expectOneByOne(panel, row, 'aic');
  });
});

describe.skipIf(!dataFolder)('30 stocks with holes in their history', () => {
  it('are refused where a day is missing inside, and tested over the other days when told to', () => {
    const panel = dow();
    const refused = screenPairs(panel, { prices: 'log' });
    const dropped = screenPairs(panel, { prices: 'log', missing: 'drop' });
    expect(refused.pairs.length).toBe(435);
    expect(refused.failed).toBeGreaterThan(0);
    expect(new Set(refused.pairs.map(({ reason }) => reason))).toEqual(new Set([undefined, 'not-finite']));
    expect(dropped.failed).toBe(0);
    for (const row of every(40, dropped.pairs)) expectOneByOne(panel, row, 1);
  });
});
