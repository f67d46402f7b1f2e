import fc from 'fast-check';
import { blackScholes, inMarketUnits, type SpotTerms } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { GREEK_NAMES } from '../../src/pricing/greeks.js';
import { expectNear } from '../support/conformance.js';
import { edgeTerms, nearTerms, spotTerms } from './option-arbitraries.js';

const other = ({ type, ...rest }: SpotTerms): SpotTerms => ({
  ...rest,
  type: type === 'call' ? 'put' : 'call',
});
/** The price of ±1 in the last place of the larger of some numbers. */
const ulp = (...sizes: number[]): number => Math.max(...sizes.map(Math.abs)) * 2 ** -52;

describe('blackScholes', () => {
  it('is what the books print', () => {
    const hull = { spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 };
    // Hull, "Options, Futures, and Other Derivatives", 9th ed., example 15.6: 4.76 and 0.81
    expect(blackScholes({ type: 'call', ...hull }).price).toBeCloseTo(4.76, 2);
    expect(blackScholes({ type: 'put', ...hull }).price).toBeCloseTo(0.81, 2);
    // Hull, 9th ed., example 17.1: a call on an index, 51.83
    expect(
      blackScholes({
        type: 'call',
        spot: 930,
        strike: 900,
        years: 2 / 12,
        rate: 0.08,
        volatility: 0.2,
        dividendYield: 0.03,
      }).price,
    ).toBeCloseTo(51.83, 2);
    // Haug, "The Complete Guide to Option Pricing Formulas", 2nd ed., section 1.1.1: 2.1334
    const haug = { spot: 60, strike: 65, years: 0.25, rate: 0.08, volatility: 0.3 };
    expect(blackScholes({ type: 'call', ...haug }).price).toBeCloseTo(2.1334, 4);
    // Haug, section 1.1.2: a put on an index that pays 5 %, 2.4648
    const index = { spot: 100, strike: 95, years: 0.5, rate: 0.1, volatility: 0.2, dividendYield: 0.05 };
    expect(blackScholes({ type: 'put', ...index }).price).toBeCloseTo(2.4648, 4);
    // Haug, section 1.1.5: a call on euros, foreign rate 8 %, 0.0291
    const euro = { spot: 1.56, strike: 1.6, years: 0.5, rate: 0.06, volatility: 0.12, dividendYield: 0.08 };
    expect(blackScholes({ type: 'call', ...euro }).price).toBeCloseTo(0.0291, 4);
  });

  it('has the Greeks of Hull', () => {
    // Hull, 9th ed., examples 19.1, 19.2, 19.4, 19.6, 19.7
    const call = blackScholes({
      type: 'call',
      spot: 49,
      strike: 50,
      years: 0.3846,
      rate: 0.05,
      volatility: 0.2,
    });
    expect(call.delta).toBeCloseTo(0.522, 3);
    expect(call.theta).toBeCloseTo(-4.31, 2);
    expect(call.gamma).toBeCloseTo(0.066, 3);
    expect(call.vega).toBeCloseTo(12.1, 1);
    expect(call.rho).toBeCloseTo(8.91, 2);
    expect(inMarketUnits(call).thetaPerDay).toBeCloseTo(-4.31 / 365, 4);
  });

  it('has the Greeks of Haug', () => {
    // Haug, 2nd ed., chapter 2, the numerical example under each Greek; `carry` is his b. Derivatives of the price taken with
    // 30 digits round to the same figures. His example for vanna is left out: no copy of what he printed was at hand, and
    // the answers in test/conformance hold vanna to 50 digits.
    const value = (
      type: 'call' | 'put',
      spot: number,
      strike: number,
      years: number,
      rate: number,
      carry: number,
      volatility: number,
    ) => blackScholes({ type, spot, strike, years, rate, volatility, dividendYield: rate - carry });
    expect(value('call', 105, 100, 0.5, 0.1, 0, 0.36).delta).toBeCloseTo(0.5946, 4);
    expect(value('put', 105, 100, 0.5, 0.1, 0, 0.36).delta).toBeCloseTo(-0.3566, 4);
    expect(value('call', 55, 60, 0.75, 0.1, 0.1, 0.3).gamma).toBeCloseTo(0.0278, 4);
    expect(value('call', 55, 60, 0.75, 0.105, 0.0695, 0.3).vega).toBeCloseTo(18.5027, 4);
    expect(value('put', 430, 405, 1 / 12, 0.07, 0.02, 0.2).theta).toBeCloseTo(-31.1924, 4);
    expect(value('call', 72, 75, 1, 0.09, 0.09, 0.19).rho).toBeCloseTo(38.7325, 4);
    expect(value('call', 90, 130, 0.75, 0.05, 0, 0.28).volga).toBeCloseTo(92.3444, 4);
    expect(value('put', 105, 90, 0.25, 0.14, 0, 0.24).charm).toBeCloseTo(0.37, 4);
    expect(value('call', 50, 48, 1 / 12, 0.06, 0.01, 0.2).speed).toBeCloseTo(-0.0291, 4);
  });

  it('is the intrinsic value at expiry', () => {
    const expired = { spot: 103, strike: 100, years: 0, rate: 0.05, volatility: 0.2 };
    const call = blackScholes({ type: 'call', ...expired });
    const put = blackScholes({ type: 'put', ...expired });
    expect(call).toMatchObject({ price: 3, delta: 1, gamma: 0, vega: 0, rho: 0, dualDelta: -1 });
    expect(put).toMatchObject({ price: 0, delta: 0, gamma: 0, vega: 0, rho: 0, dualDelta: 0 });
    const met = blackScholes({ ...expired, type: 'call', spot: 100 });
    expect(met).toMatchObject({ price: 0, delta: 0.5, gamma: Infinity, theta: -Infinity, vega: 0 });
  });

  it('is the discounted distance of the forward without volatility', () => {
    const sure = { spot: 100, strike: 90, years: 2, rate: 0.05, volatility: 0, dividendYield: 0.01 };
    const forward = 100 * Math.exp(0.08);
    expectNear(blackScholes({ type: 'call', ...sure }).price, Math.exp(-0.1) * (forward - 90), 1e-15);
    expect(blackScholes({ type: 'put', ...sure }).price).toBe(0);
    // The limit of small volatilities: φ(0) √T for one on the forward.
    const on = blackScholes({ type: 'call', spot: 100, strike: 100, years: 4, rate: 0, volatility: 0 });
    expect(on.vega).toBeCloseTo(200 * 0.3989422804014327, 12);
  });

  it('is the bound when volatility knows none', () => {
    const wild = { spot: 100, strike: 90, years: 2, rate: 0.05, volatility: 1e6 };
    expect(blackScholes({ type: 'call', ...wild }).price).toBe(100);
    expectNear(blackScholes({ type: 'put', ...wild }).price, 90 * Math.exp(-0.1), 1e-15);
  });

  it('is the limit for a worthless share and for a strike out of reach', () => {
    const terms = { strike: 90, years: 2, rate: -0.05, volatility: 0.3 };
    expect(blackScholes({ type: 'call', spot: 0, ...terms }).price).toBe(0);
    expectNear(blackScholes({ type: 'put', spot: 0, ...terms }).price, 90 * Math.exp(0.1), 1e-15);
    expect(blackScholes({ ...terms, type: 'call', spot: 100, strike: 1e308 }).price).toBe(0);
    expect(blackScholes({ ...terms, type: 'call', spot: 100, strike: 0 })).toMatchObject({
      price: 100,
      delta: 1,
    });
  });

  it('has no NaN at any edge', () => {
    fc.assert(
      fc.property(edgeTerms, (terms) => {
        const value = blackScholes(terms);
        expect(GREEK_NAMES.filter((name) => Number.isNaN(value[name]))).toEqual([]);
        expect(value.price).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('differs from the other type by the forward, to 2 units in the last place', () => {
    // Without rates the forward is the spot. One rounding each, of half a unit at most: the distance of spot and strike, its
    // sum with the time value, and here the difference of the two prices and that of spot and strike.
    fc.assert(
      fc.property(spotTerms, (terms) => {
        const { spot, strike } = terms;
        const flat = { ...terms, rate: 0, dividendYield: 0 };
        const call = blackScholes({ ...flat, type: 'call' }).price;
        const put = blackScholes({ ...flat, type: 'put' }).price;
        expect(Math.abs(call - put - (spot - strike))).toBeLessThanOrEqual(2 * ulp(spot, strike));
      }),
      { numRuns: 2000 },
    );
  });

  it('differs from the other type by the forward with rates too, as far as the forward is known', () => {
    // Besides those 2 units: two exponentials, here and there, off by a unit each, and the four products by half a unit.
    fc.assert(
      fc.property(spotTerms, (terms) => {
        const call = blackScholes({ ...terms, type: 'call' }).price;
        const put = blackScholes({ ...terms, type: 'put' }).price;
        const spot = terms.spot * Math.exp(-terms.dividendYield! * terms.years);
        const strike = terms.strike * Math.exp(-terms.rate * terms.years);
        expect(Math.abs(call - put - (spot - strike))).toBeLessThanOrEqual(8 * ulp(spot, strike));
      }),
      { numRuns: 2000 },
    );
  });

  it('has Greeks that agree under a change of type', () => {
    fc.assert(
      fc.property(spotTerms, (terms) => {
        const one = blackScholes(terms);
        const two = blackScholes(other(terms));
        for (const name of [
          'gamma',
          'vega',
          'vanna',
          'volga',
          'speed',
          'zomma',
          'color',
          'veta',
          'ultima',
          'dualGamma',
        ] as const)
          expect(one[name]).toBe(two[name]);
        const sign = terms.type === 'call' ? 1 : -1;
        const { years, rate, dividendYield = 0 } = terms;
        expectNear(one.delta - two.delta, sign * Math.exp(-dividendYield * years), 1e-14);
        expectNear(one.dualDelta - two.dualDelta, -sign * Math.exp(-rate * years), 1e-14);
      }),
    );
  });

  it('is never below the forward’s intrinsic value nor above its bound', () => {
    fc.assert(
      fc.property(spotTerms, (terms) => {
        const { price, gamma, vega } = blackScholes(terms);
        const spot = terms.spot * Math.exp(-terms.dividendYield! * terms.years);
        const strike = terms.strike * Math.exp(-terms.rate * terms.years);
        const [least, most] = terms.type === 'call' ? [spot - strike, spot] : [strike - spot, strike];
        expect(price).toBeGreaterThanOrEqual(Math.max(0, least - 2 * ulp(spot, strike)));
        expect(price).toBeLessThanOrEqual(most + ulp(most));
        expect(Math.min(gamma, vega)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('falls and is convex in the strike for a call', () => {
    fc.assert(
      fc.property(nearTerms, fc.double({ min: 0.01, max: 0.2, noNaN: true }), (terms, step) => {
        const at = (strike: number): number => blackScholes({ ...terms, type: 'call', strike }).price;
        const [low, middle, high] = [
          at(terms.strike * (1 - step)),
          at(terms.strike),
          at(terms.strike * (1 + step)),
        ];
        expect(middle).toBeLessThanOrEqual(low);
        expect(high).toBeLessThanOrEqual(middle);
        expect(low - 2 * middle + high).toBeGreaterThanOrEqual(-1e-14 * low);
      }),
    );
  });

  it('is homogeneous: in another currency it is worth as much', () => {
    fc.assert(
      fc.property(spotTerms, (terms) => {
        const twice = blackScholes({ ...terms, spot: 1024 * terms.spot, strike: 1024 * terms.strike });
        const once = blackScholes(terms);
        expect(twice.price).toBe(1024 * once.price);
        expect(twice.delta).toBe(once.delta);
        const euler = terms.spot * once.delta + terms.strike * once.dualDelta;
        expect(Math.abs(euler - once.price)).toBeLessThanOrEqual(
          8 * ulp(terms.spot, terms.strike) * Math.exp(0.1 * terms.years),
        );
      }),
    );
  });

  it('solves the Black–Scholes equation', () => {
    fc.assert(
      fc.property(nearTerms, (terms) => {
        const { price, delta, gamma, theta } = blackScholes(terms);
        const { spot, rate, volatility } = terms;
        const terms4 = [theta, rate * spot * delta, 0.5 * volatility ** 2 * spot ** 2 * gamma, -rate * price];
        const size = Math.max(...terms4.map(Math.abs));
        expect(Math.abs(terms4.reduce((a, b) => a + b))).toBeLessThanOrEqual(1e-12 * size);
      }),
    );
  });

  it('refuses what no option can be', () => {
    const good: SpotTerms = { type: 'call', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 };
    const bad = (change: object) => () => blackScholes({ ...good, ...change });
    expect(bad({ type: 'Call' })).toThrow("blackScholes: type must be one of 'call', 'put', received 'Call'");
    expect(bad({ spot: -1 })).toThrow('blackScholes: spot must be a non-negative number, received -1');
    expect(bad({ volatility: NaN })).toThrow('volatility must be a non-negative number, received NaN');
    expect(bad({ years: -0.1 })).toThrow('years must be a non-negative number');
    expect(bad({ rate: Infinity })).toThrow('rate must be a finite number');
    expect(bad({ vol: 0.2 })).toThrow('blackScholes: unknown option vol');
    expect(bad({ dividendYield: 'no' })).toThrow("dividendYield must be a finite number, received 'no'");
  });
});
