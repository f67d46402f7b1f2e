import fc from 'fast-check';
import { drawdown, drawdowns, maxDrawdown, performance, simpleReturns } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const returns = fc.array(fc.double({ min: -0.4, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('drawdown', () => {
  it('counts a loss on the first day', () => {
    expect(maxDrawdown([-0.1, 0.5])).toBeCloseTo(0.1, 12);
    expect(Array.from(drawdown([-0.5, 0.5, 1]))).toEqual([0.5, 0.25, 0]);
  });

  it('is the deepest of the table, and of the column', () => {
    fc.assert(
      fc.property(returns, (series) => {
        const deepest = maxDrawdown(series);
        expect(Math.max(...drawdown(series))).toBe(deepest);
        expect(Math.max(0, ...drawdowns(series).map(({ depth }) => depth))).toBe(deepest);
      }),
    );
  });

  it('has spells in order, apart, each with its trough inside', () => {
    fc.assert(
      fc.property(returns, (series) => {
        const spells = drawdowns(series);
        let free = 0;
        for (const { start, trough, end, length, recovery, depth } of spells) {
          expect(start).toBeGreaterThanOrEqual(free);
          expect(trough).toBeGreaterThanOrEqual(start);
          expect(trough).toBeLessThan(start + length);
          expect(depth).toBeGreaterThan(0);
          free = start + length;
          if (Number.isFinite(end)) {
            expect(end).toBe(free);
            expect(recovery).toBe(end - trough);
          } else expect(free).toBe(series.length);
        }
        expect(spells.reduce((total, { length }) => total + length, 0)).toBe(
          drawdown(series).filter((fall) => fall > 0).length,
        );
      }),
    );
  });

  it('ends where equity is back at its peak, whatever returns are rounded to', () => {
    const spells = drawdowns(simpleReturns([100, 93, 100, 80, 90]));
    expect(spells.map(({ start, end, length }) => [start, end, length])).toEqual([
      [0, 1, 1],
      [2, NaN, 2],
    ]);
    const flat = [93 / 100 - 1, 100 / 93 - 1, 0, 0, 0, 0, 0];
    expect(performance(flat, { periodsPerYear: 252 }).longestDrawdown).toBe(1);
    const cents = fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(cents, (falls) => {
        const prices = [10_000, ...falls, 10_000, 9999].map((cent) => cent / 100);
        const found = drawdowns(simpleReturns(prices));
        expect(found.map(({ start, end }) => [start, end])).toEqual([
          [0, falls.length],
          [falls.length + 1, NaN],
        ]);
      }),
    );
  });

  it('does not take a small fall for rounding', () => {
    expect(drawdowns([-1e-15, 0, 0])).toHaveLength(1);
    expect(drawdowns([-0.5, 1 - 1e-13, 0])[0]!.end).toBeNaN();
  });

  it('refuses what has no drawdown', () => {
    expect(() => maxDrawdown([])).toThrow('maxDrawdown: needs at least 1');
    expect(() => drawdowns([0.1, Infinity])).toThrow('drawdowns: returns[1] is Infinity');
    expect(drawdowns([])).toEqual([]);
  });
});
