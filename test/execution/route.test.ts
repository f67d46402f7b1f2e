import fc from 'fast-check';
import { type Route, route, type Venue } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const venues = fc
  .array(
    fc.record({
      levels: fc.array(
        fc.record({
          price: fc.integer({ min: 9900, max: 10_100 }).map((cents) => cents / 100),
          quantity: fc.integer({ min: 0, max: 50 }),
        }),
        { maxLength: 5 },
      ),
      fee: fc.integer({ min: -2, max: 20 }).map((points) => points / 10_000),
      latency: fc.integer({ min: 0, max: 50 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => all.map((venue, i): Venue => ({ name: `v${i}`, ...venue })));
const quantities = fc.integer({ min: -300, max: 300 });
const depthOf = ({ levels }: Venue): number => levels.reduce((total, { quantity }) => total + quantity, 0);
const at = (quantity: number, some: readonly Venue[]): Route =>
  route({ quantity, venues: some, driftPerMillisecond: 0.001 });

describe('route', () => {
  it('conserves the order, and never takes more than a venue has', () => {
    fc.assert(
      fc.property(quantities, venues, (quantity, all) => {
        const { children, filled, unfilled } = at(quantity, all);
        expect(filled + unfilled).toBe(quantity);
        expect(children.reduce((total, child) => total + child.quantity, 0)).toBe(filled);
        for (const child of children) {
          expect(Math.sign(child.quantity)).toBe(Math.sign(quantity));
          expect(Math.abs(child.quantity)).toBeLessThanOrEqual(
            depthOf(all.find(({ name }) => name === child.venue)!),
          );
        }
        const depth = all.reduce((total, venue) => total + depthOf(venue), 0);
        expect(Math.abs(filled)).toBe(Math.min(Math.abs(quantity), depth));
      }),
    );
  });

  it('costs no more than one venue alone, nor than an even split', () => {
    fc.assert(
      fc.property(quantities, venues, (quantity, all) => {
        const best = at(quantity, all);
        for (const venue of all) {
          if (depthOf(venue) < Math.abs(quantity)) continue;
          expect(best.cost).toBeLessThanOrEqual(at(quantity, [venue]).cost + 1e-9);
        }
        const even = Math.trunc(quantity / all.length);
        const parts = all.map((venue, i) => at(i === 0 ? quantity - even * (all.length - 1) : even, [venue]));
        if (parts.some(({ unfilled }) => unfilled !== 0)) return;
        expect(best.cost).toBeLessThanOrEqual(parts.reduce((total, { cost }) => total + cost, 0) + 1e-9);
      }),
    );
  });

  it('sends each child with a limit at which its venue has depth for it', () => {
    fc.assert(
      fc.property(quantities, venues, (quantity, all) => {
        for (const { venue, quantity: part, price } of at(quantity, all).children) {
          const { levels } = all.find(({ name }) => name === venue)!;
          const within = levels.filter((level) => (part > 0 ? level.price <= price : level.price >= price));
          expect(within.reduce((total, level) => total + level.quantity, 0)).toBeGreaterThanOrEqual(
            Math.abs(part),
          );
        }
      }),
    );
  });

  it('takes no price beyond the limit', () => {
    const one = [
      {
        name: 'a',
        levels: [
          { price: 100, quantity: 5 },
          { price: 101, quantity: 5 },
        ],
      },
    ];
    expect(route({ quantity: 8, venues: one, limit: 100.5 }).unfilled).toBe(3);
    expect(route({ quantity: -8, venues: one, limit: 100.5 }).filled).toBe(-5);
  });

  it('takes whole lots of each level', () => {
    const one = [
      {
        name: 'a',
        levels: [
          { price: 100, quantity: 0.35 },
          { price: 101, quantity: 5 },
        ],
      },
    ];
    expect(route({ quantity: 0.5, venues: one, lot: 0.1 }).cost).toBeCloseTo(0.3 * 100 + 0.2 * 101, 12);
  });

  it('leaves nothing where only rounding keeps the order from what is filled', () => {
    const venues = [{ name: 'a', levels: [{ price: 10, quantity: 1 }] }];
    expect(route({ quantity: 0.1 + 0.2, venues, lot: 0.1 })).toMatchObject({ filled: 0.3, unfilled: 0 });
    const { filled, unfilled } = route({ quantity: -1.2000000000000002, venues, lot: 0.1 });
    expect([filled, unfilled]).toEqual([-1, -0.2]);
  });

  it('refuses books that are none', () => {
    const level = { price: 100, quantity: 5 };
    const book = (broken: object): readonly Venue[] => [{ name: 'a', levels: [{ ...level, ...broken }] }];
    expect(() => route({ quantity: 1, venues: book({ price: NaN }) })).toThrow('venues[0].levels[0] has NaN');
    expect(() => route({ quantity: 1, venues: book({ quantity: -1 }) })).toThrow('has 100 and -1');
    expect(() => route({ quantity: 1, venues: book({ price: '100' }) })).toThrow("has '100' and 5");
    expect(() => route({ quantity: 1, venues: book({ quantity: '5' }) })).toThrow("has 100 and '5'");
    const venue = { name: 'a', levels: [level] };
    const at = (broken: object): (() => unknown) => {
      return () => route({ quantity: 1, venues: [{ ...venue, ...broken }] });
    };
    expect(at({ fees: 0.001 })).toThrow('route: unknown option fees; did you mean fee?');
    expect(at({ latencyMs: 5 })).toThrow('route: unknown option latencyMs; did you mean latency?');
    expect(at({ fee: '0.001' })).toThrow('venues[0].fee must be a finite number');
    expect(at({ name: undefined })).toThrow('venues[0].name must be a text');
    expect(at({ levels: [null] })).toThrow('venues[0].levels[0] must be an object, received null');
    expect(() => route({ quantity: 1.5, venues: book({}) })).toThrow('whole number of lots');
    expect(() => route({ quantity: 1, venues: null as never })).toThrow('venues must');
    expect(() => route({ quantity: 1, venues: [{ name: 'a' } as never] })).toThrow('levels must be an array');
    expect(route({ quantity: 5, venues: [] })).toMatchObject({ filled: 0, unfilled: 5, children: [] });
  });
});
