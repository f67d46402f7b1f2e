import fc from 'fast-check';
import {
  bachelier,
  bachelierChain,
  black76,
  black76Chain,
  blackScholes,
  blackScholesChain,
  inMarketUnits,
  type SpotTerms,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { GREEK_NAMES } from '../../src/pricing/greeks.js';
import { forwardTerms, normalTerms, spotTerms } from './option-arbitraries.js';

/** Rows as columns. */
const columnsOf = <Row extends object>(rows: readonly Row[]): { [Name in keyof Row]: Row[Name][] } =>
  Object.fromEntries(
    Object.keys(rows[0]!).map((name) => [name, rows.map((row) => row[name as keyof Row])]),
  ) as {
    [Name in keyof Row]: Row[Name][];
  };

describe('chains', () => {
  it('give each row what it gives alone, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(spotTerms, { minLength: 1, maxLength: 20 }), (rows) => {
        const chain = blackScholesChain(columnsOf(rows) as never);
        rows.forEach((row, i) => {
          const alone = blackScholes(row);
          for (const name of GREEK_NAMES) expect(chain[name][i]).toBe(alone[name]);
        });
      }),
    );
    fc.assert(
      fc.property(fc.array(forwardTerms, { minLength: 1, maxLength: 20 }), (rows) => {
        const chain = black76Chain(columnsOf(rows) as never);
        rows.forEach((row, i) => {
          const alone = black76(row);
          for (const name of GREEK_NAMES) expect(chain[name][i]).toBe(alone[name]);
        });
      }),
    );
    fc.assert(
      fc.property(fc.array(normalTerms, { minLength: 1, maxLength: 20 }), (rows) => {
        const chain = bachelierChain(columnsOf(rows) as never);
        rows.forEach((row, i) => {
          const alone = bachelier(row);
          for (const name of GREEK_NAMES) expect(chain[name][i]).toBe(alone[name]);
        });
      }),
    );
  });

  it('stand single numbers beside columns', () => {
    const terms: SpotTerms = { type: 'put', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 };
    const alone = blackScholes(terms);
    expect(blackScholesChain(terms).price).toEqual(Float64Array.of(alone.price));
    const chain = blackScholesChain(
      { ...terms, strike: Float32Array.of(40, 40) },
      { greeks: ['gamma', 'speed'] },
    );
    expect(Object.keys(chain)).toEqual(['gamma', 'speed', 'reason']);
    expect([...chain.speed]).toEqual([alone.speed, alone.speed]);
  });

  it('mark a bad row with what is wrong and keep the others', () => {
    const good = { type: 'call', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 } as const;
    const chain = blackScholesChain({
      ...good,
      type: ['call', 'call', 'x' as 'put', 'call', 'call', 'put'],
      volatility: [0.2, -0.2, 0.2, 0.2, 0.2, 0.2],
      years: [0.5, 0.5, 0.5, Infinity, 0.5, 0],
      rate: [0.1, 0.1, 0.1, 0.1, NaN, -0.1],
    });
    expect(chain.reason).toEqual([
      null,
      'volatility is -0.2',
      "type is neither 'call' nor 'put'",
      'years is Infinity',
      'rate is NaN',
      null,
    ]);
    expect([...chain.price]).toEqual([blackScholes(good).price, NaN, NaN, NaN, NaN, 0]);
    expect([...chain.vanna.subarray(1, 5)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(black76Chain({ ...chainOf(0), forward: [0, -3] }).reason).toEqual([
      'forward is 0',
      'forward is -3',
    ]);
    expect(bachelierChain({ ...chainOf(5), forward: [0, -3] }).reason).toEqual([null, null]);
  });

  it('write over an earlier result', () => {
    const first = black76Chain(chainOf(20), { greeks: ['price', 'vega'] });
    const { price, vega, reason } = first;
    const again = black76Chain(chainOf(30), { greeks: ['price', 'vega'], out: first });
    expect(again.price).toBe(price);
    expect(again.vega).toBe(vega);
    expect(again.reason).toBe(reason);
    expect(again.price[0]).toBe(black76({ ...chainOf(30), forward: 30 }).price);
  });

  it('refuse what cannot be read', () => {
    expect(() => blackScholesChain({ ...chainOf(1), spot: 1 } as never)).toThrow('unknown option forward');
    expect(() => black76Chain({ ...chainOf(1), strike: [1, 2], years: [1, 2, 3] })).toThrow(
      'black76Chain: columns must have one length, received strike 2, years 3',
    );
    expect(() => black76Chain(chainOf(1), { greeks: ['kappa' as 'vega'] })).toThrow(
      'greeks must be of price, delta',
    );
    expect(() => black76Chain(chainOf(1), { out: { price: new Float64Array(3) } })).toThrow(
      'black76Chain: out.price must be a Float64Array of length 1',
    );
    expect(() => black76Chain({ ...chainOf(1), type: 'Call' as 'call' })).toThrow('type must be');
  });
});

const chainOf = (forward: number) =>
  ({ type: 'call', forward, strike: 20, years: 1, rate: 0.01, volatility: 0.3 }) as const;

describe('what a chain is asked for', () => {
  const terms = { type: 'call', spot: 100, strike: 100, years: 1, rate: 0, volatility: 0.2 } as const;

  it('is an array of names', () => {
    for (const greeks of ['price', 5, {}]) {
      expect(() => blackScholesChain(terms, { greeks } as never)).toThrow(
        /^blackScholesChain: greeks must be an array of names/,
      );
    }
    expect(() => blackScholesChain(terms, { out: 5 } as never)).toThrow(/out must be an object/);
    for (const missing of [{ greeks: null }, { out: null }]) {
      expect(() => blackScholesChain(terms, missing as never)).toThrow(/must have a value or be left out/);
    }
  });

  it('is said in market units of what has them', () => {
    for (const bad of [null, 5, {}, undefined]) {
      expect(() => inMarketUnits(bad as never)).toThrow(/^inMarketUnits: value/);
    }
  });
});
