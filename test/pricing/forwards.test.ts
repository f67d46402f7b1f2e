import fc from 'fast-check';
import { bachelier, black76, blackScholes, type ForwardTerms } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { GREEK_NAMES } from '../../src/pricing/greeks.js';
import { expectNear } from '../support/conformance.js';
import { forwardTerms, normalTerms } from './option-arbitraries.js';

describe('black76', () => {
  it('is what the books print', () => {
    // Haug, 2nd ed., section 1.1.3: Brent futures, call and put 1.7011
    const haug = { forward: 19, strike: 19, years: 0.75, rate: 0.1, volatility: 0.28 };
    expect(black76({ type: 'call', ...haug }).price).toBeCloseTo(1.7011, 4);
    expect(black76({ type: 'put', ...haug }).price).toBeCloseTo(1.7011, 4);
    // Hull, 9th ed., example 18.6: a put on crude futures, 1.12
    const crude = { forward: 20, strike: 20, years: 4 / 12, rate: 0.09, volatility: 0.25 };
    expect(black76({ type: 'put', ...crude }).price).toBeCloseTo(1.12, 2);
  });

  it('refuses a price below zero and says what prices it', () => {
    const wti: ForwardTerms = {
      type: 'put',
      forward: -37.63,
      strike: 10,
      years: 0.1,
      rate: 0,
      volatility: 0.5,
    };
    expect(() => black76(wti)).toThrow(
      'black76: forward must be a positive number, received -37.63; bachelier prices any sign',
    );
    expect(() => black76({ ...wti, forward: 10, strike: -5 })).toThrow('strike must be a positive number');
  });

  it('is blackScholes with a share that yields the rate, but for rho', () => {
    fc.assert(
      fc.property(forwardTerms, ({ forward, ...terms }) => {
        const future = black76({ forward, ...terms });
        const share = blackScholes({ ...terms, spot: forward, dividendYield: terms.rate });
        for (const name of GREEK_NAMES) {
          if (name !== 'rho' && name !== 'dividendRho') expect(future[name]).toBe(share[name]);
        }
        expect(future.rho).toBe(-terms.years * future.price + 0);
        expect(future.dividendRho).toBe(0);
      }),
    );
  });
});

describe('bachelier', () => {
  it('is σ√(T/2π) discounted at the money', () => {
    const at = { forward: -5, strike: -5, years: 0.25, rate: 0.04, volatility: 12 };
    expectNear(
      bachelier({ type: 'call', ...at }).price,
      (6 * Math.exp(-0.01)) / Math.sqrt(2 * Math.PI),
      1e-15,
    );
  });

  it('prices a future below zero', () => {
    // The formula in 40-digit arithmetic.
    const put = bachelier({ type: 'put', forward: -37.63, strike: -40, years: 0.1, rate: 0, volatility: 30 });
    expectNear(put.price, 2.717189894333075, 1e-15);
    expectNear(put.delta, -0.4013633012190332, 1e-15);
  });

  it('differs from the other type by the distance, and is the limit at the edges', () => {
    fc.assert(
      fc.property(normalTerms, (terms) => {
        const call = bachelier({ ...terms, type: 'call' });
        const put = bachelier({ ...terms, type: 'put' });
        const distance = (terms.forward - terms.strike) * Math.exp(-terms.rate * terms.years);
        const size = Math.max(call.price, put.price);
        expect(Math.abs(call.price - put.price - distance)).toBeLessThanOrEqual(2 * size * 2 ** -52);
        expect(call.gamma).toBe(put.gamma);
        const expired = bachelier({ ...terms, years: 0 });
        const sign = terms.type === 'call' ? 1 : -1;
        expect(expired.price).toBe(Math.max(sign * (terms.forward - terms.strike), 0));
      }),
    );
  });

  it('moves with the price: shifting forward and strike changes nothing', () => {
    fc.assert(
      fc.property(normalTerms, fc.integer({ min: -8, max: 8 }), (terms, shift) => {
        const forward = Math.round(terms.forward) + 0.5;
        const strike = Math.round(terms.strike);
        const here = bachelier({ ...terms, forward, strike });
        expect(bachelier({ ...terms, forward: forward + shift, strike: strike + shift })).toEqual(here);
      }),
    );
  });

  it('is near black76 for a short time and a small move', () => {
    const terms: ForwardTerms = {
      type: 'call',
      forward: 100,
      strike: 101,
      years: 0.01,
      rate: 0.02,
      volatility: 0.1,
    };
    const normal = bachelier({ ...terms, volatility: 10 * Math.sqrt(1.01) });
    expectNear(normal.price, black76(terms).price, 1e-4);
  });

  it('has no NaN at any edge', () => {
    for (const type of ['call', 'put'] as const) {
      for (const forward of [-1e300, -5, 0, 5]) {
        for (const years of [0, 1e-300, 1, 50]) {
          for (const volatility of [0, 1e-300, 1, 1e300]) {
            const value = bachelier({ type, forward, strike: 5, years, rate: -0.05, volatility });
            expect(GREEK_NAMES.filter((name) => Number.isNaN(value[name]))).toEqual([]);
          }
        }
      }
    }
  });
});
