import fc from 'fast-check';
import { american, blackScholes, exerciseBoundary } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const METHODS = [
  'integral',
  'binomial',
  'leisen-reimer',
  'barone-adesi-whaley',
  'bjerksund-stensland',
  'bjerksund-stensland-1993',
] as const;
const FORMULAS = [
  'integral',
  'barone-adesi-whaley',
  'bjerksund-stensland',
  'bjerksund-stensland-1993',
] as const;

const hull = { type: 'put', spot: 50, strike: 50, years: 5 / 12, rate: 0.1, volatility: 0.4 } as const;

const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const terms = fc.record({
  type: fc.constantFrom('call' as const, 'put' as const),
  spot: number(60, 160),
  strike: fc.constant(100),
  years: number(0.01, 5),
  rate: number(0, 0.15),
  dividendYield: number(0, 0.15),
  volatility: number(0.05, 0.8),
});

describe('american', () => {
  it('is 0.1069527 above European in the example of its authors', () => {
    // Andersen, Lake & Offengenden (2016), section 6: an early-exercise premium of 0.106952702747
    const put = american({
      type: 'put',
      spot: 100,
      strike: 100,
      years: 1,
      rate: 0.05,
      volatility: 0.25,
      dividendYield: 0.05,
    });
    expect(put.earlyExercisePremium).toBeCloseTo(0.106952702747, 11);
  });

  it('is Hull’s tree with five steps', () => {
    // Hull, 9th edition, example 21.1: 4.49, delta −0.41, gamma 0.03, theta −4.3 a year
    const { price, delta, gamma, theta } = american({ ...hull, method: 'binomial', steps: 5 });
    expect(price).toBeCloseTo(4.49, 2);
    expect(delta).toBeCloseTo(-0.41, 2);
    expect(gamma).toBeCloseTo(0.034, 3);
    expect(theta).toBeCloseTo(-4.3, 1);
  });

  it('sets a dividend aside as Hull does', () => {
    // Hull, 9th edition, example 21.5: a dividend of 2.06 in 3.5 months, a tree of five steps, 4.44
    const dividends = [{ years: 3.5 / 12, amount: 2.06 }];
    const { price } = american({ ...hull, spot: 52, method: 'binomial', steps: 5, dividends });
    expect(price).toBeCloseTo(4.44, 2);
  });

  it('ignores a dividend after expiry', () => {
    const late = [{ years: 1, amount: 2 }];
    const plain = american({ ...hull, method: 'binomial', steps: 50 });
    expect(american({ ...hull, method: 'binomial', steps: 50, dividends: late })).toEqual(plain);
  });

  it('is Haug’s approximations', () => {
    const call = {
      type: 'call',
      spot: 42,
      strike: 40,
      years: 0.75,
      rate: 0.04,
      dividendYield: 0.08,
      volatility: 0.35,
    } as const;
    // Haug (2007), p. 103: 5.2704 by Bjerksund & Stensland (1993)
    expect(american({ ...call, method: 'bjerksund-stensland-1993' }).price).toBeCloseTo(5.2704, 4);
    // Haug (2007), table 3-1: options on futures by Barone-Adesi & Whaley, F = 90, K = 100, b = 0
    const future = {
      type: 'call',
      spot: 90,
      strike: 100,
      years: 0.1,
      rate: 0.1,
      dividendYield: 0.1,
    } as const;
    const approximate = (volatility: number): number =>
      american({ ...future, volatility, method: 'barone-adesi-whaley' }).price;
    expect([0.15, 0.25, 0.35].map((v) => approximate(v).toFixed(4))).toEqual(['0.0206', '0.3159', '0.9495']);
  });

  it('is exercised at the boundary and nowhere before', () => {
    const put = { type: 'put', strike: 100, rate: 0.06, volatility: 0.3, dividendYield: 0.02 } as const;
    const [critical] = exerciseBoundary(put, [1.5]);
    const at = (spot: number) => american({ ...put, years: 1.5, spot });
    expect(at(critical! * 0.999)).toMatchObject({ delta: -1, gamma: 0, vega: 0, theta: 0 });
    const near = at(critical! * (1 + 1e-7));
    expect(near.delta).toBeCloseTo(-1, 5);
    expect(near.price).toBeCloseTo(100 - critical! * (1 + 1e-7), 9);
    expect(near.theta).toBeCloseTo(0, 1);
  });

  it('starts its boundary where interest on the strike pays for the yield', () => {
    const put = { type: 'put', strike: 100, volatility: 0.3 } as const;
    expect(exerciseBoundary({ ...put, rate: 0.03, dividendYield: 0.06 }, [0])[0]).toBe(50);
    expect(exerciseBoundary({ ...put, rate: 0.06, dividendYield: 0.03 }, [0])[0]).toBe(100);
    expect(exerciseBoundary({ ...put, rate: 0 }, [0, 1])).toEqual(new Float64Array(2));
    expect(exerciseBoundary({ ...put, type: 'call', rate: 0.05 }, [1])[0]).toBe(Infinity);
  });

  it('falls with time to the perpetual boundary', () => {
    const put = { type: 'put', strike: 100, rate: 0.08, volatility: 0.3 } as const;
    const times = [0, 0.01, 0.1, 0.5, 1, 5, 20, 100];
    const boundary = exerciseBoundary(put, times);
    for (let i = 1; i < times.length; i++) expect(boundary[i]!).toBeLessThan(boundary[i - 1]!);
    // Merton (1973): K β/(β − 1) with β = −2r/σ²
    const power = -0.16 / 0.09;
    expect(boundary[7]!).toBeCloseTo((100 * power) / (power - 1), 4);
  });

  it('agrees with its Greeks in the sense of Euler: time, rates and variance scale together', () => {
    fc.assert(
      fc.property(terms, (of) => {
        const { price, theta, rho, dividendRho, vega } = american(of);
        const { years, rate, dividendYield, volatility } = of;
        const sum = years * theta + rate * rho + dividendYield * dividendRho + 0.5 * volatility * vega;
        expect(Math.abs(sum)).toBeLessThan(3e-5 * Math.max(price, 1));
      }),
      { numRuns: 40 },
    );
  });

  it('has the Greeks of its own price’s differences', () => {
    const put = { ...hull, spot: 52, dividendYield: 0.03 };
    const greeks = american(put);
    const slope = (part: 'spot' | 'rate' | 'dividendYield' | 'volatility' | 'years', h: number): number =>
      (american({ ...put, [part]: put[part] + h }).price -
        american({ ...put, [part]: put[part] - h }).price) /
      (2 * h);
    expect(greeks.delta).toBeCloseTo(slope('spot', 0.01), 6);
    expect(greeks.vega).toBeCloseTo(slope('volatility', 1e-4), 5);
    expect(greeks.rho).toBeCloseTo(slope('rate', 1e-4), 4);
    expect(greeks.dividendRho).toBeCloseTo(slope('dividendYield', 1e-4), 4);
    expect(greeks.theta).toBeCloseTo(-slope('years', 1e-4), 4);
    const deltaAt = (volatility: number): number => american({ ...put, volatility }).delta;
    expect(greeks.vanna).toBeCloseTo((deltaAt(0.4001) - deltaAt(0.3999)) / 0.0002, 5);
  });

  it('agrees with a fine tree', () => {
    const tree = american({ ...hull, method: 'leisen-reimer', steps: 2001 });
    const exact = american(hull);
    expect(tree.price).toBeCloseTo(exact.price, 4);
    expect(tree.delta).toBeCloseTo(exact.delta, 4);
    expect(tree.gamma).toBeCloseTo(exact.gamma, 4);
    expect(tree.vega).toBeCloseTo(exact.vega, 2);
    expect(tree.theta).toBeCloseTo(exact.theta, 2);
    expect(tree.rho).toBeCloseTo(exact.rho, 2);
  });

  it('is never below the European option nor below intrinsic value', () => {
    fc.assert(
      fc.property(terms, fc.constantFrom(...FORMULAS), (of, method) => {
        const { price, earlyExercisePremium } = american({ ...of, method });
        const intrinsic = (of.type === 'call' ? 1 : -1) * (of.spot - of.strike);
        expect(price).toBeGreaterThanOrEqual(blackScholes(of).price);
        expect(price).toBeGreaterThanOrEqual(intrinsic);
        expect(price).toBeLessThanOrEqual(of.type === 'call' ? of.spot : of.strike);
        expect(earlyExercisePremium).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  it('grows with time', () => {
    fc.assert(
      fc.property(terms, number(0.01, 1), (of, more) => {
        const { price } = american(of);
        const later = american({ ...of, years: of.years + more }).price;
        expect(later).toBeGreaterThanOrEqual(price - 1e-7 * Math.max(price, 1));
      }),
      { numRuns: 40 },
    );
  });

  it('bounds the named lower bounds', () => {
    fc.assert(
      fc.property(terms, (of) => {
        const { price } = american(of);
        const slack = 1e-7 * Math.max(price, 1);
        expect(american({ ...of, method: 'bjerksund-stensland' }).price).toBeLessThanOrEqual(price + slack);
        expect(american({ ...of, method: 'bjerksund-stensland-1993' }).price).toBeLessThanOrEqual(
          price + slack,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('prices a call as the put with spot and strike, rate and yield exchanged', () => {
    const call = american({ ...hull, type: 'call', dividendYield: 0.07, spot: 55 });
    const put = american({ ...hull, type: 'put', spot: 50, strike: 55, rate: 0.07, dividendYield: 0.1 });
    expect(call.price).toBeCloseTo(put.price, 12);
    expect(call.rho).toBeCloseTo(put.dividendRho, 10);
  });

  it('is the European option where waiting is free', () => {
    const call = { ...hull, type: 'call' } as const;
    for (const method of FORMULAS) {
      expect(american({ ...call, method }).price).toBe(blackScholes(call).price);
      expect(american({ ...hull, rate: -0.02, method }).earlyExercisePremium).toBe(0);
    }
  });

  it('holds with a rate of zero and a negative yield', () => {
    const put = { ...hull, rate: 0, dividendYield: -0.03 };
    const { price, rho } = american(put);
    expect(price).toBeCloseTo(american({ ...put, method: 'leisen-reimer', steps: 1001 }).price, 3);
    expect(rho).toBeCloseTo((american({ ...put, rate: 1e-4 }).price - price) / 1e-4, 1);
  });

  it('refuses two boundaries, which trees price', () => {
    const put = { ...hull, rate: -0.01, dividendYield: -0.05 };
    expect(() => american(put)).toThrow(/put needs a rate of at least 0.*'leisen-reimer'/);
    expect(() => american({ ...put, type: 'call', rate: -0.05, dividendYield: -0.01 })).toThrow(
      /call needs a/,
    );
    expect(american({ ...put, method: 'leisen-reimer' }).price).toBeGreaterThan(blackScholes(put).price);
  });

  it('says what is wrong', () => {
    expect(() => american({ ...hull, method: 'tree' as 'binomial' })).toThrow(/method must be one of/);
    expect(() => american({ ...hull, steps: 0 })).toThrow(/steps must be an integer of at least 4/);
    expect(() => american({ ...hull, spot: -1 })).toThrow(
      'american: spot must be a non-negative number, received -1',
    );
    expect(() => american({ ...hull, dividends: [] })).toThrow(/dividends need method/);
    expect(() => american({ ...hull, method: 'barone-adesi-whaley', steps: 5 })).toThrow(/has no steps/);
    expect(() => american({ ...hull, method: 'binomial', volatility: 0.01, steps: 3 })).toThrow(
      /needs at least 43 steps/,
    );
    expect(() => american({ ...hull, method: 'binomial', dividends: [{ years: 0.1, amount: 60 }] })).toThrow(
      /dividends must be worth less than the spot/,
    );
    expect(() => exerciseBoundary({ type: 'put', strike: 1, rate: 0.1, volatility: 0.2 }, [-1])).toThrow(
      /years\[0\]/,
    );
  });

  it('is finite or says why on anything', () => {
    const hostile = fc.record({
      type: fc.constantFrom('call' as const, 'put' as const),
      spot: fc.constantFrom(0, 1e-3, 1, 50, 99.999, 100, 1e4, 1e8),
      strike: fc.constantFrom(0, 1e-2, 100),
      years: fc.constantFrom(0, 1e-9, 1e-4, 0.5, 40),
      rate: fc.constantFrom(-0.05, 0, 1e-9, 0.02, 0.3),
      dividendYield: fc.constantFrom(-0.05, 0, 1e-9, 0.02, 0.3),
      volatility: fc.constantFrom(0, 1e-6, 0.01, 0.3, 5),
      method: fc.constantFrom(...METHODS),
    });
    fc.assert(
      fc.property(hostile, ({ method, ...of }) => {
        const isTree = method === 'binomial' || method === 'leisen-reimer';
        try {
          const { price, delta } = american({ ...of, method, ...(isTree ? { steps: 31 } : {}) });
          expect(Number.isFinite(price)).toBe(true);
          expect(Number.isFinite(delta)).toBe(true);
          expect(price).toBeGreaterThanOrEqual(-1e-12);
        } catch (error) {
          expect((error as Error).name).toBe('OptionError');
        }
      }),
      { numRuns: 400 },
    );
  });
});
