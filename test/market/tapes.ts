import fc from 'fast-check';
import type { Bar, Trade } from 'hedgerow';

/** Prices, now and then one that is none. */
export const price: fc.Arbitrary<number> = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 0.01, max: 1e6, noNaN: true }) },
  { weight: 3, arbitrary: fc.constantFrom(100, 100.25, 99.75, -37.63, 0, -0) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);

/** Times around 1970, many equal and many on the edges of a second. */
export const time: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -20_000, max: 20_000 }),
  fc.integer({ min: -20, max: 20 }).map((second) => second * 1000),
  fc.double({ min: -20_000, max: 20_000, noNaN: true }),
);

export const trade: fc.Arbitrary<Trade> = fc.record({
  time,
  price,
  quantity: fc.oneof(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.constantFrom(0, -2, 1)),
});

/** A tape as it arrived, in any order. */
export const tape: fc.Arbitrary<Trade[]> = fc.array(trade, { maxLength: 120 });

/** By time; trades of one time stay as they arrived. */
export const sorted = (trades: readonly Trade[]): Trade[] => [...trades].sort((a, b) => a.time - b.time);

/** Every bit of some bars: NaN and -0 included. */
export const bits = (bars: readonly Bar[]): string[] =>
  bars.map((bar) =>
    Object.values(bar)
      .map((x) => (Object.is(x, -0) ? '-0' : String(x)))
      .join(' '),
  );
