import fc from 'fast-check';
import {
  calmar,
  maxDrawdown,
  omega,
  Performance,
  type PerformanceReading,
  performance,
  sharpe,
  sortino,
  VersusBenchmark,
  versusBenchmark,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

const returns = fc.array(
  fc.integer({ min: -4000, max: 5000 }).map((points) => points / 10_000),
  { minLength: 1, maxLength: 60 },
);
const options = { periodsPerYear: 252, riskFreeRate: 0.02, threshold: 0.001 };

describe('performance', () => {
  it('reads what can be worked out by hand', () => {
    const reading = performance([0.5, -0.5, 0.2, -0.2], { periodsPerYear: 4 });
    expect(reading.totalReturn).toBeCloseTo(1.5 * 0.5 * 1.2 * 0.8 - 1, 12);
    expect(reading.cagr).toBeCloseTo(reading.totalReturn, 12);
    expect(reading.maxDrawdown).toBeCloseTo(1 - 0.5 * 1.2 * 0.8, 12);
    expect(reading.longestDrawdown).toBe(3);
    expect(reading.winRate).toBe(0.5);
    expect(reading.profitFactor).toBe(1);
    expect(reading.sharpe).toBeCloseTo(0, 12);
    expect(reading.sortino).toBeCloseTo(0, 12);
    expect(reading.best).toBe(0.5);
  });

  it('live is the whole series, bit for bit, after every return', () => {
    fc.assert(
      fc.property(returns, (series) => {
        const live = new Performance(options);
        series.forEach((r, i) => {
          expect(live.push(r)).toEqual(performance(series.slice(0, i + 1), options));
        });
      }),
    );
  });

  it('does not depend on the unit of Sharpe, Sortino and Omega', () => {
    fc.assert(
      fc.property(returns, fc.double({ min: 0.1, max: 1, noNaN: true }), (series, scale) => {
        const [one, other] = [series, series.map((r) => r * scale)].map((all) =>
          performance(all, { periodsPerYear: 12 }),
        ) as [PerformanceReading, PerformanceReading];
        for (const name of ['sharpe', 'sortino', 'omega', 'winRate', 'tailRatio'] as const) {
          if (Number.isFinite(one[name]) && Math.abs(one[name]) > 1e-6 && Math.abs(one[name]) < 1e6) {
            expect(other[name] / one[name]).toBeCloseTo(1, 6);
          }
        }
      }),
    );
  });

  it('says the same as its single ratios', () => {
    fc.assert(
      fc.property(returns, (series) => {
        const plain = { periodsPerYear: 52, riskFreeRate: 0.01 };
        const reading = performance(series, plain);
        if (series.length > 1) expect(sharpe(series, plain)).toBe(reading.sharpe);
        expect(sortino(series, plain)).toBe(reading.sortino);
        expect(calmar(series, { periodsPerYear: 52 })).toBe(reading.calmar);
        expect(omega(series)).toBe(reading.omega);
        expect(maxDrawdown(series)).toBe(reading.maxDrawdown);
      }),
    );
  });

  it('has no ratio where there is nothing to divide by', () => {
    const flat = performance([0.01, 0.01, 0.01], { periodsPerYear: 12 });
    expect(flat.volatility).toBe(0);
    expect(flat.sharpe).toBeNaN();
    expect(flat.sortino).toBeNaN();
    expect(flat.calmar).toBeNaN();
    expect(flat.omega).toBeNaN();
    expect(flat.profitFactor).toBeNaN();
    expect(performance([0.01], { periodsPerYear: 12 }).volatility).toBeNaN();
  });

  it('does not let what is lost grow again', () => {
    const gone = performance([0.1, -1, 5], { periodsPerYear: 252 });
    expect([gone.totalReturn, gone.cagr, gone.maxDrawdown]).toEqual([-1, -1, 1]);
    const owed = performance([0, -1.5, -2], { periodsPerYear: 6 });
    expect([owed.totalReturn, owed.cagr, owed.maxDrawdown]).toEqual([-1.5, NaN, 1.5]);
  });

  it('refuses what it cannot judge', () => {
    expect(() => performance([], options)).toThrow('performance: needs at least 1 observations, received 0');
    expect(() => performance([0.1, NaN], options)).toThrow('performance: returns[1] is NaN');
    expect(() => performance([0.1], {} as never)).toThrow('periodsPerYear must be a positive number');
    expect(() => performance([0.1], { periodsPerYear: 12, riskfreeRate: 0 } as never)).toThrow(
      'did you mean',
    );
    expect(() => sharpe([0.1], { periodsPerYear: 12 })).toThrow('needs at least 2');
    expect(() => performance(null as never, options)).toThrow('returns must be an array');
    expect(() => omega([0.1], { threshold: NaN })).toThrow('threshold');
  });
});

describe('versusBenchmark', () => {
  it('finds nothing beside itself', () => {
    const y = [0.01, -0.02, 0.03, 0.005];
    const versus = versusBenchmark({ y, x: y }, { periodsPerYear: 12 });
    expect(versus.beta).toBeCloseTo(1, 12);
    expect(versus.alpha).toBeCloseTo(0, 12);
    expect(versus.trackingError).toBe(0);
    expect(versus.informationRatio).toBeNaN();
    expect(versus.upCapture).toBe(1);
    expect(versus.downCapture).toBe(1);
  });

  it('live is the whole series, bit for bit', () => {
    fc.assert(
      fc.property(returns, (series) => {
        const x = series.map((r, i) => r * (i % 3) - 0.01);
        const live = new VersusBenchmark({ periodsPerYear: 12 });
        series.forEach((y, i) => {
          live.push({ y, x: x[i]! });
        });
        expect(live.value).toEqual(versusBenchmark({ y: series, x }, { periodsPerYear: 12 }));
      }),
    );
  });

  it('refuses legs that do not fit', () => {
    expect(() => versusBenchmark({ y: [0.1], x: [] }, { periodsPerYear: 12 })).toThrow('one length');
    expect(() => versusBenchmark({ y: [0.1], x: [NaN] }, { periodsPerYear: 12 })).toThrow('x[0] is NaN');
  });
});
