import { adf, halfLife, ols } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { dataFolder, readColumns } from '../support/market-data.js';

/** Brent and WTI on the days both have, from a first to a last date. */
function oil(from: string, to: string): { y: number[]; x: number[] } {
  const read = (path: string): Map<string, number> => {
    const { Date: dates, Price: prices } = readColumns(path);
    return new Map(dates!.map((date, i) => [date, Number(prices![i])]));
  };
  const wti = read('oil/wti_spot_daily.csv');
  const days = [...read('oil/brent_spot_daily.csv')].filter(
    ([date]) => wti.has(date) && date >= from && date <= to,
  );
  return { y: days.map(([, price]) => price), x: days.map(([date]) => wti.get(date)!) };
}

const residualsOf = ({ y, x }: { y: number[]; x: number[] }): number[] => {
  const { ratio, intercept } = ols({ y, x });
  return y.map((price, i) => price - ratio * x[i]! - intercept);
};

// Figures computed beforehand with statsmodels on the same files.
describe.runIf(dataFolder)('Brent against WTI', () => {
  it('comes back over four decades', () => {
    const legs = oil('1900', '2100');
    expect(legs.y.length).toBe(9781);
    expectNear(ols(legs).ratio, 1.10739816367, 1e-11);
    expectNear(ols(legs).intercept, -3.63964642832, 1e-11);
    const residuals = residualsOf(legs);
    const { statistic, lags, observations, pValue } = adf(residuals);
    expectNear(statistic, -5.13305089244, 1e-11);
    expect({ lags, observations }).toEqual({ lags: 33, observations: 9747 });
    expectNear(pValue, 1.20251e-5, 1e-5);
    expectNear(halfLife(residuals), 13.469832, 1e-7);
  });

  it('comes back from 2015 to 2019', () => {
    const legs = oil('2015-01-01', '2019-12-31');
    expect(legs.y.length).toBe(1247);
    expectNear(ols(legs).ratio, 1.19024366155, 1e-11);
    const residuals = residualsOf(legs);
    const { statistic, lags, pValue } = adf(residuals);
    expectNear(statistic, -3.91187188495, 1e-11);
    expect(lags).toBe(3);
    expectNear(pValue, 0.00194919, 1e-5);
    expectNear(halfLife(residuals), 7.9514773, 1e-7);
  });
});
