import fc from 'fast-check';
import type { ForwardTerms, SpotTerms } from 'hedgerow';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
/** Evenly spread over its size. */
const sized = (min: number, max: number): fc.Arbitrary<number> =>
  between(Math.log(min), Math.log(max)).map(Math.exp);

const type = fc.constantFrom('call' as const, 'put' as const);
const years = sized(1e-6, 50);
const rate = between(-0.05, 0.2);

/** Any European option that a market might have, and some it would not. */
export const spotTerms: fc.Arbitrary<SpotTerms> = fc.record({
  type,
  spot: sized(0.1, 1e5),
  strike: sized(0.1, 1e5),
  years,
  rate,
  volatility: sized(1e-4, 5),
  dividendYield: between(-0.05, 0.1),
});

/** The same within a few deviations of the strike, where prices say something. */
export const nearTerms: fc.Arbitrary<SpotTerms> = fc
  .record({
    type,
    strike: sized(1, 1e4),
    deviations: between(-3, 3),
    years: sized(1e-3, 5),
    rate,
    volatility: sized(0.05, 1),
  })
  .map(({ deviations, strike, ...rest }) => ({
    ...rest,
    strike,
    spot: strike * Math.exp(deviations * rest.volatility * Math.sqrt(rest.years)),
  }));

export const forwardTerms: fc.Arbitrary<ForwardTerms> = fc.record({
  type,
  forward: sized(0.1, 1e4),
  strike: sized(0.1, 1e4),
  years,
  rate,
  volatility: sized(1e-3, 3),
});

/** Options on prices of any sign, with a volatility in units of price. */
export const normalTerms: fc.Arbitrary<ForwardTerms> = fc.record({
  type,
  forward: between(-100, 100),
  strike: between(-100, 100),
  years: sized(1e-4, 10),
  rate,
  volatility: sized(1, 200),
});

/** Terms at the edges: nothing left, nothing moving, nothing worth anything. */
export const edgeTerms: fc.Arbitrary<SpotTerms> = fc.record({
  type,
  spot: fc.constantFrom(0, 1e-300, 1, 100, 1e300),
  strike: fc.constantFrom(0, 1e-300, 1, 100, 1e300),
  years: fc.constantFrom(0, 1e-300, 1e-6, 1, 50),
  rate: fc.constantFrom(-0.05, 0, 0.2),
  volatility: fc.constantFrom(0, 1e-300, 0.2, 100, 1e300),
  dividendYield: fc.constantFrom(-0.05, 0, 0.2),
});
