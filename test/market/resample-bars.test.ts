import fc from 'fast-check';
import { type Bar, barColumns, barRows, DataError, OptionError, resample, resampleBars } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { bits, price, tape, time } from './tapes.js';

const bar = (time: number, close: number, rest: Partial<Bar> = {}): Bar => ({
  ...{ time, open: close, high: close, low: close, close, volume: 1, count: 1, vwap: close },
  ...rest,
});

describe('resampleBars', () => {
  it('merges bars where their opening falls', () => {
    const bars = barColumns([
      bar(0, 10, { high: 13, low: 9, volume: 2, count: 4, vwap: 11 }),
      bar(59_999, 12, { open: 11, volume: 6, count: 3, vwap: 12 }),
      bar(60_000, 14),
    ]);
    expect(barRows(resampleBars(bars, { every: '1m' }))).toEqual([
      { time: 0, open: 10, high: 13, low: 9, close: 12, volume: 8, count: 7, vwap: 11.75 },
      bar(60_000, 14),
    ]);
  });

  it('opens at a trade, not at a price carried on', () => {
    const carried = bar(0, 10, { volume: 0, count: 0 });
    const merged = resampleBars(barColumns([carried, bar(1000, 12)]), { every: '1m' });
    expect([merged.open[0], merged.low[0], merged.vwap[0], merged.count[0]]).toEqual([12, 12, 12, 1]);
    const quiet = barColumns([carried, { ...carried, time: 1000 }]);
    expect(barRows(resampleBars(quiet, { every: '1m' }))).toEqual([carried]);
  });

  it('leaves NaN where the source has no such column', () => {
    const [merged] = barRows(
      resampleBars({ time: [0, 1], open: [1, 2], high: [1, 2], low: [1, 2], close: [1, 2] }, { every: '1s' }),
    );
    expect(merged).toEqual({
      time: 0,
      open: 1,
      high: 2,
      low: 1,
      close: 2,
      volume: NaN,
      count: NaN,
      vwap: NaN,
    });
  });

  it('leaves out a price that is missing', () => {
    const empty = bar(1, NaN);
    const merged = resampleBars(barColumns([empty, bar(2, 10), { ...empty, time: 3 }]), { every: '1s' });
    expect(barRows(merged)).toEqual([bar(0, 10, { volume: 3, count: 3 })]);
  });

  it('fills a silence with flat bars when asked', () => {
    const merged = resampleBars(barColumns([bar(0, 10), bar(3000, 11)]), { every: '1s', gaps: 'flat' });
    expect([...merged.close]).toEqual([10, 10, 10, 11]);
    expect([...merged.count]).toEqual([1, 0, 0, 1]);
  });

  it('refuses a bar that stands twice, goes back or has no time', () => {
    const of =
      (...times: number[]) =>
      () =>
        resampleBars(barColumns(times.map((t) => bar(t, 1))), { every: '1s' });
    expect(of(0, 0)).toThrow('resampleBars: times must increase, time[1] is 0 after 0');
    expect(of(5, 3)).toThrow(DataError);
    expect(of(0, NaN)).toThrow('resampleBars: time[1] is NaN');
    expect(of(1e300)).toThrow('too far from the origin');
    expect(resampleBars(barColumns([bar(0, 1), bar(1e9, 1)]), { every: 1, gaps: 'flat' }).time).toHaveLength(
      2,
    );
    expect(() => resampleBars({} as never, { every: '1s' })).toThrow(DataError);
    expect(() => resampleBars(barColumns([]), { every: '1s', gap: 'skip' } as never)).toThrow(OptionError);
  });

  it('gives the bars of the trades themselves: prices and counts exactly, sums to rounding', () => {
    const finite = fc.record({
      time,
      price: price.filter(Number.isFinite),
      quantity: fc.double({ min: 0, max: 1e4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 120 }), fc.constantFrom('skip', 'flat'), (trades, gaps) => {
        const direct = barRows(resample(trades, { every: '5s', gaps }));
        const nested = barRows(resampleBars(resample(trades, { every: '1s', gaps }), { every: '5s', gaps }));
        const exact = (bars: Bar[]) => bits(bars.map((b) => ({ ...b, volume: 0, vwap: 0 })));
        expect(exact(nested)).toEqual(exact(direct));
        for (const [i, { volume, vwap, high, low }] of nested.entries()) {
          expect(Math.abs(volume - direct[i]!.volume)).toBeLessThanOrEqual(1e-14 * volume);
          if (volume > 0)
            expect(Math.abs(vwap - direct[i]!.vwap)).toBeLessThanOrEqual(
              1e-12 * Math.max(Math.abs(high), Math.abs(low)),
            );
        }
      }),
    );
  });

  it('changes nothing when the length stays', () => {
    fc.assert(
      fc.property(tape, (trades) => {
        const bars = resample(trades, { every: '1s' });
        const again = resampleBars(bars, { every: '1s' });
        expect([...again.close]).toEqual([...bars.close]);
        expect([...again.count]).toEqual([...bars.count]);
        expect([...again.volume]).toEqual([...bars.volume]);
      }),
    );
  });
});
