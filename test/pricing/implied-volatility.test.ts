import fc from 'fast-check';
import {
  bachelier,
  black76,
  blackScholes,
  DataError,
  impliedVolatilities,
  impliedVolatility,
  lognormalVolatility,
  normalVolatility,
  type PricedOption,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { forwardTerms, nearTerms, normalTerms, spotTerms } from './option-arbitraries.js';

/** How far a volatility may be off when the price may be off by its last place. */
const carried = (price: number, vega: number, volatility: number): number =>
  (price * 2 ** -52) / (vega * volatility);

const reasonFor = (terms: PricedOption, model?: 'bachelier'): string | undefined => {
  try {
    impliedVolatility(terms, model ? { model } : {});
    return undefined;
  } catch (error) {
    return (error as DataError).reason;
  }
};

describe('impliedVolatility', () => {
  it('is what Hull prints', () => {
    // Hull, 9th ed., section 15.11: a call at 1.875, volatility 0.235
    const hull = { type: 'call', spot: 21, strike: 20, years: 0.25, rate: 0.1, price: 1.875 } as const;
    expect(impliedVolatility(hull)).toBeCloseTo(0.235, 3);
    // Hull, section 18.8 read backwards: a put on crude futures at 20
    const crude = { type: 'put', forward: 20, strike: 20, years: 4 / 12, rate: 0.09 } as const;
    const { price } = black76({ ...crude, volatility: 0.25 });
    expect(impliedVolatility({ ...crude, price })).toBeCloseTo(0.25, 14);
  });

  it('gives back the volatility of a price, as closely as the price knows it', () => {
    fc.assert(
      fc.property(spotTerms, (terms) => {
        const { price, vega } = blackScholes(terms);
        const slack = carried(Math.max(price, 1e-300), vega, terms.volatility);
        fc.pre(vega > 0 && slack < 1e-14);
        const error = Math.abs(impliedVolatility({ ...terms, price }) / terms.volatility - 1);
        expect(error).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives back the price of a volatility', () => {
    fc.assert(
      fc.property(nearTerms, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (terms, share) => {
        const least = blackScholes({ ...terms, volatility: 0 }).price;
        const most = blackScholes({ ...terms, volatility: 1e9 }).price;
        const price = least + share * (most - least);
        const volatility = impliedVolatility({ ...terms, price });
        expect(Math.abs(blackScholes({ ...terms, volatility }).price - price)).toBeLessThanOrEqual(
          1e-14 * most,
        );
      }),
    );
  });

  it('inverts the other models too', () => {
    fc.assert(
      fc.property(forwardTerms, (terms) => {
        const { price, vega } = black76(terms);
        fc.pre(vega > 0 && carried(price, vega, terms.volatility) < 1e-14);
        expect(Math.abs(impliedVolatility({ ...terms, price }) / terms.volatility - 1)).toBeLessThanOrEqual(
          1e-12,
        );
      }),
    );
    fc.assert(
      fc.property(normalTerms, (terms) => {
        const { price, vega } = bachelier(terms);
        fc.pre(vega > 0 && carried(price, vega, terms.volatility) < 1e-14);
        const found = impliedVolatility({ ...terms, price }, { model: 'bachelier' });
        expect(Math.abs(found / terms.volatility - 1)).toBeLessThanOrEqual(1e-12);
      }),
    );
  });

  it('fails on none of 100,000 quotes, in wings as far as numbers go', () => {
    let quotes = 0;
    const failures: number[][] = [];
    for (let i = 0; i < 340; i++) {
      const x = 10 ** (-7 + (8.2 * i) / 339); // |ln(F/K)| up to 16
      const [forward, strike] = [Math.exp(-x / 2), Math.exp(x / 2)];
      for (let j = 0; j < 420; j++) {
        const volatility = 10 ** (-5 + (6.3 * j) / 419);
        const terms = { type: 'call', forward, strike, years: 1, rate: 0, volatility } as const;
        const { price, vega } = black76(terms);
        if (!(price > 1e-305 && price < forward && vega > 0)) continue;
        const found = impliedVolatility({ ...terms, price });
        const slack = carried(price, vega, volatility);
        const error = Math.abs(found / volatility - 1);
        quotes++;
        if (!(error <= Math.max(1e-13, 8 * slack) || slack > 1e-3))
          failures.push([x, volatility, error, slack]);
      }
    }
    expect(quotes).toBeGreaterThan(100_000);
    expect(failures).toEqual([]);
  });

  it('says why no volatility gives a price', () => {
    const call = { type: 'call', spot: 100, strike: 90, years: 1, rate: 0.02 } as const;
    const put = { ...call, type: 'put' } as const;
    expect(reasonFor({ ...call, price: 11 })).toBe('below-intrinsic');
    expect(reasonFor({ ...put, price: -0.01 })).toBe('below-intrinsic');
    expect(reasonFor({ ...call, price: 100 })).toBe('above-bound');
    expect(reasonFor({ ...put, price: 89 })).toBe('above-bound');
    expect(reasonFor({ ...put, price: 0 })).toBe('no-time-value');
    expect(reasonFor({ ...call, price: 100 - 90 * Math.exp(-0.02) })).toBe('no-time-value');
    expect(reasonFor({ ...call, years: 0, price: 10 })).toBe('no-time-value');
    expect(reasonFor({ ...call, years: 0, price: 9.9 })).toBe('below-intrinsic');
    expect(reasonFor({ ...call, spot: 0, price: 1 })).toBe('above-bound');
    expect(reasonFor({ ...put, spot: 0, price: 90 * Math.exp(-0.02) })).toBe('no-time-value');
    const future = { type: 'call', forward: -5, strike: -7, years: 1, rate: 0 } as const;
    expect(reasonFor({ ...future, price: 1.9 }, 'bachelier')).toBe('below-intrinsic');
    expect(reasonFor({ ...future, price: 2 }, 'bachelier')).toBe('no-time-value');
    expect(() => impliedVolatility({ ...call, price: 11 })).toThrow(DataError);
    expect(() => impliedVolatility({ ...call, price: NaN })).toThrow('price must be a finite number');
    expect(() => impliedVolatility({ ...future, price: 3 })).toThrow('bachelier prices any sign');
    expect(() => impliedVolatility({ ...call, price: 15 }, { model: 'black76' as 'black-76' })).toThrow(
      'did you mean black-76?',
    );
  });
});

describe('impliedVolatilities', () => {
  it('gives each row what it gives alone, and loses none over a bad one', () => {
    const strike = [90, 100, 110, 100, NaN, 110];
    const price = [13, 6, 3, 120, 5, 0];
    const { volatility, reason } = impliedVolatilities({
      ...{ type: 'call', spot: 100, strike, years: 0.5, rate: 0.03, price },
    });
    expect(reason).toEqual([null, null, null, 'above-bound', 'invalid', 'no-time-value']);
    for (let i = 0; i < 3; i++) {
      const alone = {
        type: 'call',
        spot: 100,
        strike: strike[i]!,
        years: 0.5,
        rate: 0.03,
        price: price[i]!,
      } as const;
      expect(volatility[i]).toBe(impliedVolatility(alone));
    }
    expect([...volatility.subarray(3)]).toEqual([NaN, NaN, NaN]);
  });

  it('calls a row invalid that no option can have', () => {
    const good = { type: 'call', forward: 20, strike: 20, years: 1, rate: 0, price: 2 } as const;
    for (const bad of [
      { forward: -1 },
      { strike: 0 },
      { years: -1 },
      { rate: NaN },
      { price: Infinity },
      { type: ['straddle'] as never },
    ]) {
      expect(impliedVolatilities({ ...good, ...bad }).reason).toEqual(['invalid']);
    }
    expect(
      impliedVolatilities({ ...good, forward: -20, strike: -20 }, { model: 'bachelier' }).reason,
    ).toEqual([null]);
  });

  it('writes over an earlier result', () => {
    const terms = { type: 'put', forward: 20, strike: [20, 30], years: 1, rate: 0, price: [2, 5] } as const;
    const first = impliedVolatilities(terms);
    expect(first.reason).toEqual([null, 'below-intrinsic']);
    const again = impliedVolatilities({ ...terms, price: 11 }, { out: first });
    expect(again.volatility).toBe(first.volatility);
    expect(again.reason).toEqual([null, null]);
    expect(() => impliedVolatilities({ ...terms, strike: [20, 30, 40] })).toThrow(
      'impliedVolatilities: columns must have one length, received strike 3, price 2',
    );
  });
});

describe('normalVolatility and lognormalVolatility', () => {
  it('undo each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        (deviations, volatility, years) => {
          const strike = 50 * Math.exp(deviations * volatility * Math.sqrt(years));
          const place = { forward: 50, strike, years };
          const normal = normalVolatility({ ...place, volatility });
          const back = lognormalVolatility({ ...place, volatility: normal });
          expect(Math.abs(back / volatility - 1)).toBeLessThanOrEqual(1e-12);
        },
      ),
    );
  });

  it('price alike', () => {
    const place = { forward: 100, strike: 130, years: 2 };
    const option = { ...place, type: 'call', rate: 0.01 } as const;
    const normal = normalVolatility({ ...place, volatility: 0.4 });
    expect(bachelier({ ...option, volatility: normal }).price).toBeCloseTo(
      black76({ ...option, volatility: 0.4 }).price,
      13,
    );
  });

  it('say when a price above zero cannot be so wild', () => {
    expect(() => lognormalVolatility({ forward: 10, strike: 10, years: 1, volatility: 100 })).toThrow(
      'above-bound',
    );
    expect(() => normalVolatility({ forward: 10, strike: 100, years: 0.001, volatility: 0.1 })).toThrow(
      'no-time-value',
    );
  });
});

describe('every quote', () => {
  it('has a volatility or a reason, down to the smallest number', () => {
    const quotes = {
      type: 'call',
      spot: [1e5, 100, 100],
      strike: [2e5, 100, 100],
      years: 1,
      rate: 0,
    } as const;
    const { volatility, reason } = impliedVolatilities({ ...quotes, price: [1e-320, 5e-324, 1e-310] });
    reason.forEach((why, i) => {
      expect([why, why === null]).toEqual([why, volatility[i]! > 0]);
    });
    expect(reason[1]).toBe('no-time-value');
    const tiny = { type: 'call', spot: 100, strike: 100, years: 1, rate: 0, price: 5e-324 } as const;
    expect(() => impliedVolatility(tiny)).toThrow(/holds no time value/);
  });

  it('is invalid at an infinite rate, in every model', () => {
    const rows = { type: 'call', strike: 100, years: 1, rate: [Infinity, -Infinity], price: 5 } as const;
    expect(impliedVolatilities({ ...rows, spot: 100 }).reason).toEqual(['invalid', 'invalid']);
    expect(impliedVolatilities({ ...rows, forward: 100 }).reason).toEqual(['invalid', 'invalid']);
    expect(impliedVolatilities({ ...rows, forward: 100 }, { model: 'bachelier' }).reason).toEqual([
      'invalid',
      'invalid',
    ]);
  });
});
