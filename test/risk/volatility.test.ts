import fc from 'fast-check';
import {
  EwmaVolatility,
  ewmaVolatility,
  Garch,
  garch,
  garchVolatility,
  Random,
  rangeVolatility,
  rollingRangeVolatility,
  valueAtRisk,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { garchLikelihood, garchLogLikelihood } from '../../src/risk/garch-likelihood.js';
import { thrown } from '../support/pairs.js';

/** Returns of a GARCH(1,1) with long-run variance 1. */
function simulated(length: number, seed: number): number[] {
  const random = new Random(seed);
  const model = new Garch({ mean: 0, omega: 0.05, alpha: 0.1, beta: 0.85 });
  let volatility = 1;
  return Array.from({ length }, () => {
    const r = 0.05 + volatility * random.normal();
    volatility = model.push(r - 0.05);
    return r;
  });
}

describe('ewmaVolatility', () => {
  it('is the recursion of RiskMetrics', () => {
    // RiskMetrics Technical Document (1996), eq. 5.3.
    const volatility = ewmaVolatility([0.01, 0.02, -0.03], { decay: 0.94 });
    const second = 0.94 * 0.0001 + 0.06 * 0.0004;
    expect(volatility[1]).toBeCloseTo(Math.sqrt(second), 16);
    expect(volatility[2]).toBeCloseTo(Math.sqrt(0.94 * second + 0.06 * 0.0009), 16);
  });

  it('passes over what is missing', () => {
    const live = new EwmaVolatility();
    expect(live.push(NaN)).toBeNaN();
    expect(live.ready).toBe(false);
    const one = live.push(0.02);
    expect(live.push(NaN)).toBe(one);
    expect(live.push(Infinity)).toBe(one);
  });

  it('refuses a decay of 1 and a negative variance', () => {
    expect(thrown(() => ewmaVolatility([1], { decay: 1 })).message).toContain('below 1, received 1');
    expect(thrown(() => ewmaVolatility([1], { initialVariance: -1 })).message).toContain(
      'must not be negative',
    );
  });
});

describe('garch', () => {
  it('has derivatives that the likelihood confirms', () => {
    const returns = Float64Array.from(simulated(300, 4));
    const at = [0.03, 0.06, 0.12, 0.8];
    for (const backcast of [undefined, 1.3]) {
      const here = garchLikelihood(returns, at as never, backcast);
      expect(here.logLikelihood).toBeCloseTo(garchLogLikelihood(returns, at as never, backcast), 9);
      at.forEach((value, i) => {
        const step = 1e-5;
        const moved = (by: number): never => at.map((x, j) => (j === i ? value + by : x)) as never;
        const slope =
          (garchLogLikelihood(returns, moved(step), backcast) -
            garchLogLikelihood(returns, moved(-step), backcast)) /
          (2 * step);
        expect(Math.abs(here.score[i]! / slope - 1)).toBeLessThan(1e-5);
        const up = garchLikelihood(returns, moved(step), backcast).score;
        const down = garchLikelihood(returns, moved(-step), backcast).score;
        for (let j = 0; j < 4; j++) {
          const bend = -(up[j]! - down[j]!) / (2 * step);
          expect(Math.abs(here.hessian[4 * i + j]! - bend)).toBeLessThan(1e-5 * (Math.abs(bend) + 1));
        }
      });
    }
  });

  it('ends where the likelihood is flat', () => {
    for (const seed of [1, 2, 3]) {
      const returns = Float64Array.from(simulated(1200, seed));
      const { mean, omega, alpha, beta, converged, errors } = garch(returns);
      expect(converged).toBe(true);
      const { score } = garchLikelihood(returns, [mean, omega, alpha, beta], undefined);
      const scale = [errors.mean, errors.omega, errors.alpha, errors.beta];
      // In standard errors: a step of the search would move a parameter by less than this share of its own error.
      score.forEach((slope, i) => {
        expect(Math.abs(slope * scale[i]!)).toBeLessThan(1e-6);
      });
    }
  });

  it('finds what made the returns, within its errors', () => {
    const { mean, alpha, beta, errors, persistence, longRunVariance } = garch(simulated(8000, 9));
    expect(Math.abs(mean - 0.05)).toBeLessThan(4 * errors.mean);
    expect(Math.abs(alpha - 0.1)).toBeLessThan(4 * errors.alpha);
    expect(Math.abs(beta - 0.85)).toBeLessThan(4 * errors.beta);
    expect(persistence).toBe(alpha + beta);
    expect(longRunVariance).toBeGreaterThan(0.7);
  });

  it('hands over to the live form bit for bit but for the scale of the search', () => {
    const returns = simulated(500, 5);
    const fit = garch(returns);
    const { mean, omega, alpha, beta } = fit;
    const initialVariance = fit.volatility[0]! ** 2;
    const live = garchVolatility(returns, { mean, omega, alpha, beta, initialVariance });
    expect(live.at(-1)! / fit.nextVolatility).toBeCloseTo(1, 12);
    expect(live[100]! / fit.volatility[101]!).toBeCloseTo(1, 12);
  });

  it('does not mind the units', () => {
    const returns = simulated(600, 6);
    const one = garch(returns);
    const small = garch(returns.map((r) => r / 1024));
    expect(small.alpha).toBeCloseTo(one.alpha, 10);
    expect(small.omega * 1024 ** 2).toBeCloseTo(one.omega, 10);
    expect(small.logLikelihood - 600 * Math.log(1024)).toBeCloseTo(one.logLikelihood, 7);
  });

  it('with a target has the sample variance in the long run', () => {
    const returns = simulated(900, 8);
    const { longRunVariance, mean, errors } = garch(returns, { varianceTargeting: true });
    const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 900;
    expect(longRunVariance).toBeCloseTo(variance, 8);
    expect(errors.omega).toBeNaN();
    expect(errors.alpha).toBeGreaterThan(0);
    expect(garch(returns, { mean: 'zero' }).mean).toBe(0);
  });

  it('stays stationary and finite on any returns that vary', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 10, maxLength: 80 }), (moves) => {
        if (new Set(moves).size < 2) return;
        const fit = garch(moves.map((move) => move / 1000));
        expect(fit.omega).toBeGreaterThan(0);
        expect(fit.alpha).toBeGreaterThanOrEqual(0);
        expect(fit.beta).toBeGreaterThanOrEqual(0);
        expect(fit.persistence).toBeLessThan(1);
        expect(Number.isFinite(fit.logLikelihood)).toBe(true);
        expect(fit.nextVolatility).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the best of the edge where volatility never comes back', () => {
    const random = new Random(10);
    let variance = 1;
    const returns = Float64Array.from({ length: 500 }, () => {
      const r = Math.sqrt(variance) * random.normal();
      variance = 0.02 + 0.15 * r * r + 0.849 * variance;
      return r;
    });
    const { converged, persistence, mean, omega, alpha, beta, errors, logLikelihood } = garch(returns);
    expect(converged).toBe(true);
    expect(persistence).toBeCloseTo(1, 7);
    expect(errors.alpha).toBeNaN();
    for (const step of [-1e-3, 1e-3]) {
      const along = [mean, omega, alpha + step, beta - step] as const;
      const inside = [mean, omega, alpha - 1e-3, beta] as const;
      expect(garchLogLikelihood(returns, along, undefined)).toBeLessThan(logLikelihood);
      expect(garchLogLikelihood(returns, inside, undefined)).toBeLessThan(logLikelihood);
    }
  });

  it('refuses what has no volatility, and parameters of no GARCH', () => {
    expect(thrown(() => garch(new Array<number>(50).fill(0.01)))).toMatchObject({ reason: 'degenerate' });
    expect(thrown(() => garch([0.01, 0.02])).message).toBe(
      'garch: needs at least 10 observations, received 2',
    );
    expect(thrown(() => new Garch({ mean: 0, omega: 1, alpha: 0.5, beta: 0.5 })).message).toContain(
      'sum to below 1',
    );
  });

  it('drives value at risk up in a storm, where the plain sample sleeps', () => {
    const random = new Random(12);
    const calm = Array.from({ length: 500 }, () => 0.005 * random.normal());
    const storm = [...calm, ...Array.from({ length: 20 }, () => 0.03 * random.normal())];
    for (const method of ['garch', 'filtered', 'ewma'] as const) {
      const options = { confidence: 0.99, method };
      expect(valueAtRisk(storm, options)).toBeGreaterThan(1.5 * valueAtRisk(calm, options));
    }
    expect(valueAtRisk(storm, { confidence: 0.99, method: 'filtered', filter: 'ewma' })).toBeGreaterThan(
      0.02,
    );
  });
});

describe('rangeVolatility', () => {
  const bars = { open: [100, 100], high: [110, 105], low: [100, 95], close: [105, 100] };

  it('is what the papers say of one bar', () => {
    const one = { open: [100], high: [110], low: [100], close: [105] };
    const range = Math.log(1.1);
    expect(rangeVolatility(one, { method: 'parkinson' })).toBeCloseTo(range / Math.sqrt(4 * Math.LN2), 15);
    expect(rangeVolatility(one, { method: 'garman-klass' }) ** 2).toBeCloseTo(
      0.5 * range ** 2 - (2 * Math.LN2 - 1) * Math.log(1.05) ** 2,
      15,
    );
    expect(rangeVolatility(one, { method: 'rogers-satchell' }) ** 2).toBeCloseTo(
      Math.log(110 / 105) * Math.log(1.1),
      15,
    );
  });

  it('refuses a high below its low; live, it is no number', () => {
    const turned = { ...bars, high: [110, 90], low: [100, 95] };
    expect(thrown(() => rangeVolatility(turned, { method: 'parkinson' })).message).toBe(
      'rangeVolatility: high[1] is 90, below low[1] of 95',
    );
    const rolling = rollingRangeVolatility(turned, { method: 'parkinson', window: 1 });
    expect(rolling[0]).toBeGreaterThan(0);
    expect(rolling[1]).toBeNaN();
    const misspelt = { method: 'parkinson', windw: 2 } as never;
    expect(thrown(() => rollingRangeVolatility(bars, misspelt)).message).toContain(
      'rollingRangeVolatility: unknown option windw',
    );
  });

  it('refuses a price of 0 and too few bars', () => {
    const broken = { ...bars, low: [100, 0] };
    expect(thrown(() => rangeVolatility(broken, { method: 'parkinson' })).message).toBe(
      'rangeVolatility: low[1] must be above 0, received 0',
    );
    expect(thrown(() => rangeVolatility(bars, { method: 'yang-zhang' })).message).toContain('at least 3');
  });
});
