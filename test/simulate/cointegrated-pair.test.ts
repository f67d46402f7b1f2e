import { cointegratedPair, halfLife, OptionError, ols } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const truth = {
  observations: 20_000,
  ratio: 1.5,
  intercept: -20,
  halfLife: 8,
  spreadDeviation: 0.4,
  start: 80,
  volatilityPerObservation: 0.004,
};

describe('cointegratedPair', () => {
  it('gives back its ratio, intercept and half-life', () => {
    const pair = cointegratedPair({ ...truth, seed: 6 });
    const fit = ols(pair);
    // The spread remembers, so the errors of ols are too small by about √((1+φ)/(1−φ)).
    const kept = 2 ** (-1 / truth.halfLife);
    const stretch = 5 * Math.sqrt((1 + kept) / (1 - kept));
    expect(Math.abs(fit.ratio - 1.5)).toBeLessThan(stretch * fit.ratioError);
    expect(Math.abs(fit.intercept + 20)).toBeLessThan(stretch * fit.interceptError);
    const spread = pair.y.map((y, i) => y - truth.intercept - truth.ratio * pair.x[i]!);
    const measured = 2 ** (-1 / halfLife(spread));
    expect(Math.abs(measured - kept)).toBeLessThan(5 * Math.sqrt((1 - kept ** 2) / truth.observations));
  });

  it('lets x wander with the volatility asked for', () => {
    const { x } = cointegratedPair({ ...truth, seed: 6 });
    let squares = 0;
    for (let i = 1; i < x.length; i++) squares += Math.log(x[i]! / x[i - 1]!) ** 2;
    const variance = squares / (x.length - 1);
    expect(Math.abs(variance / 0.004 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / x.length));
    expect(x[0]).toBe(80);
  });

  it('repeats a seed and tells seeds apart', () => {
    const pair = (seed: number) => cointegratedPair({ ...truth, observations: 30, seed });
    expect(pair(2)).toEqual(pair(2));
    expect(pair(2).x[5]).not.toBe(pair(3).x[5]);
    expect(pair(2).y).toHaveLength(30);
  });

  it('refuses what it cannot use', () => {
    const broken = [
      { observations: 1.5 },
      { ratio: NaN },
      { intercept: Infinity },
      { halfLife: -1 },
      { spreadDeviation: 0 },
      { start: 0 },
      { volatilityPerObservation: -0.1 },
      { seed: NaN },
      { deviation: 1 },
    ];
    for (const change of broken) {
      expect(() => cointegratedPair({ ...truth, seed: 1, ...change })).toThrow(OptionError);
    }
  });
});
