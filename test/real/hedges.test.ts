import {
  adf,
  align,
  exponentialOls,
  huber,
  KalmanHedge,
  kalmanFit,
  kalmanHedge,
  kalmanSmoother,
  kpss,
  ols,
  recursiveOls,
  rollingOls,
  siegel,
  stationarity,
  theilSen,
  totalLeastSquares,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { dataFolder, readColumns } from '../support/market-data.js';

/** A daily price file as a timed series. */
function daily(path: string): { time: number[]; value: number[] } {
  const { Date: dates, Price: prices } = readColumns(path);
  return { time: dates!.map((date) => Date.parse(date)), value: prices!.map(Number) };
}

const nothing = { time: new Float64Array(), y: new Float64Array(), x: new Float64Array() };

describe.skipIf(!dataFolder)('Brent on WTI, EIA spot, 9,781 days, by every hedge', () => {
  const legs = dataFolder
    ? align({ y: daily('oil/brent_spot_daily.csv'), x: daily('oil/wti_spot_daily.csv') }, { how: 'exact' })
    : nothing;

  it('least squares, with and without regard to residuals that follow each other', () => {
    // statsmodels 0.15, OLS.fit() and get_robustcov_results('HAC', maxlags=20, use_correction=False).
    const line = ols(legs);
    expectNear(line.ratio, 1.1073981636651644, 1e-12);
    expectNear(line.ratioError, 0.001501636165816935, 1e-11);
    expectNear(line.interceptError, 0.08681067934418735, 1e-11);
    const robust = ols(legs, { neweyWest: 20 });
    expect(robust.ratio).toBe(line.ratio);
    expectNear(robust.ratioError, 0.009340299527705003, 1e-10);
    expectNear(robust.interceptError, 0.3187690016489965, 1e-10);
    // The legs spend years above and below their line: the plain error is six times too small.
    expect(robust.ratioError / line.ratioError).toBeGreaterThan(6);
  });

  it('Huber', () => {
    // statsmodels 0.15, RLM(HuberT(1.345)).fit(tol=1e-15, maxiter=2000).
    const line = huber(legs);
    expectNear(line.ratio, 1.095379612808911, 1e-10);
    expectNear(line.intercept, -3.3766983931115337, 1e-10);
    expectNear(line.ratioError, 0.0008645460320171641, 1e-9);
    expectNear(line.scale, 1.8407668670074016, 1e-10);
  });

  it('Theil–Sen and Siegel', () => {
    // scipy 1.17, theilslopes and siegelslopes.
    const line = theilSen(legs);
    expectNear(line.ratio, 1.0870522068712558, 1e-14);
    expectNear(line.lower, 1.0847940403155127, 1e-14);
    expectNear(line.upper, 1.089302769818529, 1e-14);
    expectNear(line.intercept, -3.5865888250397404, 1e-12);
    expectNear(siegel(legs).ratio, 1.076073227733977, 1e-14);
  });

  it('total and exponentially weighted least squares', () => {
    // The closed form in numpy; statsmodels 0.15, WLS with weights 0.5^(age/250).
    expectNear(totalLeastSquares(legs).ratio, 1.118415176121166, 1e-11);
    expectNear(totalLeastSquares(legs).intercept, -4.187866293073903, 1e-10);
    const fading = exponentialOls(legs, { halfLife: 250 });
    expectNear(fading.ratio.at(-1)!, 1.1281085681596978, 1e-11);
    expectNear(fading.intercept.at(-1)!, -4.47427467563867, 1e-10);
  });

  it('Kalman', () => {
    // The matrices of the textbook in numpy, the covariance in Joseph form.
    const initial = { ratio: 1, intercept: 0, covariance: 1 };
    const { ratio, intercept, ratioError, interceptError, logLikelihood } = kalmanHedge(legs, {
      drift: 1e-6,
      noise: 1,
      initial,
    });
    expectNear(ratio.at(-1)!, 1.0572801126592677, 1e-10);
    expectNear(intercept.at(-1)!, 2.341294459435847, 1e-9);
    expectNear(ratioError.at(-1)!, 0.0037110666067666246, 1e-9);
    expectNear(interceptError.at(-1)!, 0.12741405722820978, 1e-9);
    expectNear(logLikelihood, -20845.56232959323, 1e-11);
  });

  it('the fitted filter beats a fixed one, and the smoother is surer than it', () => {
    const fitted = kalmanFit(legs);
    const guessed = kalmanHedge(legs, { drift: 1e-6, noise: 1 });
    const { drift, noise } = fitted;
    const filtered = kalmanHedge(legs, { drift, noise });
    expect(fitted.logLikelihood).toBeGreaterThan(guessed.logLikelihood);
    expectNear(filtered.logLikelihood, fitted.logLikelihood, 1e-9);
    const smooth = kalmanSmoother(legs, { drift, noise });
    expect(smooth.ratioError[5000]!).toBeLessThan(filtered.ratioError[5000]!);
    expect(smooth.ratio.at(-1)).toBe(filtered.ratio.at(-1));
  });

  it('recursive least squares comes to least squares', () => {
    const { ratio, intercept } = recursiveOls(legs, { delta: 1e12 });
    const line = ols(legs);
    expectNear(ratio.at(-1)!, line.ratio, 1e-8);
    expectNear(intercept.at(-1)!, line.intercept, 1e-7);
  });
});

describe.skipIf(!dataFolder)('bitcoin in USDC on bitcoin in USDT, March 2023', () => {
  const closes = (symbol: string): Record<string, string[]> =>
    readColumns(`crypto/klines_1m_binanceus_${symbol}_202303.csv.gz`);
  const [usdc, usdt] = dataFolder ? [closes('BTCUSDC'), closes('BTCUSDT')] : [{}, {}];
  const day = (usdt['open_time'] ?? []).map((time) => time.slice(0, 10));
  const y = Float64Array.from(usdc['close'] ?? [], Number);
  const x = Float64Array.from(usdt['close'] ?? [], Number);
  const of = <Value>(series: ArrayLike<Value>, date: string): Value[] =>
    Array.from(series).filter((_, i) => day[i] === date);
  /** What one dollar token costs in the other. */
  const premium = y.map((price, i) => price - x[i]!);

  it('holds as one price before, and reaches 1.15 of it', () => {
    expect(day.length).toBe(30_240);
    const parity = y.map((price, i) => price / x[i]!);
    expect(Math.max(...of(parity, '2023-03-05'))).toBeLessThan(1.0015);
    expect(Math.max(...of(parity, '2023-03-11'))).toBeCloseTo(1.1504, 4);
  });

  it('is followed by tests: stationary, gone, and back', () => {
    // statsmodels 0.15, adfuller(autolag='AIC') and kpss(nlags='auto'), each day by itself.
    const figures = [
      ['2023-03-10', -0.6693071731099502, 0.8545403182485272, 1.736019951583267],
      ['2023-03-11', -1.8689643677484404, 0.3467990965917914, 1.7922768231819068],
      ['2023-03-12', 0.023399829126287842, 0.9604249819804225, 0.8650510458470794],
      ['2023-03-13', -2.3777121344517984, 0.14812605086781566, 3.204102045078966],
      ['2023-03-20', -5.354139912890767, 4.225342728345556e-6, 1.0625452863499256],
    ] as const;
    for (const [date, statistic, pValue, level] of figures) {
      const spread = of(premium, date);
      expectNear(adf(spread).statistic, statistic, 1e-9, `ADF ${date}`);
      expectNear(adf(spread).pValue, pValue, 1e-8, `p ${date}`);
      expectNear(kpss(spread).statistic, level, 1e-9, `KPSS ${date}`);
    }
    expect(stationarity(of(premium, '2023-03-05')).verdict).toBe('stationary');
    expect(stationarity(of(premium, '2023-03-12')).verdict).toBe('unit-root');
    expect(stationarity(of(premium, '2023-03-11')).verdict).not.toBe('stationary');
  });

  it('breaks every rolling ratio, which recovers when the day has left the window', () => {
    const { ratio } = rollingOls({ y, x }, { window: 1440 });
    const last = (date: string): number => ratio[day.lastIndexOf(date)]!;
    for (const date of ['2023-03-05', '2023-03-14', '2023-03-20']) {
      expect(Math.abs(last(date) - 1)).toBeLessThan(0.005);
    }
    expect(last('2023-03-11')).toBeLessThan(-3);
    // statsmodels 0.15, OLS on the 1,440 minutes of each day.
    expectNear(last('2023-03-05'), 0.99715008, 1e-8);
    expectNear(last('2023-03-11'), -3.28802263, 1e-8);
    // One pass over the window alone gives the same: nothing of the break is left in the sums.
    const end = day.lastIndexOf('2023-03-20') + 1;
    expectNear(
      last('2023-03-20'),
      ols({ y: y.slice(end - 1440, end), x: x.slice(end - 1440, end) }).ratio,
      1e-11,
    );
  });

  it('is news to the filter: innovations of a kind it holds impossible, then calm', () => {
    // One for one at the start and no money between; a ratio that moves by about 0.4 % a day, ten dollars of noise.
    const filter = new KalmanHedge({
      drift: [
        [1e-8, 0],
        [0, 0],
      ],
      noise: 100,
      initial: { ratio: 1, intercept: 0, covariance: 0 },
    });
    const surprise = new Float64Array(y.length);
    const ratio = new Float64Array(y.length);
    for (let i = 0; i < y.length; i++) {
      const { innovation, innovationDeviation, ratio: now } = filter.push({ y: y[i]!, x: x[i]! });
      surprise[i] = Math.abs(innovation) / innovationDeviation;
      ratio[i] = now;
    }
    const most = (date: string): number => Math.max(...of(surprise, date));
    expect(most('2023-03-05')).toBeLessThan(4);
    expect(most('2023-03-11')).toBeGreaterThan(8);
    expect(most('2023-03-18')).toBeLessThan(most('2023-03-11') / 2);
    // It follows: at the worst minute the ratio has gone most of the way, and it is back within days.
    expect(Math.max(...of(ratio, '2023-03-11'))).toBeGreaterThan(1.1);
    expect(Math.abs(ratio[day.lastIndexOf('2023-03-20')]! - 1)).toBeLessThan(0.02);
  });
});
