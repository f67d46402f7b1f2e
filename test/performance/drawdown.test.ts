import fc from 'fast-check';
import { drawdown, drawdowns, maxDrawdown } from 'hedgerow';
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

  it('refuses what has no drawdown', () => {
    expect(() => maxDrawdown([])).toThrow('maxDrawdown: needs at least 1');
    expect(() => drawdowns([0.1, Infinity])).toThrow('drawdowns: returns[1] is Infinity');
    expect(drawdowns([])).toEqual([]);
  });
});
