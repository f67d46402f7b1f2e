import fc from 'fast-check';
import { RoundTrips, roundTrips, tripStatistics } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const fills = fc
  .array(
    fc.record({
      price: fc.integer({ min: 100, max: 20_000 }).map((cents) => cents / 100),
      quantity: fc.integer({ min: -50, max: 50 }).map((tenths) => (tenths || 1) / 10),
      fee: fc.integer({ min: 0, max: 100 }).map((cents) => cents / 100),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => rows.map((row, i) => ({ time: i * 1000, ...row })));

describe('roundTrips', () => {
  it('closes the oldest first', () => {
    const { trips, account } = roundTrips([
      { time: 0, price: 10, quantity: 1 },
      { time: 1, price: 20, quantity: 1 },
      { time: 2, price: 30, quantity: -1.5 },
    ]);
    expect(trips.map(({ gross }) => gross)).toEqual([20, 5]);
    expect(account.position).toBe(0.5);
    expect(account.averagePrice).toBe(20);
    expect(account.unrealised).toBe(5);
  });

  it('is flat after three tenths bought as one and two', () => {
    const { trips, account } = roundTrips([
      { time: 0, price: 10, quantity: 0.1 },
      { time: 1, price: 10, quantity: 0.2 },
      { time: 2, price: 11, quantity: -0.3 },
    ]);
    expect(account.position).toBe(0);
    expect(trips.map(({ quantity }) => quantity)).toEqual([0.1, 0.2]);
  });

  it('closes only what is held of the same instrument', () => {
    const pair = [
      { time: 0, instrument: 'KO', price: 60, quantity: 10, fee: 1 },
      { time: 0, instrument: 'PEP', price: 170, quantity: -4, fee: 2 },
      { time: 1, instrument: 'KO', price: 61, quantity: -10 },
      { time: 2, instrument: 'PEP', price: 168, quantity: 1 },
    ];
    const { trips, account, instruments } = roundTrips(pair);
    expect(trips.map(({ instrument, quantity, gross }) => [instrument, quantity, gross])).toEqual([
      ['KO', 10, 10],
      ['PEP', -1, 2],
    ]);
    expect(instruments['KO']).toMatchObject({ position: 0, realised: 10, fees: 1, net: 9 });
    expect(instruments['PEP']).toMatchObject({ position: -3, realised: 2, unrealised: 6, fees: 2, net: 6 });
    expect(account).toMatchObject({ position: NaN, realised: 12, unrealised: 6, fees: 3, net: 15 });
    expect(roundTrips(pair, { mark: { PEP: 169 } }).account.net).toBe(12);
    const live = new RoundTrips();
    for (const fill of pair) live.push(fill);
    const revived = RoundTrips.from(JSON.parse(JSON.stringify(live.snapshot())));
    expect(revived.accounts({ PEP: 168 })).toEqual(instruments);
    expect(revived.account({ PEP: 168 })).toEqual(account);
    expect(() => roundTrips(pair, { mark: 100 })).toThrow('roundTrips: 2 instruments need a mark each');
    expect(() => live.account(100)).toThrow('RoundTrips: 2 instruments need a mark each');
    expect(() => roundTrips(pair, { mark: { PEPP: 168 } })).toThrow('PEP is held and needs a finite mark');
    expect(() => roundTrips([{ ...pair[0]!, instrument: 5 } as never])).toThrow('instrument must be a name');
  });

  it('accounts for each instrument as if it were alone', () => {
    fc.assert(
      fc.property(fills, fc.array(fc.constantFrom('a', 'b', '__proto__', 'NaN')), (all, names) => {
        const named = all.map((fill, i) => ({ ...fill, instrument: names[i] ?? 'a' }));
        const { instruments, trips, account } = roundTrips(named);
        for (const name of new Set(named.map(({ instrument }) => instrument))) {
          const own = roundTrips(named.filter(({ instrument }) => instrument === name));
          expect(Object.getOwnPropertyDescriptor(instruments, name)?.value).toEqual(own.account);
          expect(trips.filter(({ instrument }) => instrument === name)).toEqual(own.trips);
        }
        const net = Object.values(instruments).reduce((total, own) => total + own.net, 0);
        expect(account.net).toBeCloseTo(net, 7);
      }),
    );
  });

  it('realised and unrealised are all the money there is', () => {
    fc.assert(
      fc.property(fills, fc.integer({ min: 1, max: 300 }), (all, mark) => {
        const { trips, account } = roundTrips(all, { mark });
        const cash = all.reduce((total, { price, quantity }) => total - price * quantity, 0);
        const held = all.reduce((total, { quantity }) => total + quantity, 0);
        expect(account.realised + account.unrealised).toBeCloseTo(cash + held * mark, 7);
        expect(account.position).toBeCloseTo(held, 9);
        expect(account.fees).toBeCloseTo(
          all.reduce((total, { fee }) => total + fee, 0),
          9,
        );
        expect(trips.reduce((total, { gross }) => total + gross, 0)).toBeCloseTo(account.realised, 7);
        for (const trip of trips) expect(trip.holding).toBeGreaterThan(0);
        const bought = all.reduce((total, { quantity }) => total + Math.abs(quantity), 0);
        const tripped = trips.reduce((total, { quantity }) => total + Math.abs(quantity), 0);
        expect(2 * tripped + Math.abs(account.position)).toBeCloseTo(bought, 7);
      }),
    );
  });

  it('all fees of closed trips are shared out', () => {
    fc.assert(
      fc.property(fills, (all) => {
        const held = roundTrips(all).account.position;
        if (held === 0) return;
        const flat = [...all, { time: 1e9, price: 50, quantity: -held, fee: 1 }];
        const { trips, account } = roundTrips(flat);
        expect(trips.reduce((total, { fees }) => total + fees, 0)).toBeCloseTo(account.fees, 7);
        expect(tripStatistics(trips).net).toBeCloseTo(account.net, 7);
      }),
    );
  });

  it('refuses fills that are none', () => {
    const fill = { time: 5, price: 10, quantity: 1 };
    expect(() => roundTrips([{ ...fill, price: NaN }])).toThrow('roundTrips: fills[0].price is NaN');
    expect(() => roundTrips([{ ...fill, quantity: 0 }])).toThrow('fills[0].quantity is 0');
    expect(() => roundTrips([fill, { ...fill, time: 4 }])).toThrow('fills[1] is earlier');
    expect(() => roundTrips([fill], { mark: NaN })).toThrow('mark');
    expect(() => roundTrips([{ time: 1, price: 2 } as never])).toThrow('needs a time');
    expect(roundTrips([]).account.net).toBe(0);
    expect(() => roundTrips({} as never, {})).toThrow('roundTrips: fills must be an array, received object');
    expect(() => roundTrips([{ ...fill, fee: '1' } as never])).toThrow('fills[0] needs a time');
    expect(() => tripStatistics({} as never)).toThrow('tripStatistics: trips must be an array');
    expect(() => tripStatistics([{}] as never)).toThrow('tripStatistics: trips[0].gross must be a number');
  });
});
