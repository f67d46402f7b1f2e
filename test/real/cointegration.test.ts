import { engleGranger, johansen } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { dataFolder, readColumns } from '../support/market-data.js';

interface Legs {
  readonly y: number[];
  readonly x: number[];
}

/** Two columns of one file between two days. */
function columns(path: string, y: string, x: string, from = '0', to = '9'): Legs {
  const table = readColumns(path);
  const rows = table['Date']!.flatMap((date, i) => (date >= from && date <= to ? [i] : []));
  return { y: rows.map((i) => Number(table[y]![i])), x: rows.map((i) => Number(table[x]![i])) };
}

/** Adjusted closes of gold and gold miners on the days both have. */
function gold(from: string, to: string): Legs {
  const table = readColumns('equities/etf_13_daily_to_2018.csv.gz');
  const closes = (symbol: string): Map<string, number> =>
    new Map(
      table['Date']!.flatMap((date, i) =>
        table['symbol']![i] === symbol && date >= from && date <= to
          ? [[date, Number(table['Adj Close']![i])] as const]
          : [],
      ),
    );
  const miners = closes('GDX');
  const days = [...closes('GLD')].filter(([date]) => miners.has(date)).sort(([a], [b]) => (a < b ? -1 : 1));
  return { y: days.map(([, price]) => price), x: days.map(([date]) => miners.get(date)!) };
}

interface Figures {
  readonly length: number;
  readonly hedge: readonly [ratio: number, intercept: number];
  readonly statistic: number;
  readonly pValue: number;
  readonly lags: number;
  readonly eigenvalues: readonly number[];
  readonly traces: readonly number[];
  readonly rank: number;
}

// Figures: statsmodels 0.15 OLS, coint(autolag='aic') and coint_johansen(det_order=0, k_ar_diff=1) on the same prices.
function expectFigures({ y, x }: Legs, figures: Figures): void {
  expect(y.length).toBe(figures.length);
  const test = engleGranger({ y, x });
  expectNear(test.ratio, figures.hedge[0], 1e-10, 'ratio');
  expectNear(test.intercept, figures.hedge[1], 1e-10, 'intercept');
  expectNear(test.statistic, figures.statistic, 1e-9, 'statistic');
  expectNear(test.pValue, figures.pValue, 1e-9, 'pValue');
  expect(test.lags).toBe(figures.lags);
  const system = johansen([y, x], { trend: 'constant', lags: 1 });
  figures.eigenvalues.forEach((value, r) => {
    expectNear(system.eigenvalues[r]!, value, 1e-9, `eigenvalues[${r}]`);
  });
  figures.traces.forEach((value, r) => {
    expectNear(system.traceStatistics[r]!, value, 1e-9, `traceStatistics[${r}]`);
  });
  expect(system.rank).toBe(figures.rank);
}

describe.skipIf(!dataFolder)('pairs of the textbooks', () => {
  it('Coca-Cola and Pepsi, 2002 to 2012: correlated, and nothing holds them together', () => {
    const path = 'equities/sp500_20stocks_daily_1990_2022.csv.gz';
    expectFigures(columns(path, 'KO', 'PEP', '2002-01-01', '2012-12-31'), {
      length: 2769,
      hedge: [0.4824995999361859, -1.795371786150314],
      statistic: -1.5580461558633312,
      pValue: 0.738268136706103,
      lags: 10,
      eigenvalues: [0.001812533160524485, 4.6049803386837354e-5],
      traces: [5.147252674710622, 0.12742273988999012],
      rank: 0,
    });
  });

  it('Australia and Canada, 2006 to 2012: Johansen sees what Engle–Granger nearly does', () => {
    const legs = columns('equities/ewa_ewc_daily_2006_2012.csv', 'EWA', 'EWC');
    expectFigures(legs, {
      length: 1500,
      hedge: [0.9526600515607522, -4.432392188678164],
      statistic: -3.063528097618722,
      pValue: 0.09586561374353186,
      lags: 10,
      eigenvalues: [0.01062437165286736, 0.00265518785659586],
      traces: [19.983218693377797, 3.9827612418145235],
      rank: 2,
    });
    const turned = engleGranger({ y: legs.x, x: legs.y });
    expectNear(turned.statistic, -3.2219406801515014, 1e-9, 'statistic');
    expect(turned.lags).toBe(3);
  });

  it('gold and gold miners, to November 2007: held together', () => {
    expectFigures(gold('2006-05-23', '2007-11-30'), {
      length: 385,
      hedge: [1.4934785433109758, 10.15570257550068],
      statistic: -3.6977801204512666,
      pValue: 0.018446154848954188,
      lags: 0,
      eigenvalues: [0.044814787946869244, 0.0008494038755147704],
      traces: [17.886016814679188, 0.32545992736021895],
      rank: 1,
    });
  });

  it('gold and gold miners, to 2018: no longer', () => {
    expectFigures(gold('2006-05-22', '2018-12-31'), {
      length: 2965,
      hedge: [0.6162108231250587, 93.67665418814067],
      statistic: -1.6312299254228737,
      pValue: 0.707529856679153,
      lags: 1,
      eigenvalues: [0.003017714329616523, 0.0011678413283634803],
      traces: [12.417342169188013, 3.462335979205332],
      rank: 0,
    });
  });
});
