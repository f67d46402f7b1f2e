import fc from 'fast-check';
import { bachelier, black76, margrabe, spreadOption } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const haug = {
  type: 'call',
  forward1: 28,
  forward2: 20,
  strike: 7,
  years: 0.25,
  rate: 0.05,
  volatility1: 0.29,
  volatility2: 0.36,
  correlation: 0.42,
} as const;

const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const terms = fc.record({
  type: fc.constantFrom('call' as const, 'put' as const),
  forward1: number(20, 150),
  forward2: number(20, 150),
  strike: number(-40, 40),
  years: number(0.01, 3),
  rate: number(-0.02, 0.1),
  volatility1: number(0.02, 0.9),
  volatility2: number(0.02, 0.9),
  correlation: number(-1, 1),
});

describe('margrabe', () => {
  it('is Haug’s table of exchange options', () => {
    // Haug (2007), chapter 5.4, table: S1 = 22, S2 = 20, yields 0.06 and 0.04, volatilities 0.2 and 0.15, T = 0.1
    const value = (years: number, volatility2: number, correlation: number): string =>
      margrabe({
        spot1: 22,
        spot2: 20,
        years,
        volatility1: 0.2,
        volatility2,
        correlation,
        dividendYield1: 0.06,
        dividendYield2: 0.04,
      }).price.toFixed(4);
    expect([-0.5, 0, 0.5].map((correlation) => value(0.1, 0.15, correlation))).toEqual([
      '2.1251',
      '2.0446',
      '1.9736',
    ]);
  });

  it('is the spread option without a strike', () => {
    const exchange = margrabe({
      spot1: 28,
      spot2: 20,
      years: 0.25,
      volatility1: 0.29,
      volatility2: 0.36,
      correlation: 0.42,
      dividendYield1: 0.05,
      dividendYield2: 0.05,
    });
    const spread = spreadOption({ ...haug, strike: 0 });
    expect(exchange.price).toBeCloseTo(spread.price, 13);
    expect(exchange.delta1).toBeCloseTo(spread.delta1, 13);
    expect(exchange.theta).toBeCloseTo(spread.theta, 12);
    expect(spreadOption({ ...haug, strike: 1e-7 }).price).toBeCloseTo(spread.price, 6);
    expect(spreadOption({ ...haug, strike: -1e-7 }).gamma1).toBeCloseTo(spread.gamma1, 6);
  });

  it('is refused a correlation beyond 1', () => {
    expect(() =>
      margrabe({ spot1: 1, spot2: 1, years: 1, volatility1: 0.1, volatility2: 0.1, correlation: 1.1 }),
    ).toThrow('margrabe: correlation must be from -1 to 1, received 1.1');
  });
});

describe('two legs that move as one', () => {
  it('have no NaN at the kink', () => {
    const one = { spot1: 1, spot2: 1, years: 1, volatility1: 0.2, volatility2: 0.2, correlation: 1 };
    const kink = { vega1: 0, vega2: 0, correlationVega: 0, theta: 0 };
    expect(margrabe(one)).toMatchObject(kink);
    expect(margrabe({ ...one, years: 0, correlation: 0.5 })).toMatchObject(kink);
    expect(
      spreadOption({ ...haug, forward1: 20, strike: 0, volatility2: 0.29, correlation: 1 }),
    ).toMatchObject({
      ...kink,
      price: 0,
    });
  });
});

describe('the quadrature', () => {
  it('keeps its digits where the legs nearly move as one', () => {
    // mpmath, 50 digits: 0.014633833881540626
    const { price } = spreadOption({
      type: 'call',
      forward1: 125.03907585052576,
      forward2: 103.21217847822149,
      strike: 21.82148652834482,
      years: 0.0030694427275505644,
      rate: -0.015008449980017866,
      volatility1: 0.005511255994646034,
      volatility2: 0.0015347866384648405,
      correlation: 0.9999967151539482,
    });
    expect(price / 0.014633833881540626).toBeCloseTo(1, 11);
  });

  it('tells small deviations from none by each other', () => {
    const still = { type: 'call', forward1: 105, forward2: 100, strike: 5, years: 1, rate: 0 } as const;
    const { price } = spreadOption({ ...still, volatility1: 5e-9, volatility2: 5e-9, correlation: 0 });
    // so small a deviation is a normal one: √(105² + 100²) 5e-9/√(2π)
    expect(price / ((Math.hypot(105, 100) * 5e-9) / Math.sqrt(2 * Math.PI))).toBeCloseTo(1, 8);
  });

  it('has every Greek where nearly all is chance', () => {
    const wild = {
      type: 'call',
      forward1: 100,
      forward2: 100,
      strike: 5,
      years: 30,
      rate: 0,
      volatility1: 4,
      volatility2: 0.4,
      correlation: -0.9999,
    } as const;
    const greeks = spreadOption(wild);
    for (const value of Object.values(greeks)) expect(Number.isFinite(value)).toBe(true);
    expect(greeks.crossGamma).toBeLessThan(0);
    expect(greeks.correlationVega).toBeLessThan(0);
  });
});

describe('Kirk’s approximation', () => {
  it('has slopes at its ends', () => {
    const bare = spreadOption({ ...haug, forward2: 0, method: 'kirk' });
    const near = spreadOption({ ...haug, forward2: 1e-4, method: 'kirk' });
    expect(bare.delta2).toBeCloseTo(near.delta2, 3);
    expect(bare.delta2).toBeLessThan(-0.9);
    const expired = spreadOption({ ...haug, forward1: 27.001, years: 0, method: 'kirk' });
    expect(expired).toMatchObject({ delta1: 1, delta2: -1, gamma1: 0 });
    expect(expired.price).toBeCloseTo(0.001, 12);
  });
});

describe('spreadOption', () => {
  it('is Haug’s example of Kirk’s approximation', () => {
    // Haug (2007), p. 214: 28 against 20, strike 7, three months: 2.1670
    expect(spreadOption({ ...haug, method: 'kirk' }).price).toBeCloseTo(2.167, 4);
  });

  it('lies above the lower bound, and the bound is nearer than Kirk', () => {
    const exact = spreadOption(haug).price;
    const bound = spreadOption({ ...haug, method: 'bjerksund-stensland' }).price;
    expect(bound).toBeLessThan(exact);
    expect(exact - bound).toBeLessThan(Math.abs(exact - spreadOption({ ...haug, method: 'kirk' }).price));
  });

  it('has put and call differ by the discounted forward', () => {
    fc.assert(
      fc.property(terms, (of) => {
        const gap = Math.exp(-of.rate * of.years) * (of.forward1 - of.forward2 - of.strike);
        const call = spreadOption({ ...of, type: 'call' });
        const put = spreadOption({ ...of, type: 'put' });
        expect(Math.abs(call.price - put.price - gap)).toBeLessThan(1e-11 * (of.forward1 + of.forward2));
        expect(call.gamma1).toBeCloseTo(put.gamma1, 8);
        expect(call.correlationVega).toBeCloseTo(put.correlationVega, 8);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same with legs exchanged, the strike’s sign turned and call for put', () => {
    fc.assert(
      fc.property(terms, (of) => {
        const here = spreadOption({ ...of, type: 'call' });
        const there = spreadOption({
          ...of,
          type: 'put',
          forward1: of.forward2,
          forward2: of.forward1,
          volatility1: of.volatility2,
          volatility2: of.volatility1,
          strike: -of.strike,
        });
        const scale = of.forward1 + of.forward2;
        expect(Math.abs(here.price - there.price)).toBeLessThan(1e-11 * scale);
        expect(here.delta1).toBeCloseTo(there.delta2, 10);
        expect(here.gamma2).toBeCloseTo(there.gamma1, 7);
        expect(here.vega1).toBeCloseTo(there.vega2, 7);
      }),
      { numRuns: 60 },
    );
  });

  it('is at least intrinsic value of the forwards and at most the leg received', () => {
    fc.assert(
      fc.property(terms, (of) => {
        const { price } = spreadOption({ ...of, type: 'call' });
        const factor = Math.exp(-of.rate * of.years);
        const scale = of.forward1 + of.forward2;
        expect(price).toBeGreaterThanOrEqual(
          factor * Math.max(of.forward1 - of.forward2 - of.strike, 0) - 1e-11 * scale,
        );
        expect(price).toBeLessThanOrEqual(factor * (of.forward1 + Math.max(-of.strike, 0)) + 1e-11 * scale);
      }),
      { numRuns: 60 },
    );
  });

  it('has the Greeks of its own price’s differences', () => {
    const greeks = spreadOption(haug);
    const slope = (
      part: keyof typeof haug &
        ('forward1' | 'volatility1' | 'volatility2' | 'correlation' | 'years' | 'rate' | 'forward2'),
      h: number,
    ): number =>
      (spreadOption({ ...haug, [part]: haug[part] + h }).price -
        spreadOption({ ...haug, [part]: haug[part] - h }).price) /
      (2 * h);
    expect(greeks.delta1).toBeCloseTo(slope('forward1', 1e-3), 6);
    expect(greeks.delta2).toBeCloseTo(slope('forward2', 1e-3), 6);
    expect(greeks.vega1).toBeCloseTo(slope('volatility1', 1e-4), 5);
    expect(greeks.vega2).toBeCloseTo(slope('volatility2', 1e-4), 5);
    expect(greeks.correlationVega).toBeCloseTo(slope('correlation', 1e-4), 5);
    expect(greeks.theta).toBeCloseTo(-slope('years', 1e-4), 4);
    expect(greeks.rho).toBeCloseTo(slope('rate', 1e-5), 6);
  });

  it('is continuous into perfect correlation', () => {
    for (const correlation of [1, -1]) {
      for (const volatility1 of [0.36, 0.2]) {
        const edge = spreadOption({ ...haug, volatility1, correlation });
        const near = spreadOption({ ...haug, volatility1, correlation: correlation * (1 - 1e-12) });
        expect(near.price).toBeCloseTo(edge.price, 9);
        expect(near.gamma1).toBeCloseTo(edge.gamma1, 6);
        expect(near.crossGamma).toBeCloseTo(edge.crossGamma, 6);
      }
    }
  });

  it('is Black’s option when the other leg stands still', () => {
    const { price, delta1 } = spreadOption({ ...haug, volatility2: 0 });
    const black = black76({
      type: 'call',
      forward: 28,
      strike: 27,
      years: 0.25,
      rate: 0.05,
      volatility: 0.29,
    });
    expect(price).toBeCloseTo(black.price, 13);
    expect(delta1).toBeCloseTo(black.delta, 13);
    const other = spreadOption({ ...haug, volatility1: 0 });
    const put = black76({ type: 'put', forward: 20, strike: 21, years: 0.25, rate: 0.05, volatility: 0.36 });
    expect(other.price).toBeCloseTo(put.price, 13);
    expect(other.gamma2).toBeCloseTo(put.gamma, 13);
  });

  it('keeps its digits far out of the money', () => {
    // one leg alone bounds the other: both are far tails
    const { price } = spreadOption({ ...haug, strike: 80 });
    expect(price).toBeGreaterThan(1e-23);
    expect(price).toBeLessThan(1e-21);
  });

  it('prices normal legs of any sign', () => {
    // WTI on 2020-04-20 against Brent: the spread of two normal prices is normal
    const { price, delta1, delta2, vega1 } = spreadOption({
      type: 'call',
      forward1: -37.63,
      forward2: 25.57,
      strike: -60,
      years: 0.1,
      rate: 0,
      volatility1: 40,
      volatility2: 20,
      correlation: 0.5,
      method: 'bachelier',
    });
    const volatility = Math.sqrt(1600 + 400 - 800);
    const same = bachelier({ type: 'call', forward: -63.2, strike: -60, years: 0.1, rate: 0, volatility });
    expect(price).toBeCloseTo(same.price, 13);
    expect(delta1).toBeCloseTo(same.delta, 13);
    expect(delta2).toBe(-delta1);
    expect(vega1).toBeCloseTo((same.vega * (40 - 10)) / volatility, 12);
  });

  it('says what is wrong', () => {
    expect(() => spreadOption({ ...haug, correlation: 2 })).toThrow(
      'spreadOption: correlation must be from -1 to 1, received 2',
    );
    expect(() => spreadOption({ ...haug, forward1: -3 })).toThrow(/forward1 must be a non-negative number/);
    expect(() => spreadOption({ ...haug, strike: -20, method: 'kirk' })).toThrow(
      /needs forward1 and forward2 \+ strike above 0/,
    );
    expect(() => spreadOption({ ...haug, method: 'margrabe' as 'kirk' })).toThrow(/method must be one of/);
    expect(() => spreadOption({ ...haug, corelation: 0 } as never)).toThrow(/did you mean correlation/);
  });

  it('is finite or says why on anything', () => {
    const hostile = fc.record({
      type: fc.constantFrom('call' as const, 'put' as const),
      forward1: fc.constantFrom(0, 1e-6, 20, 100, 1e6),
      forward2: fc.constantFrom(0, 1e-6, 20, 100, 1e6),
      strike: fc.constantFrom(-1e3, -80, -1e-9, 0, 1e-9, 80, 1e3),
      years: fc.constantFrom(0, 1e-9, 0.5, 30),
      rate: fc.constantFrom(-0.05, 0, 0.2),
      volatility1: fc.constantFrom(0, 1e-6, 0.3, 3),
      volatility2: fc.constantFrom(0, 1e-6, 0.3, 3),
      correlation: fc.constantFrom(-1, -0.9999999, 0, 0.5, 1 - 1e-15, 1),
      method: fc.constantFrom(
        'quadrature' as const,
        'kirk' as const,
        'bjerksund-stensland' as const,
        'bachelier' as const,
      ),
    });
    fc.assert(
      fc.property(hostile, (of) => {
        try {
          const { price, delta1, delta2 } = spreadOption(of);
          expect(Number.isFinite(price)).toBe(true);
          expect(Number.isFinite(delta1)).toBe(true);
          expect(Number.isFinite(delta2)).toBe(true);
          expect(price).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect((error as Error).name).toBe('OptionError');
        }
      }),
      { numRuns: 500 },
    );
  });
});
