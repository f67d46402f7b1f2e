import fc from 'fast-check';
import { DataError, purgedFolds, type Targets, walkForward, walkForwardFolds } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const sizes = fc.record({
  train: fc.integer({ min: 1, max: 20 }),
  test: fc.integer({ min: 1, max: 20 }),
  purge: fc.integer({ min: 0, max: 3 }),
  embargo: fc.integer({ min: 0, max: 2 }),
  anchored: fc.boolean(),
});

describe('walkForwardFolds', () => {
  it('judges every row after the first training once, on rows that end before the purge', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 30, max: 120 }), (options, length) => {
        const folds = walkForwardFolds(length, options);
        let at = options.train + options.purge + options.embargo;
        for (const { train, test } of folds) {
          expect(test.start).toBe(at);
          at = test.end;
          const [range] = train;
          expect(range!.end).toBe(test.start - options.purge - options.embargo);
          expect(range!.start).toBe(options.anchored ? 0 : range!.end - options.train);
        }
        expect(at).toBe(length);
      }),
    );
  });

  it('refuses a history without a row to judge', () => {
    expect(() => walkForwardFolds(10, { train: 8, test: 5, purge: 2 })).toThrow(DataError);
    expect(() => walkForwardFolds(10, { train: 8, test: 0 })).toThrow('test must be a positive integer');
  });
});

describe('purgedFolds', () => {
  it('judges every row once and learns from none within purge and embargo of it', () => {
    const options = fc.record({
      folds: fc.integer({ min: 2, max: 8 }),
      purge: fc.integer({ min: 0, max: 4 }),
      embargo: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(options, fc.integer({ min: 8, max: 100 }), ({ folds, purge, embargo }, length) => {
        let at = 0;
        for (const { train, test } of purgedFolds(length, { folds, purge, embargo })) {
          expect(test.start).toBe(at);
          at = test.end;
          const learned = new Set<number>();
          for (const { start, end } of train) for (let i = start; i < end; i++) learned.add(i);
          for (let i = 0; i < length; i++) {
            const near = i >= test.start - purge && i < test.end + purge + embargo;
            expect(learned.has(i)).toBe(!near);
          }
        }
        expect(at).toBe(length);
      }),
    );
  });
});

describe('walkForward', () => {
  const prices = { a: Array.from({ length: 100 }, (_, i) => 100 + Math.sin(i / 5) * 10) };
  const history = { time: prices.a.map((_, i) => i), prices };

  it('makes a strategy from rows before those it is judged on, and carries the money on', () => {
    const learned: number[][] = [];
    const make = ({ time, prices: { a } }: typeof history) => {
      learned.push(Array.from(time));
      const side = a.at(-1)! > a[0]! ? 1 : -1;
      return { push: (): Targets => ({ a: 3 * side }) };
    };
    const options = { train: 20, test: 15, purge: 2, capital: 1000, costs: { fee: 0.001 } };
    const run = walkForward(history, make as never, options);
    expect(run.time[0]).toBe(22);
    expect(run.time.length).toBe(78);
    run.folds.forEach(({ test, result }, k) => {
      expect(learned[k]!.at(-1)).toBe(test.start - 3);
      expect(learned[k]!.length).toBe(20);
      const before = k === 0 ? 1000 : run.folds[k - 1]!.result.equity.at(-1)!;
      expect(result.equity[0]).toBe(before);
    });
    const grown = run.returns.reduce((money, change) => money * (1 + change), 1000);
    expect(grown).toBeCloseTo(run.equity.at(-1)!, 8);
    // Each fold buys and sells, and what was bought and sold is what was earned.
    expect(run.fills.length).toBe(2 * run.folds.length);
    const spent = run.fills.reduce((total, { quantity, price, fee }) => total + quantity * price + fee, 0);
    expect(1000 - spent).toBeCloseTo(run.equity.at(-1)!, 8);
  });

  it('stops when all is lost', () => {
    const falling = { time: history.time, prices: { a: prices.a.map((_, i) => 100 - i) } };
    const run = walkForward(falling, () => ({ push: () => ({ a: 100 }) }), {
      train: 5,
      test: 20,
      capital: 500,
    });
    expect(run.ruined).toBeDefined();
    expect(run.folds.length).toBe(1);
  });
});
