import fc from 'fast-check';
import {
  Backtest,
  type BacktestOptions,
  backtest,
  cointegratedPair,
  DataError,
  type HedgeMethod,
  OptionError,
  PairStrategy,
  type Targets,
  ZScore,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

/** Asks for a list of targets, one a row. */
const script = (targets: readonly Targets[]): { push: () => Targets } => {
  let row = 0;
  return { push: () => targets[row++] ?? {} };
};

const time = (length: number): number[] => Array.from({ length }, (_, i) => i * 1000);

describe('backtest', () => {
  it('fills a decision in the next row, never in its own', () => {
    const history = { time: time(4), prices: { a: [10, 20, 30, 40] } };
    const { equity, fills, positions } = backtest(history, script([{ a: 1 }]), { capital: 100 });
    expect(fills).toEqual([{ time: 1000, instrument: 'a', quantity: 1, price: 20, fee: 0 }]);
    expect([...positions.a]).toEqual([0, 1, 1, 1]);
    expect([...equity]).toEqual([100, 100, 110, 120]);
  });

  it('fills at the opens where they are given, and values at the closes', () => {
    const history = { time: time(3), prices: { a: [10, 12, 15] }, fills: { a: [10, 11, 13] } };
    const { equity, fills } = backtest(history, script([{ a: 10 }]), { capital: 100 });
    expect(fills[0]!.price).toBe(11);
    expect([...equity]).toEqual([100, 110, 140]);
  });

  it('charges fee, half the spread and slippage, by hand', () => {
    // Ten at 100: half of 2 % is 1, slippage of 0.5 % is 0.50; paid 101.5 each, and 0.1 % of 1,015 as a fee.
    const history = { time: time(3), prices: { a: [100, 100, 100] } };
    const costs = { fee: 0.001, spread: 0.02, slippage: 0.005 };
    const { equity, fills, paid, traded } = backtest(history, script([{ a: 10 }, { a: 0 }]), {
      capital: 10_000,
      costs,
    });
    expect(fills.map(({ price }) => price)).toEqual([101.5, 98.5]);
    expect(fills[0]!.fee).toBeCloseTo(1.015, 12);
    expect(equity[1]).toBeCloseTo(10_000 - 15 - 1.015, 9);
    expect(equity[2]).toBeCloseTo(10_000 - 30 - 1.015 - 0.985, 9);
    expect(paid.fees).toBeCloseTo(2, 12);
    expect([paid.spread, paid.slippage, paid.funding]).toEqual([20, 10, 0]);
    expect(traded).toBe(2000);
  });

  it('lets slippage depend on the order', () => {
    const history = { time: time(2), prices: { a: [100, 100] } };
    const slippage = ({ quantity }: { quantity: number }): number => 1e-4 * Math.abs(quantity);
    const { fills } = backtest(history, script([{ a: -20 }]), { capital: 10_000, costs: { slippage } });
    expect(fills[0]!.price).toBeCloseTo(100 * (1 - 0.002), 12);
    const wrong = { costs: { slippage: () => NaN }, capital: 1 };
    expect(() => backtest(history, script([{ a: 1 }]), wrong)).toThrow(OptionError);
  });

  it('makes the long pay funding and the short receive it', () => {
    const history = {
      time: time(3),
      prices: { a: [50, 50, 60], b: [50, 50, 60] },
      funding: { a: [0, 0.01, 0.01], b: [0, 0.01, 0.01] },
    };
    const { paid, cash } = backtest(history, script([{ a: 2, b: -1 }]), { capital: 1000 });
    // Nothing is held when row 1 is funded; in row 2 the long pays 1 % of 120, the short receives 1 % of 60.
    expect(paid.funding).toBeCloseTo(0.6, 12);
    expect(cash[2]).toBeCloseTo(1000 - 50 - 0.6, 12);
  });

  it('waits with an order while there is no price, and values at the last one', () => {
    const history = { time: time(5), prices: { a: [10, NaN, 12, NaN, 14] } };
    const { equity, fills } = backtest(history, script([{ a: 1 }]), { capital: 100 });
    expect(fills.map((fill) => fill.time)).toEqual([2000]);
    expect([...equity]).toEqual([100, 100, 100, 100, 102]);
  });

  it('takes a target that is no number for no opinion', () => {
    const history = { time: time(4), prices: { a: [10, 10, 10, 10] } };
    const targets = [{ a: 5 }, { a: NaN }, {}, { a: 0 }];
    const { positions } = backtest(history, script(targets), { capital: 100 });
    expect([...positions.a]).toEqual([0, 5, 5, 5]);
  });

  it('closes an account that has lost all, and says when', () => {
    const history = { time: time(5), prices: { a: [10, 10, 2, 50, 100] } };
    const greedy = { push: (): Targets => ({ a: 20 }) };
    const { equity, returns, positions, ruined } = backtest(history, greedy, { capital: 100 });
    expect(ruined).toBe(2000);
    expect([...equity]).toEqual([100, 100, -60, -60, -60]);
    expect([...positions.a]).toEqual([0, 20, 0, 0, 0]);
    expect(returns[3]).toBe(0);
  });

  it('takes a decision as it was made, whatever becomes of the object it came in', () => {
    const out: { oil: number } = { oil: 0 };
    const reuse = {
      push: ({ oil }: { readonly oil: number }): Targets => {
        out.oil = oil;
        return out;
      },
    };
    const history = { time: time(8), prices: { oil: [10, 11, 12, 13, 14, 15, 16, 17] } };
    const { positions } = backtest(history, reuse, { capital: 1e6, latency: 4 });
    expect([...positions.oil]).toEqual([0, 0, 0, 0, 10, 11, 12, 13]);
  });

  it.each([
    [{ oill: 10 }, "a target must be of an instrument (oil), received 'oill'"],
    [{ oil: '10' }, "a target must be a number, received string of 'oil'"],
    [10, 'a strategy must return targets by instrument, received 10'],
    [Promise.resolve({ oil: 1 }), 'received a promise'],
  ])('refuses a decision of %o', (wrong, message) => {
    const run = (): unknown =>
      backtest({ time: [0], prices: { oil: [1] } }, { push: () => wrong as never }, { capital: 1 });
    expect(run).toThrow(OptionError);
    expect(run).toThrow(message);
  });

  it('sells what is held at the end, if asked, and its fills then account for every cent', () => {
    const history = { time: time(4), prices: { a: [10, 20, 30, 40] } };
    const costs = { fee: 0.01, spread: 0.02 };
    const options = { capital: 100, costs, close: true };
    const { equity, fills, positions, returns } = backtest(history, script([{ a: 2 }]), options);
    expect(fills.map(({ quantity }) => quantity)).toEqual([2, -2]);
    expect([...positions.a]).toEqual([0, 2, 2, 0]);
    const spent = fills.reduce((total, { quantity, price, fee }) => total + quantity * price + fee, 0);
    expect(equity.at(-1)).toBeCloseTo(100 - spent, 10);
    const grown = returns.reduce((money, change) => money * (1 + change), 100);
    expect(grown).toBeCloseTo(equity.at(-1)!, 10);
  });

  it('has a fill for every unit that ruin took away', () => {
    const history = { time: time(4), prices: { a: [10, 10, 2, 50] } };
    const { fills, equity } = backtest(history, { push: () => ({ a: 20 }) }, { capital: 100 });
    expect(fills.map(({ quantity, price }) => [quantity, price])).toEqual([
      [20, 10],
      [-20, 2],
    ]);
    expect(equity.at(-1)).toBe(-60);
  });

  it('shows a strategy the row by name, features included, and nothing else', () => {
    const seen: unknown[] = [];
    const eye = {
      push: (row: unknown): Targets => {
        seen.push(row);
        return {};
      },
    };
    const history = { time: [5, 6], prices: { a: [1, 2] }, features: { score: [0.5, null as never] } };
    backtest(history, eye, { capital: 1 });
    expect(seen).toEqual([
      { time: 5, a: 1, score: 0.5 },
      { time: 6, a: 2, score: NaN },
    ]);
  });

  const price = fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 50, max: 150, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  );
  const target = fc.record({ a: fc.integer({ min: -3, max: 3 }), b: fc.integer({ min: -3, max: 3 }) });
  const tape = fc.array(fc.tuple(price, price, target), { minLength: 2, maxLength: 40 });
  const options: fc.Arbitrary<BacktestOptions> = fc.record({
    capital: fc.constant(1e6),
    latency: fc.integer({ min: 1, max: 4 }),
    costs: fc.record({
      fee: fc.constantFrom(0, 0.001),
      spread: fc.constantFrom(0, 0.002),
      slippage: fc.constantFrom(0, 0.0005),
    }),
  });
  const played = (rows: [number, number, Targets][], chosen: BacktestOptions) =>
    backtest(
      {
        time: time(rows.length),
        prices: { a: rows.map(([a]) => a), b: rows.map(([, b]) => b) },
        funding: { a: rows.map((_, i) => (i % 8 === 7 ? 1e-4 : 0)) },
      },
      script(rows.map(([, , targets]) => targets)),
      chosen,
    );

  it('on a prefix is the prefix of the backtest: it cannot look ahead', () => {
    fc.assert(
      fc.property(tape, options, fc.nat(40), (rows, chosen, cut) => {
        const length = Math.min(cut, rows.length);
        const [whole, part] = [played(rows, chosen), played(rows.slice(0, length), chosen)];
        expect([...part.equity]).toEqual([...whole.equity.slice(0, length)]);
        expect([...part.cash]).toEqual([...whole.cash.slice(0, length)]);
        expect(part.fills).toEqual(whole.fills.filter((fill) => fill.time < length * 1000));
      }),
    );
  });

  it('accounts for every cent: the end is the start, the moves of what was held, less what was paid', () => {
    fc.assert(
      fc.property(tape, options, (rows, chosen) => {
        const { equity, positions, paid } = played(rows, chosen);
        let moves = 0;
        for (const [k, name] of (['a', 'b'] as const).entries()) {
          let mark = NaN;
          rows.forEach((row, i) => {
            const now = row[k] as number;
            if (!Number.isFinite(now)) return;
            if (i > 0 && Number.isFinite(mark)) moves += positions[name][i - 1]! * (now - mark);
            mark = now;
          });
        }
        const costs = paid.fees + paid.spread + paid.slippage + paid.funding;
        expect(equity.at(-1)!).toBeCloseTo(1e6 + moves - costs, 5);
        expect(paid.fees >= 0 && paid.spread >= 0 && paid.slippage >= 0).toBe(true);
      }),
    );
  });

  it('holds what was asked for once orders had a price, and fills add up to it', () => {
    fc.assert(
      fc.property(tape, options, (rows, chosen) => {
        const { positions, fills } = played(rows, chosen);
        for (const name of ['a', 'b'] as const) {
          const bought = fills.filter((fill) => fill.instrument === name);
          expect(bought.reduce((total, { quantity }) => total + quantity, 0)).toBe(positions[name].at(-1));
        }
      }),
    );
  });

  it('returns compound to the equity', () => {
    fc.assert(
      fc.property(tape, options, (rows, chosen) => {
        const { equity, returns } = played(rows, chosen);
        const grown = returns.reduce((total, change) => total * (1 + change), 1e6);
        expect(grown / equity.at(-1)!).toBeCloseTo(1, 10);
      }),
    );
  });

  it.each([
    [{ capital: 0 }, 'Backtest: capital must be a positive number, received 0'],
    [{ capital: 1, latency: 0 }, 'Backtest: latency must be a positive integer, received 0'],
    [{ capital: 1, costs: { fee: 2 } }, 'Backtest: costs.fee must be from -1 to 1, received 2'],
    [{ capital: 1, costs: { spred: 0 } }, 'Backtest costs: unknown option spred; did you mean spread?'],
    [{ capital: 1, lag: 1 }, 'Backtest: unknown option lag'],
  ])('refuses %o', (wrong, message) => {
    const history = { time: [0], prices: { a: [1] } };
    expect(() => backtest(history, script([]), wrong as never)).toThrow(message);
  });

  it('refuses a history that is uneven, out of order or named twice', () => {
    const run = (history: object) => () => backtest(history as never, script([]), { capital: 1 });
    expect(run({ time: [0, 1], prices: { a: [1] } })).toThrow(DataError);
    expect(run({ time: [1, 0], prices: { a: [1, 1] } })).toThrow(
      'backtest: time must ascend, received 0 at 1',
    );
    expect(run({ time: [0], prices: { a: [1] }, features: { a: [1] } })).toThrow("received 'a'");
    expect(run({ time: [0], prices: { a: [1] }, fills: { b: [1] } })).toThrow("fills has no price for 'b'");
    expect(run({ time: [0, Infinity], prices: { a: [1, 1] } })).toThrow('received Infinity at 1');
    expect(run({ time: [0], prices: { a: [1] }, fundings: {} })).toThrow('did you mean funding?');
    expect(run({ time: [0], prices: { constructor: [1] } })).toThrow("received 'constructor'");
    expect(run({ time: [0], prices: {} })).toThrow('instruments must be different names');
    expect(run({ time: [0], prices: { time: [1] } })).toThrow("received 'time'");
    expect(() => new Backtest(null as never, ['a'], { capital: 1 })).toThrow(
      'strategy must have a method push',
    );
  });
});

it('goes on only with the instruments, the capital and the latency of before', () => {
  const still = { push: () => ({}) };
  const saved = new Backtest(still, ['a', 'b'], { capital: 10 }).snapshot();
  expect(() => Backtest.from(saved, still, ['b', 'a'], { capital: 10 })).toThrow(DataError);
  expect(() => Backtest.from(saved, still, ['a', 'b'], { capital: 11 })).toThrow('must be those of before');
});

describe('a strategy with a live class in it', () => {
  it('is the same over history and live, a restart in between', () => {
    const { y } = cointegratedPair({ observations: 400, ratio: 1, halfLife: 8, seed: 4 });
    class Reverter {
      constructor(readonly score: ZScore = new ZScore({ window: 20 })) {}
      push({ a }: { readonly a: number }): Targets {
        const now = this.score.push(a);
        return { a: now > 1.5 ? -10 : now < -1.5 ? 10 : Number.NaN };
      }
    }
    const options = { capital: 1e5, costs: { fee: 0.001 } };
    const whole = backtest({ time: time(400), prices: { a: y } }, new Reverter(), options);
    let strategy = new Reverter();
    let live = new Backtest(strategy, ['a'], options);
    for (let i = 0; i < 400; i++) {
      if (i % 90 === 60) {
        const saved = JSON.stringify([live.snapshot(), strategy.score.snapshot()]);
        const [account, score] = JSON.parse(saved);
        strategy = new Reverter(ZScore.from(score));
        live = Backtest.from(account, strategy, ['a'], options);
      }
      expect(live.push({ time: i * 1000, prices: { a: y[i]! } }).equity).toBe(whole.equity[i]);
    }
    expect(whole.fills.length).toBeGreaterThan(5);
  });
});

describe('a pair traded by every hedge', () => {
  const pair = cointegratedPair({
    observations: 3000,
    ratio: 1.5,
    intercept: 12,
    halfLife: 8,
    spreadDeviation: 1,
    start: 80,
    volatilityPerObservation: 0.004,
    seed: 9,
  });
  const methods: readonly HedgeMethod[] = [
    'ols',
    'huber',
    'theil-sen',
    'siegel',
    'total-least-squares',
    'kalman',
    'recursive-ols',
    'exponential-ols',
  ];
  const refits: readonly HedgeMethod[] = ['huber', 'theil-sen', 'siegel', 'total-least-squares'];

  it.each(methods)('%s: earns what a spread that comes back has to give', (method) => {
    const options = { method, window: 60, hedgeWindow: 250, enter: 1.5, exit: 0, gross: 50_000 } as const;
    const refresh = refits.includes(method) ? { refresh: 25 } : {};
    const kalman = method === 'kalman' ? { kalman: { drift: 1e-7, noise: 1 } } : {};
    const strategy = new PairStrategy({ ...options, ...refresh, ...kalman });
    const result = backtest({ time: time(3000), prices: pair }, strategy, { capital: 100_000 });
    expect(result.fills.length).toBeGreaterThan(50);
    expect(result.equity.at(-1)!).toBeGreaterThan(105_000);
    // Both legs together are the money asked for, when a position is opened.
    const opened = result.positions.y.findIndex((units) => units !== 0);
    const gross =
      Math.abs(result.positions.y[opened]! * pair.y[opened - 1]!) +
      Math.abs(result.positions.x[opened]! * pair.x[opened - 1]!);
    expect(gross).toBeCloseTo(50_000, 6);
  });
});
