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
