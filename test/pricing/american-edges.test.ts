import fc from 'fast-check';
import { type AmericanTerms, american, blackScholes } from 'hedgerow';
import { describe, expect, it } from 'vitest';

type Plain = Required<Omit<AmericanTerms, 'method' | 'steps' | 'dividends'>>;

const of = (
  type: 'call' | 'put',
  spot: number,
  years: number,
  rate: number,
  dividendYield: number,
  volatility: number,
): Plain => ({ type, spot, strike: 100, years, rate, dividendYield, volatility });

const GREEKS = ['delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'dividendRho'] as const;

const intrinsic = ({ type, spot, strike }: Plain): number =>
  type === 'call' ? spot - strike : strike - spot;

describe('the flat triggers of Bjerksund and Stensland', () => {
  const low = [
    of('call', 100, 10, 0.03, 0.1, 0.1),
    of('call', 100, 3, -0.01, 0.03, 0.02),
    of('put', 100, 10, 0.01, -0.01, 0.02),
    of('put', 99.99755410053992, 1e-4, 0.02192470505833626, 0.02192470505833626, 0.001),
  ];
  it.each(low)('are not worth less than waiting: %o', (terms) => {
    for (const method of ['bjerksund-stensland', 'bjerksund-stensland-1993'] as const) {
      const { price, delta } = american({ ...terms, method });
      expect(price).toBeGreaterThanOrEqual(blackScholes(terms).price);
      expect(delta).toBeCloseTo(blackScholes(terms).delta, 2);
    }
  });

  const edge = [
    of('call', 101, 10, -0.01, 0, 0.2),
    of('put', 101, 7 / 365, 0, -0.01, 0.2),
    of('put', 130, 1, 1e-5, -0.0209, 0.2),
    of('put', 80, 3, 0, -0.01, 0.8),
    of('call', 100, 1, -0.01, 0, 0.8),
  ];
  it.each(edge)('have Greeks where one of rate and yield is nothing: %o', (terms) => {
    const exact = american({ ...terms, method: 'leisen-reimer', steps: 301 });
    for (const method of ['bjerksund-stensland', 'bjerksund-stensland-1993'] as const) {
      const value = american({ ...terms, method });
      expect(value.price).toBeLessThan(exact.price + 1e-3);
      expect(value.price).toBeGreaterThan(0.98 * exact.price);
      expect(value.delta).toBeCloseTo(exact.delta, 1);
      for (const name of GREEKS) expect(value[name]).not.toBeNaN();
    }
  });
});

describe('the integral', () => {
  it('meets the moment at which drift carries the spot to the boundary', () => {
    // A put that is sure to be exercised before it expires is the perpetual one: Merton (1973), K/(1 − β) (S/B)^β
    const perpetual = ({ spot, rate, dividendYield, volatility }: Plain): number => {
      const variance = volatility ** 2;
      const a = (rate - dividendYield) / variance - 0.5;
      const power = (-2 * rate) / variance / (Math.sqrt(a * a + (2 * rate) / variance) - a);
      return (100 / (1 - power)) * ((spot * (1 - 1 / power)) / 100) ** power;
    };
    const certain = [
      of('put', 100, 30, 0.03, 0.15, 0.01),
      of('put', 130, 30, 0.03, 0.15, 0.01),
      of('put', 150, 30, 0.03, 0.15, 0.02),
      of('put', 130, 30, 0.03, 0.15, 0.03),
      of('put', 145.7528, 50, 0.03024, 0.156, 0.0266),
      of('put', 100, 50, 0.1138, 0.1867, 1e-6),
      of('put', 100, 50, 0.1138, 0.1867, 1e-4),
    ];
    for (const terms of certain) {
      expect(Math.abs(american(terms).price - perpetual(terms))).toBeLessThan(1e-8);
      expect(american(terms).theta).toBeCloseTo(0, 8);
    }
    // σ = 0.05 leaves a chance that it is not: by composite quadrature of the equation, 48.65602462
    expect(american(of('put', 150, 30, 0.03, 0.15, 0.05)).price).toBeCloseTo(48.65602462, 7);
  });

  it('takes no false root for the boundary', () => {
    // 23.735826 by 64 points of the boundary as by 10
    const { price, criticalSpot } = american(of('call', 24, 10, -0.05, 0, 1.8));
    expect(price).toBeCloseTo(23.735826, 5);
    expect(criticalSpot).toBeGreaterThan(1e9);
  });

  it('has all Greeks where one of rate and yield is nothing', () => {
    const call = american(of('call', 105, 30, -0.01, 0, 0.8));
    const put = american(of('put', 120, 30, 0, -0.01, 0.8));
    expect(call.dividendRho).toBeCloseTo(-2152.32, 2);
    expect(put.rho).toBeCloseTo(-2071.797, 2);
    const { dividendRho } = american(of('call', 24, 10, -0.05, 0, 1.8));
    expect(Number.isFinite(dividendRho)).toBe(true);
    const more = american({ ...of('call', 105, 30, -0.01, 0, 0.8), dividendYield: 1e-8 });
    expect((more.price - call.price) / 1e-8).toBeCloseTo(call.dividendRho, -1);
  });

  it('has limits where volatility is next to nothing, or all there is', () => {
    const { price, delta } = american(of('call', 100, 1, 0, 0.19227, 1e-4));
    // the perpetual call: K/(β − 1) (S/B)^β, whose trigger lies K/(β − 1) above the strike, β = 38 454 001
    expect(price).toBeCloseTo(100 / 38_454_000 / Math.E, 11);
    expect(delta).toBeCloseTo(1 / Math.E, 4);
    expect(american(of('call', 100, 1, 0.05, 0.02, 1e6))).toMatchObject({ price: 100, delta: 1, gamma: 0 });
    expect(american(of('put', 80, 1, 0.05, 0.02, 1e6))).toMatchObject({ price: 100, delta: 0 });
  });

  it('gains digits with steps, to the last allowed', () => {
    const put = of('put', 100, 1, 0.05, 0.05, 0.25);
    const error = (steps: number): number =>
      Math.abs(american({ ...put, steps }).earlyExercisePremium - 0.106952702747);
    expect(error(8)).toBeGreaterThan(error(16));
    for (const steps of [24, 32, 40, 48]) expect(error(steps)).toBeLessThan(3e-12);
    expect(() => american({ ...put, steps: 49 })).toThrow('american: steps must be at most 48, received 49');
    expect(() => american({ ...put, method: 'binomial', steps: 10_001 })).toThrow(
      'american: steps must be at most 10000, received 10001',
    );
  });
});

describe('a tree of what is certain', () => {
  const call = { ...of('call', 100, 1, 0.05, 0, 1e-6), strike: 95, dividends: [{ years: 0.5, amount: 5 }] };

  it('is exercised the moment before the dividend', () => {
    // 100 − 95 e^(−0.05/2)
    const limit = 100 - 95 * Math.exp(-0.025);
    const { price, delta, rho } = american({ ...call, method: 'leisen-reimer', steps: 501 });
    expect(price).toBeCloseTo(limit, 12);
    expect(delta).toBe(1);
    expect(rho).toBeCloseTo(0.5 * 95 * Math.exp(-0.025), 10);
    for (const method of ['binomial', 'leisen-reimer'] as const) {
      expect(american({ ...call, volatility: 0, method }).price).toBeCloseTo(limit, 12);
    }
    // 501 steps that do not meet the dividend's date
    expect(american({ ...call, volatility: 0.02, method: 'leisen-reimer' }).price).toBeCloseTo(limit, 1);
  });

  it('waits with a put until the dividend is paid', () => {
    const put = { ...call, type: 'put', strike: 105, volatility: 0 } as const;
    const limit = 105 * Math.exp(-0.025) + 5 * Math.exp(-0.025) - 100;
    expect(american({ ...put, method: 'binomial' }).price).toBeCloseTo(limit, 12);
  });

  it('is intrinsic value when no time is left, and when the spot is nothing', () => {
    for (const method of ['binomial', 'leisen-reimer'] as const) {
      expect(american({ ...call, years: 0, method }).price).toBe(5);
      expect(american({ ...call, spot: 0, dividends: [], method }).price).toBe(0);
      expect(() => american({ ...call, spot: 0, method })).toThrow(/dividends must be worth less/);
    }
  });

  it('says what is wrong with a dividend', () => {
    const given = (dividends: unknown): (() => unknown) => {
      return () => american({ ...call, method: 'binomial', dividends } as never);
    };
    expect(given({ length: 1, 0: null })).toThrow('american: dividends[0] must be an object, received null');
    expect(given([{ years: 1, amount: 2, ammount: 3 }])).toThrow(
      /american: dividends\[0\]: unknown option ammount/,
    );
    expect(given(3)).toThrow(/dividends must be an array/);
  });
});

describe('every American option', () => {
  const number = (min: number, max: number): fc.Arbitrary<number> =>
    fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
  const sized = (min: number, max: number): fc.Arbitrary<number> =>
    number(Math.log(min), Math.log(max)).map(Math.exp);
  const wide = fc.record({
    type: fc.constantFrom('call' as const, 'put' as const),
    spot: sized(20, 500),
    strike: fc.constant(100),
    years: sized(1e-4, 50),
    rate: fc.oneof(number(-0.05, 0.2), fc.constantFrom(0, 0.02)),
    dividendYield: fc.oneof(number(-0.05, 0.2), fc.constantFrom(0, 0.02)),
    volatility: sized(1e-3, 2),
  });

  it('is worth at least the European option and what exercise brings', () => {
    const methods = [
      'integral',
      'barone-adesi-whaley',
      'bjerksund-stensland',
      'bjerksund-stensland-1993',
    ] as const;
    fc.assert(
      fc.property(wide, fc.constantFrom(...methods), (terms, method) => {
        try {
          const value = american({ ...terms, method });
          expect(value.price).toBeGreaterThanOrEqual(blackScholes(terms).price);
          expect(value.price).toBeGreaterThanOrEqual(intrinsic(terms));
          for (const name of GREEKS) expect([name, Number.isFinite(value[name])]).toEqual([name, true]);
        } catch (error) {
          // two boundaries, or none that a method can follow
          if ((error as Error).name !== 'OptionError') throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
