import fc from 'fast-check';
import { implementationShortfall, slippage } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const price = fc.integer({ min: 100, max: 20_000 }).map((cents) => cents / 100);
const fills = fc.array(
  fc.record({ quantity: fc.integer({ min: 1, max: 100 }), price, fee: fc.constantFrom(0, 0.5) }),
  {
    maxLength: 10,
  },
);

describe('implementationShortfall', () => {
  it('is the paper profit less the real one, and its parts are all of it', () => {
    fc.assert(
      fc.property(
        fills,
        fc.boolean(),
        fc.integer({ min: 1, max: 200 }),
        price,
        price,
        price,
        (all, buys, rest, decisionPrice, arrivalPrice, finalPrice) => {
          const side = buys ? 1 : -1;
          const signed = all.map((fill) => ({ ...fill, quantity: side * fill.quantity }));
          const filled = signed.reduce((total, { quantity }) => total + quantity, 0);
          const quantity = filled + side * rest;
          const cost = implementationShortfall({
            quantity,
            decisionPrice,
            arrivalPrice,
            finalPrice,
            fills: signed,
          });
          const paper = quantity * (finalPrice - decisionPrice);
          const real = signed.reduce(
            (total, fill) => total + fill.quantity * (finalPrice - fill.price) - fill.fee,
            0,
          );
          expect(cost.total).toBeCloseTo(paper - real, 6);
          expect(cost.delay + cost.execution + cost.opportunity + cost.fees).toBe(cost.total);
          expect(cost.filled + cost.unfilled).toBe(quantity);
        },
      ),
    );
  });

  it('needs no final price when all is filled', () => {
    const full = { quantity: 10, decisionPrice: 50, fills: [{ quantity: 10, price: 51 }] };
    expect(implementationShortfall(full).total).toBe(10);
    expect(implementationShortfall(full).basisPoints).toBeCloseTo(200, 10);
    expect(() => implementationShortfall({ ...full, quantity: 12 })).toThrow(
      'needs a finalPrice for the 2 not filled',
    );
  });

  it('takes what only rounding keeps from the whole order as the whole order', () => {
    const tenths = [
      { quantity: 0.1, price: 51 },
      { quantity: 0.2, price: 51 },
    ];
    const cost = implementationShortfall({ quantity: 0.1 + 0.2, decisionPrice: 50, fills: tenths });
    expect([cost.filled, cost.unfilled]).toEqual([0.1 + 0.2, 0]);
    const one = [{ quantity: 0.1 + 0.2, price: 51 }];
    expect(implementationShortfall({ quantity: 0.3, decisionPrice: 50, fills: one }).unfilled).toBe(0);
  });

  it('refuses a fill of the other side, and a misspelt name', () => {
    const order = { quantity: 10, decisionPrice: 50, finalPrice: 50 };
    const fills = [
      { quantity: 8, price: 50 },
      { quantity: -3, price: 50 },
    ];
    expect(() => implementationShortfall({ ...order, fills })).toThrow(
      'implementationShortfall: the order is to buy, fills[1].quantity is -3',
    );
    const misspelt = [{ quantity: 8, price: 50, fees: 1 }];
    expect(() => implementationShortfall({ ...order, fills: misspelt })).toThrow('did you mean fee?');
    expect(() => slippage({ fills: misspelt })).toThrow('slippage: unknown option fees');
    expect(() => slippage({ fills: [null as never] })).toThrow('fills[0] must be an object');
  });

  it('refuses fills that are none of the order', () => {
    const order = { quantity: 10, decisionPrice: 50, finalPrice: 50 };
    expect(() => implementationShortfall({ ...order, fills: [{ quantity: 11, price: 50 }] })).toThrow(
      'received 11',
    );
    expect(() => implementationShortfall({ ...order, fills: [{ quantity: -1, price: 50 }] })).toThrow(
      'fills[0].quantity is -1',
    );
    expect(() => implementationShortfall({ ...order, fills: [{ quantity: 1, price: NaN }] })).toThrow(
      'fills[0].price is NaN',
    );
    expect(() => implementationShortfall({ ...order, fills: null as never })).toThrow('fills');
    expect(() => implementationShortfall({ ...order, quantity: 0, fills: [] })).toThrow(
      'quantity must not be 0',
    );
    expect(() => implementationShortfall({ ...order, decisionPrice: NaN, fills: [] })).toThrow(
      'decisionPrice',
    );
  });
});

describe('slippage', () => {
  it('is positive when bought dearer or sold cheaper', () => {
    for (const side of [1, -1]) {
      const bad = slippage({ fills: [{ quantity: side, price: 100 + side }], arrival: 100, close: 100 });
      expect(bad.arrival).toBeCloseTo(100, 9);
      expect(bad.close).toBeCloseTo(100, 9);
      expect(bad.vwap).toBeNaN();
    }
  });

  it('refuses fills that come to nothing', () => {
    expect(() => slippage({ fills: [] })).toThrow('slippage: fills must have a quantity');
    expect(() => slippage({ fills: [{ quantity: 1, price: 1 }], vwap: NaN })).toThrow('vwap');
  });
});
