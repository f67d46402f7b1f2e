import {
  componentValueAtRisk,
  expectedShortfall,
  garch,
  ledoitWolf,
  replayScenario,
  simpleReturns,
  type TailMethod,
  trafficLight,
  valueAtRisk,
  varBacktest,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { dataFolder, readColumns } from '../support/market-data.js';

const confidence = 0.99;

// Figures computed beforehand with numpy, scipy, arch and scikit-learn on the same file.
describe.runIf(dataFolder)('twenty S&P names, 1990 to 2022', () => {
  const { Date: dates, ...columns } = dataFolder
    ? readColumns('equities/sp500_20stocks_daily_1990_2022.csv.gz')
    : { Date: [] as string[] };
  const names = Object.keys(columns);
  const prices = Object.values(columns).map((column) => Float64Array.from(column, Number));
  const returns = prices.map((series) => simpleReturns(series));
  /** Equal weights, set anew each day. */
  const equal = Float64Array.from(
    { length: dates!.length - 1 },
    (_, t) => returns.reduce((sum, series) => sum + series[t]!, 0) / names.length,
  );
  const placeOf = (date: string): number => dates!.findIndex((day) => day >= date) - 1;

  it('have the tail that numpy finds', () => {
    expect(equal.length).toBe(8312);
    expectNear(valueAtRisk(equal, { confidence }), 0.031381385448077274, 1e-12, 'historical');
    expectNear(expectedShortfall(equal, { confidence }), 0.04562169884749274, 1e-12, 'shortfall');
    expectNear(valueAtRisk(equal, { confidence, method: 'normal' }), 0.02701323406102088, 1e-12, 'normal');
  });

  it('have the waves that arch fits', () => {
    const percent = equal.map((r) => 100 * r);
    const mean = percent.reduce((a, b) => a + b, 0) / percent.length;
    const backcast = percent.reduce((sum, r) => sum + (r - mean) ** 2, 0) / percent.length;
    const fit = garch(percent, { backcast });
    expectNear(fit.logLikelihood, -11656.695937957986, 1e-9, 'logLikelihood');
    expectNear(fit.mean, 0.08703972297446114, 1e-4, 'mean');
    expectNear(fit.omega, 0.020093962361640606, 1e-4, 'omega');
    expectNear(fit.alpha, 0.09880308867504352, 1e-4, 'alpha');
    expectNear(fit.beta, 0.8865318163768191, 1e-4, 'beta');
  });

  it('have the shrunk covariances of scikit-learn, and parts that sum', () => {
    const { covariance, shrinkage } = ledoitWolf(returns);
    expectNear(shrinkage, 0.004896666830140248, 1e-10, 'shrinkage');
    expectNear(covariance.data[1]!, 0.0003480801995545736, 1e-11, 'covariance');
    const positions = names.map(() => 1 / names.length);
    const parts = componentValueAtRisk({ positions, covariance }, { confidence });
    expectNear(parts.valueAtRisk, 0.02769050163399376, 1e-11, 'valueAtRisk');
    expectNear(parts.component[1]!, 0.0023393700702853994, 1e-11, 'component');
    expectNear(
      parts.component.reduce((a, b) => a + b, 0),
      parts.valueAtRisk,
      1e-13,
      'sum',
    );
  });

  it('show through two crises which methods follow volatility and which do not', () => {
    const inYear = (year: number, method: TailMethod): number => {
      const [from, to] = [placeOf(`${year}-01-01`), placeOf(`${year + 1}-01-01`)];
      const test = varBacktest(equal.subarray(from - 500, to), { window: 500, confidence, method });
      expect(test.observations).toBe(253);
      return test.exceedances;
    };
    expect(inYear(2008, 'historical')).toBe(24);
    expect(inYear(2008, 'normal')).toBe(31);
    expect(inYear(2020, 'historical')).toBe(10);
    expect(inYear(2020, 'normal')).toBe(13);
    const light = (year: number, method: TailMethod): string =>
      trafficLight({ observations: 253, exceedances: inYear(year, method), confidence }).zone;
    expect(light(2008, 'historical')).toBe('red');
    expect(light(2008, 'student-t')).toBe('red');
    expect(light(2008, 'filtered')).not.toBe('red');
    expect(light(2020, 'filtered')).not.toBe('red');
  });

  it('lose again what they lost in October 2008 and March 2020', () => {
    const levels = Object.fromEntries(names.map((name, k) => [name, prices[k]!]));
    const value = (shock: { readonly [name: string]: number }): number =>
      names.reduce((sum, name) => sum + 50_000 * (1 + shock[name]!), 0);
    const again = (from: string, to: string): ReturnType<typeof replayScenario> =>
      replayScenario(value, levels, { from: dates!.indexOf(from), to: dates!.indexOf(to) });
    const october = again('2008-09-30', '2008-10-31');
    expectNear(october.loss, 135164.34629189633, 1e-9, 'loss');
    expectNear(october.worst.loss, 245757.52265780725, 1e-9, 'worst');
    expect(dates![october.worst.place]).toBe('2008-10-27');
    const march = again('2020-02-19', '2020-03-31');
    expectNear(march.loss, 217057.4476896322, 1e-9, 'loss');
    expectNear(march.worst.loss, 312393.04317775654, 1e-9, 'worst');
    expect(dates![march.worst.place]).toBe('2020-03-23');
  });
});
