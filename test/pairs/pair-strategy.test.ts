import fc from 'fast-check';
import { cointegratedPair, monitorPair, OptionError, PairStrategy } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('PairStrategy', () => {
  const pair = cointegratedPair({ observations: 400, ratio: 1.5, intercept: 4, halfLife: 6, seed: 5 });
  const rows = Array.from(pair.y, (y, i) => ({ time: i, y, x: pair.x[i]! }));

  it('holds the side that its monitor shows, sized by the hedge of the moment it was opened', () => {
    for (const prices of ['raw', 'log'] as const) {
      const options = { method: 'ols', window: 30, enter: 1.5, prices } as const;
      const readings = monitorPair({ time: rows.map((row) => row.time), ...pair }, options);
      const strategy = new PairStrategy({ ...options, gross: 1000 });
      let before = { y: 0, x: 0 };
      let opened = 0;
      rows.forEach((row, i) => {
        const held = strategy.push(row);
        const { position, ratio } = readings[i]!;
        expect(Math.sign(held.y)).toBe(position);
        if (position !== 0 && Math.sign(before.y) !== position) {
          opened++;
          expect(Math.abs(held.y * row.y) + Math.abs(held.x * row.x)).toBeCloseTo(1000, 8);
          const money = -(held.x * row.x) / (held.y * row.y);
          expect(prices === 'raw' ? -held.x / held.y : money).toBeCloseTo(ratio, 10);
        } else if (position !== 0) {
          expect(held).toBe(before);
        }
        before = held;
      });
      expect(opened).toBeGreaterThan(5);
    }
  });

  it('never holds what is no number, whatever the prices', () => {
    const price = fc.oneof(
      fc.double({ min: 1, max: 2, noNaN: true }),
      fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e300, -5),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(price, price), { maxLength: 60 }), fc.boolean(), (tape, log) => {
        const prices = log ? 'log' : 'raw';
        const options = { method: 'ols', window: 4, enter: 0.5, gross: 10, prices } as const;
        const strategy = new PairStrategy(options);
        tape.forEach(([y, x], time) => {
          const held = strategy.push({ time, y, x });
          expect(Number.isFinite(held.y) && Number.isFinite(held.x)).toBe(true);
        });
      }),
    );
  });

  it('refuses money that is none, and what its monitor refuses', () => {
    expect(() => new PairStrategy({ method: 'ols', window: 5, gross: 0 })).toThrow(OptionError);
    expect(() => new PairStrategy({ method: 'ols', window: 5, gross: 1, widow: 2 } as never)).toThrow(
      'unknown option widow',
    );
  });
});
