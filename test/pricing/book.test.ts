import fc from 'fast-check';
import { type BookPosition, blackScholes, book, bookValue, explainBook, shocked } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const call = {
  kind: 'black-scholes',
  type: 'call',
  spot: 100,
  strike: 105,
  years: 0.5,
  rate: 0.03,
  volatility: 0.2,
} as const;
const mixed: readonly BookPosition[] = [
  { quantity: 10, multiplier: 100, terms: call },
  { quantity: -300, terms: { kind: 'underlying', spot: 100 } },
  {
    quantity: -5,
    multiplier: 1000,
    terms: {
      kind: 'black-76',
      type: 'put',
      forward: 80,
      strike: 75,
      years: 0.3,
      rate: 0.03,
      volatility: 0.35,
    },
  },
  {
    quantity: 2,
    multiplier: 1000,
    terms: { kind: 'bachelier', type: 'put', forward: -5, strike: 0, years: 0.1, rate: 0.03, volatility: 20 },
  },
  {
    quantity: 4,
    multiplier: 100,
    terms: { kind: 'american', type: 'put', spot: 100, strike: 100, years: 0.5, rate: 0.05, volatility: 0.3 },
  },
];

describe('book', () => {
  it('is quantity, multiplier and one unit’s Greeks', () => {
    const { kind: _, ...terms } = call;
    const one = blackScholes(terms);
    const { value, delta, vega, exposure } = book([{ quantity: -10, multiplier: 100, terms: call }]);
    expect(value).toBe(-1000 * one.price);
    expect(delta).toBe(-1000 * one.delta);
    expect(vega).toBe(-1000 * one.vega);
    expect(exposure).toBeCloseTo(-1000 * one.delta * 100, 8);
  });

  it('adds up its positions', () => {
    const whole = book(mixed);
    for (const name of [
      'value',
      'delta',
      'gamma',
      'vega',
      'theta',
      'rho',
      'vanna',
      'volga',
      'exposure',
    ] as const) {
      expect(whole[name]).toBeCloseTo(
        whole.positions.reduce((sum, one) => sum + one[name], 0),
        9,
      );
    }
    expect(bookValue(mixed)).toBeCloseTo(whole.value, 9);
    expect(book([]).value).toBe(0);
  });

  it('is worth nothing in nothing', () => {
    expect(book([{ quantity: 0, terms: { ...call, spot: 105, years: 0 } }]).gamma).toBe(0);
  });

  it('says what is wrong', () => {
    expect(() => book([{ quantity: NaN, terms: call }])).toThrow(
      'book: positions[0].quantity must be a finite number, received NaN',
    );
    expect(() => book([{ quantity: 1, terms: { ...call, kind: 'binary' as 'american' } }])).toThrow(
      /kind must be one of/,
    );
    expect(() => book([{ quantity: 1, size: 3, terms: call } as never])).toThrow(/unknown option size/);
  });
});

describe('bookValue', () => {
  it('prices every position after the shock', () => {
    const { kind: _, ...terms } = call;
    const moved = { ...terms, spot: 91, volatility: 0.25, rate: 0.04, years: 0.25 };
    const shock = { move: -0.1, shift: 1, volatility: 0.05, rate: 0.01, years: 0.25 };
    expect(bookValue([{ quantity: 1, terms: call }], shock)).toBeCloseTo(blackScholes(moved).price, 13);
  });

  it('lets options expire and volatility fall to nothing', () => {
    expect(bookValue([{ quantity: 1, terms: call }], { years: 1, move: 0.1 })).toBeCloseTo(5, 12);
    expect(bookValue([{ quantity: 1, terms: call }], { volatility: -1 })).toBe(0);
    expect(() => bookValue(mixed, { vol: 1 } as never)).toThrow(/unknown option vol/);
  });
});

describe('explainBook', () => {
  it('leaves the third order unexplained', () => {
    const small = explainBook(
      mixed,
      shocked(mixed, { shift: 0.1, volatility: 0.001, rate: 0.0001, years: 0.0005 }),
    );
    const half = explainBook(
      mixed,
      shocked(mixed, { shift: 0.05, volatility: 0.0005, rate: 0.00005, years: 0.00025 }),
    );
    expect(Math.abs(small.unexplained)).toBeLessThan(0.01 * Math.abs(small.total));
    expect(Math.abs(half.unexplained)).toBeLessThan(0.3 * Math.abs(small.unexplained));
  });

  it('adds up', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        fc.double({ min: -0.1, max: 0.2, noNaN: true }),
        (move, volatility) => {
          const european = mixed.slice(0, 3);
          const after = shocked(european, { move, volatility });
          const change = explainBook(european, after);
          expect(change.total).toBeCloseTo(bookValue(after) - bookValue(european), 8);
          expect(change.explained + change.unexplained).toBeCloseTo(change.total, 8);
        },
      ),
    );
  });

  it('is nothing when nothing moves', () => {
    const { total, explained, unexplained } = explainBook(mixed, mixed);
    expect([total, explained, unexplained]).toEqual([0, 0, 0]);
  });

  it('refuses other contracts', () => {
    expect(() => explainBook(mixed, mixed.slice(1))).toThrow(
      'explainBook: both books must have the same positions, received 5 and 4',
    );
    expect(() =>
      explainBook([{ quantity: 1, terms: call }], [{ quantity: 1, terms: { ...call, strike: 90 } }]),
    ).toThrow(/another contract/);
  });
});

describe('a book at a kink', () => {
  const expired = { ...call, spot: 105, years: 0 };

  it('is flat where it is bought and sold', () => {
    const flat = book([
      { quantity: 1, terms: expired },
      { quantity: -1, terms: expired },
      { quantity: 2, terms: call },
    ]);
    expect(flat.gamma).toBe(flat.positions[2]!.gamma);
    expect(flat.theta).toBe(flat.positions[2]!.theta);
    expect(book([{ quantity: 1, terms: expired }]).gamma).toBe(Infinity);
  });

  it('leaves unexplained what an infinite Greek would', () => {
    const before = [{ quantity: 1, terms: expired }];
    const { total, explained, unexplained } = explainBook(before, shocked(before, { shift: 2 }));
    expect(total).toBe(2);
    expect(explained).toBe(1);
    expect(unexplained).toBe(1);
  });
});

describe('a book and its contracts', () => {
  const american = {
    kind: 'american',
    type: 'put',
    spot: 100,
    strike: 100,
    years: 0.5,
    rate: 0.05,
    volatility: 0.3,
    method: 'leisen-reimer',
    steps: 51,
    dividends: [
      { years: 0.01, amount: 1 },
      { years: 0.25, amount: 1 },
    ],
  } as const;
  const held = [{ quantity: 1, terms: american }];

  it('sees dividends come nearer and go', () => {
    const after = shocked(held, { years: 0.1 });
    expect(after[0]?.terms).toMatchObject({ years: 0.4, dividends: [{ years: 0.15, amount: 1 }] });
    expect(Number.isFinite(explainBook(held, after).total)).toBe(true);
  });

  it('refuses another expiry, method, steps or dividend', () => {
    const others = [
      { ...american, years: 0.75 },
      { ...american, method: 'binomial' },
      { ...american, steps: 101 },
      { ...american, dividends: [] },
      { ...american, dividends: [american.dividends[0], { years: 0.25, amount: 2 }] },
    ] as const;
    for (const terms of others) {
      expect(() => explainBook(held, [{ quantity: 1, terms }])).toThrow(
        'explainBook: positions[0] is another contract after than before',
      );
    }
  });

  it('says what it was given instead of a book', () => {
    for (const bad of [null, 5, {}, undefined, 'book']) {
      expect(() => book(bad as never)).toThrow(/^book: positions must be an array/);
      expect(() => bookValue(bad as never)).toThrow(/^bookValue: positions must be an array/);
      expect(() => shocked(bad as never, {})).toThrow(/^shocked: positions must be an array/);
      expect(() => explainBook(bad as never, [])).toThrow(/^explainBook: before must be an array/);
      expect(() => explainBook([], bad as never)).toThrow(/^explainBook: after must be an array/);
    }
    expect(() => bookValue([], null as never)).toThrow(/^bookValue: shock must be an object/);
    expect(() => bookValue([], { vol: 1 } as never)).toThrow(/^bookValue: unknown option vol/);
  });

  it('says which position is wrong, and who was asked', () => {
    expect(() => book([{ quantity: 1, terms: { ...call, strike: -1 } }])).toThrow(
      'book: positions[0].terms: blackScholes: strike must be a non-negative number, received -1',
    );
    expect(() =>
      bookValue([{ quantity: 1, terms: { kind: 'underlying', spot: 1, strike: 2 } }] as never),
    ).toThrow(/^bookValue: positions\[0\]\.terms: underlying: unknown option strike/);
    expect(() => book([{ quantity: 1, terms: { ...american, dividends: [null] } }] as never)).toThrow(
      /dividends\[0\] must be an object/,
    );
    expect(() => shocked([{ quantity: 1, terms: { ...american, dividends: [null] } }] as never, {})).toThrow(
      /dividends must be an object/,
    );
  });
});
