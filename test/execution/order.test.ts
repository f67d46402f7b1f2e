import fc from 'fast-check';
import { advanceOrder, type Order, type OrderEvent, type OrderStatus, placeOrder } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const fresh = placeOrder({ id: 'a1', quantity: -10, time: 100 });
const fill = (quantity: number, time = 200): OrderEvent => ({ type: 'fill', quantity, price: 50, time });
const inState: Readonly<Record<OrderStatus, Order>> = {
  new: fresh,
  'partially-filled': advanceOrder(fresh, fill(-4)),
  filled: advanceOrder(fresh, fill(-10)),
  cancelled: advanceOrder(fresh, { type: 'cancel', time: 200 }),
  rejected: advanceOrder(fresh, { type: 'reject', time: 200 }),
  expired: advanceOrder(advanceOrder(fresh, fill(-4)), { type: 'expire', time: 200 }),
};

describe('the life of an order', () => {
  it('is in the state that it is called', () => {
    for (const [status, order] of Object.entries(inState)) expect(order.status).toBe(status);
  });

  it('goes only where it can', () => {
    const possible: Readonly<Record<OrderStatus, string>> = {
      new: 'fill cancel reject expire',
      'partially-filled': 'fill cancel expire',
      filled: '',
      cancelled: '',
      rejected: '',
      expired: '',
    };
    for (const [status, order] of Object.entries(inState) as [OrderStatus, Order][]) {
      for (const type of ['fill', 'cancel', 'reject', 'expire'] as const) {
        const event = type === 'fill' ? fill(-1, 300) : { type, time: 300 };
        if (possible[status].split(' ').includes(type)) expect(advanceOrder(order, event).updated).toBe(300);
        else expect(() => advanceOrder(order, event)).toThrow(`order a1 is ${status}, it cannot ${type}`);
      }
    }
  });

  it('never fills more than its quantity, and never loses any of it', () => {
    const events = fc.array(
      fc.record({
        type: fc.constantFrom('fill', 'fill', 'fill', 'cancel', 'expire', 'reject'),
        tenths: fc.integer({ min: -30, max: 60 }),
        cents: fc.integer({ min: 1, max: 10_000 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.boolean(), events, (tenths, buys, all) => {
        const side = buys ? 1 : -1;
        let order = placeOrder({ id: 'x', quantity: (side * tenths) / 10, time: 0 });
        let money = 0;
        all.forEach(({ type, tenths: part, cents }, i) => {
          const event = { type, time: i, quantity: (side * part) / 10, price: cents / 100 } as OrderEvent;
          try {
            order = advanceOrder(order, event);
            if (event.type === 'fill') money += event.quantity * event.price;
          } catch (error) {
            expect((error as Error).name).toBe('DataError');
          }
          expect(Math.abs(order.filled)).toBeLessThanOrEqual(Math.abs(order.quantity));
          expect(order.filled + order.remaining).toBeCloseTo(order.quantity, 12);
          expect(order.status === 'filled').toBe(order.remaining === 0);
          if (order.filled !== 0) expect(order.averagePrice * order.filled).toBeCloseTo(money, 8);
          expect(Object.isFrozen(order)).toBe(true);
        });
      }),
    );
  });

  it('is filled by what only rounding keeps from its quantity', () => {
    const buy = (quantity: number): Order => placeOrder({ id: 'd', quantity, time: 0 });
    const then = (order: Order, quantity: number): Order =>
      advanceOrder(order, { type: 'fill', quantity, price: 10, time: 1 });
    const parts = then(then(buy(0.1 + 0.2), 0.1), 0.2);
    expect(parts).toMatchObject({ status: 'filled', filled: 0.1 + 0.2, remaining: 0 });
    expect(then(buy(0.3), 0.1 + 0.2)).toMatchObject({ status: 'filled', filled: 0.3, remaining: 0 });
    expect(then(then(buy(-0.3), -0.2), 0.2 - 0.3)).toMatchObject({ status: 'filled', filled: -0.3 });
    expect(() => then(buy(0.3), 0.3000000001)).toThrow('has 0.3 left');
    expect(then(buy(0.3), 0.2999999999).remaining).toBe(1e-10);
  });

  it('does not trust what an order says remains of it', () => {
    const grown = { ...inState['partially-filled'], remaining: -100 };
    expect(() => advanceOrder(grown, fill(-7))).toThrow('order a1 has -6 left, received -7');
    expect(advanceOrder(grown, fill(-6)).status).toBe('filled');
    expect(() => advanceOrder({ ...fresh, filled: 3, averagePrice: 50 }, fill(-1))).toThrow(
      'of -10 cannot have filled 3',
    );
    expect(() => advanceOrder({ ...fresh, filled: NaN }, fill(-1))).toThrow('order.filled must be a finite');
  });

  it('refuses a misspelt name and an order without one', () => {
    const event = { ...fill(-1), fees: 1 } as never;
    expect(() => advanceOrder(fresh, event)).toThrow('advanceOrder: unknown option fees; did you mean fee?');
    expect(() => placeOrder({ quantity: 1, time: 0 } as never)).toThrow(
      'id must be a text, received undefined',
    );
    expect(() => placeOrder({ id: '', quantity: 1, time: 0 })).toThrow("id must be a text, received ''");
  });

  it('leaves the order before as it was', () => {
    const before = JSON.stringify(fresh);
    advanceOrder(fresh, fill(-3));
    expect(JSON.stringify(fresh)).toBe(before);
  });

  it('refuses fills that are none of its', () => {
    expect(() => advanceOrder(fresh, fill(-11))).toThrow('order a1 has -10 left, received -11');
    expect(() => advanceOrder(fresh, fill(1))).toThrow('order a1 is to sell, received a fill of 1');
    expect(() => advanceOrder(fresh, fill(0))).toThrow('received a fill of 0');
    expect(() => advanceOrder(fresh, fill(NaN))).toThrow('quantity must be a finite number');
    expect(() => advanceOrder(fresh, fill(-1, 99))).toThrow('last heard of at 100, received 99');
    expect(() => advanceOrder(fresh, { type: 'fil', time: 200 } as never)).toThrow('did you mean fill?');
    expect(() => advanceOrder({ id: 'c' } as never, fill(1))).toThrow('order c is undefined, it cannot fill');
    expect(() => placeOrder({ id: 'b', quantity: 0, time: 0 })).toThrow('quantity must not be 0');
    expect(() => placeOrder({ id: 'b', quantity: 1, time: NaN })).toThrow('time');
  });
});
