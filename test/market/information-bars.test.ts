import fc from 'fast-check';
import {
  type BarMeasure,
  type BarSizeOptions,
  barRows,
  DataError,
  dollarBars,
  InformationBars,
  OptionError,
  type Trade,
  tickBars,
  volumeBars,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { bits, sorted, tape } from './tapes.js';

const at = (time: number, price: number, quantity = 1): Trade => ({ time, price, quantity });

describe('tickBars, volumeBars, dollarBars', () => {
  it('close with the trade that fills them', () => {
    const trades = [at(0, 10, 3), at(1, 12, 4), at(2, 11, 5), at(3, 9, 1)];
    expect([...tickBars(trades, { size: 3 }).count]).toEqual([3, 1]);
    expect([...volumeBars(trades, { size: 6 }).volume]).toEqual([7, 6]);
    expect([...dollarBars(trades, { size: 78 }).close]).toEqual([12, 9]);
  });

  it('carry the time of their first trade, which two may share', () => {
    expect([...tickBars([at(5, 1), at(5, 2), at(5, 3)], { size: 1 }).time]).toEqual([5, 5, 5]);
  });

  it('fill at ten trades of a tenth', () => {
    const tenths = Array.from({ length: 30 }, (_, i) => at(i, 10, 0.1));
    const bars = volumeBars(tenths, { size: 1 });
    expect([...bars.count]).toEqual([10, 10, 10]);
    expect([...bars.volume]).toEqual([1, 1, 1]);
  });

  it('never split a trade and start the next bar from nothing', () => {
    expect([...volumeBars([at(0, 1, 25), at(1, 1, 9), at(2, 1, 1)], { size: 10 }).volume]).toEqual([25, 10]);
  });

  it('let what is not a number fill nothing', () => {
    const trades = [at(0, NaN, 5), at(1, 10, NaN), at(2, 10, 1)];
    expect([...dollarBars(trades, { size: 10 }).count]).toEqual([3]);
    expect([...volumeBars(trades, { size: 6 }).count]).toEqual([3]);
    expect([...volumeBars(trades, { size: 6 }).volume]).toEqual([NaN]);
  });

  it('are every trade, in order, and full but for the last', () => {
    const forms: [BarMeasure, (trades: Trade[], options: BarSizeOptions) => ReturnType<typeof tickBars>][] = [
      ['tick', tickBars],
      ['volume', volumeBars],
      ['dollar', dollarBars],
    ];
    fc.assert(
      fc.property(
        tape,
        fc.constantFrom(...forms),
        fc.integer({ min: 1, max: 20_000 }),
        (trades, [by, form], size) => {
          const live = new InformationBars({ by, size });
          const bars = barRows(form(trades, { size }));
          expect(bits([...sorted(trades).flatMap((t) => live.push(t)), ...live.flush()])).toEqual(bits(bars));
          expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(trades.length);
          for (const bar of bars.slice(0, -1)) {
            if (by === 'tick') expect(bar.count).toBe(size);
            if (by === 'volume') expect(bar.volume).toBeGreaterThanOrEqual(size);
          }
        },
      ),
    );
  });

  it('refuse a size that is no size and a time that is no time', () => {
    expect(() => tickBars([], { size: 1.5 })).toThrow(
      'tickBars: size must be a positive integer, received 1.5',
    );
    expect(() => volumeBars([], { size: 0 })).toThrow(OptionError);
    expect(() => dollarBars([], { size: 1, every: '1s' } as never)).toThrow(OptionError);
    expect(() => tickBars([at(NaN, 1)], { size: 1 })).toThrow(DataError);
  });
});

describe('InformationBars', () => {
  it('goes on from a snapshot at any trade, bit for bit', () => {
    fc.assert(
      fc.property(tape, fc.nat(120), fc.constantFrom('tick', 'volume', 'dollar'), (trades, cut, by) => {
        const whole = new InformationBars({ by, size: 7 });
        const first = new InformationBars({ by, size: 7 });
        const before = trades.slice(0, cut).flatMap((t) => first.push(t));
        const resumed = InformationBars.from(JSON.parse(JSON.stringify(first.snapshot())));
        const after = trades.slice(cut).flatMap((t) => resumed.push(t));
        expect(bits([...before, ...after])).toEqual(bits(trades.flatMap((t) => whole.push(t))));
        expect(resumed.snapshot()).toEqual(whole.snapshot());
      }),
    );
  });

  it('never throws over a value', () => {
    const any = fc.record({ time: fc.double(), price: fc.double(), quantity: fc.double() });
    fc.assert(
      fc.property(fc.array(any), fc.constantFrom('tick', 'volume', 'dollar'), (trades, by) => {
        const live = new InformationBars({ by, size: 3 });
        const bars = [...trades.flatMap((t) => live.push(t)), ...live.flush()];
        expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(trades.length);
      }),
    );
  });

  it('refuses a measure it does not know', () => {
    expect(() => new InformationBars({ by: 'ticks', size: 1 } as never)).toThrow('did you mean tick?');
  });
});
