import fc from 'fast-check';
import { barRows, DataError, OptionError, Resampler, resample, type Trade } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { bits, sorted, tape } from './tapes.js';

const at = (time: number, price: number, quantity = 1): Trade => ({ time, price, quantity });

describe('resample', () => {
  it('gives open, high, low, close, volume, count and vwap of each second', () => {
    const bars = resample([at(100, 10, 1), at(400, 8, 2), at(999, 12, 1), at(1000, 11, 5)], { every: '1s' });
    expect(barRows(bars)).toEqual([
      { time: 0, open: 10, high: 12, low: 8, close: 12, volume: 4, count: 3, vwap: 9.5 },
      { time: 1000, open: 11, high: 11, low: 11, close: 11, volume: 5, count: 1, vwap: 11 },
    ]);
  });

  it('opens the new bar with a trade on the edge, also before 1970', () => {
    const bars = resample([at(-1000, 1), at(-1, 2), at(0, 3), at(1000, 4)], { every: '1s' });
    expect([...bars.time]).toEqual([-1000, 0, 1000]);
    expect([...bars.count]).toEqual([2, 1, 1]);
  });

  it('counts bars from the origin', () => {
    const monday = 4 * 86_400_000;
    const bars = resample([at(0, 1), at(monday, 2)], { every: '7d', origin: monday });
    expect([...bars.time]).toEqual([monday - 7 * 86_400_000, monday]);
  });

  it('takes every form of a duration, and fractions of a millisecond', () => {
    const trades = [at(0.1, 1), at(0.3, 2), at(0.5, 3)];
    expect([...resample(trades, { every: 0.25 }).time]).toEqual([0, 0.25, 0.5]);
    expect([...resample(trades, { every: '0.5ms' }).time]).toEqual([0, 0.5]);
    expect(resample([at(0, 1), at(86_399_999, 1)], { every: '1d' }).time).toHaveLength(1);
  });

  it('skips a silence, or carries the last price through it', () => {
    const trades = [at(0, 10), at(3000, 12)];
    expect([...resample(trades, { every: '1s' }).time]).toEqual([0, 3000]);
    expect(barRows(resample(trades, { every: '1s', gaps: 'flat' }))[1]).toEqual({
      time: 1000,
      open: 10,
      high: 10,
      low: 10,
      close: 10,
      volume: 0,
      count: 0,
      vwap: 10,
    });
  });

  it('counts a price that is not finite in volume and count alone', () => {
    const bars = resample([at(0, NaN, 5), at(1, 10, 1), at(2, Infinity, 2), at(1000, NaN, 1)], {
      every: '1s',
    });
    expect(barRows(bars)).toEqual([
      { time: 0, open: 10, high: 10, low: 10, close: 10, volume: 8, count: 3, vwap: 10 },
      { time: 1000, open: NaN, high: NaN, low: NaN, close: NaN, volume: 1, count: 1, vwap: NaN },
    ]);
  });

  it('carries the last known price past a bar without prices', () => {
    const bars = resample([at(0, 10), at(1000, NaN), at(3000, 11)], { every: '1s', gaps: 'flat' });
    expect([...bars.close]).toEqual([10, NaN, 10, 11]);
  });

  it('lets a missing quantity spoil its own bar only', () => {
    const bars = resample([at(0, 10, NaN), at(1000, 11, 2)], { every: '1s' });
    expect([...bars.volume]).toEqual([NaN, 2]);
    expect([...bars.vwap]).toEqual([NaN, 11]);
  });

  it('takes the size of a signed quantity', () => {
    const { volume, vwap } = resample([at(0, 10, 1), at(1, 20, -3)], { every: '1s' });
    expect([volume[0], vwap[0]]).toEqual([4, 17.5]);
  });

  it('takes trades of one time as they arrived', () => {
    const bars = resample([at(5, 3), at(1, 1), at(5, 2), at(1, 4)], { every: '1s' });
    expect([bars.open[0], bars.close[0]]).toEqual([1, 2]);
  });

  it('reads any kind of columns and any iterable of rows alike', () => {
    const trades = [at(0, 10), at(1500, 11)];
    const bars = resample(trades, { every: '1s' });
    expect(
      resample({ time: [0, 1500], price: Float32Array.of(10, 11), quantity: [1, 1] }, { every: 1000 }),
    ).toEqual(bars);
    expect(resample(new Set(trades), { every: 1000 })).toEqual(bars);
    expect(resample([], { every: '1s' }).time).toHaveLength(0);
  });

  it('refuses what it cannot place or read', () => {
    const columns = { time: [0, 1, NaN], price: [1, 1, 1], quantity: [1, 1, 1] };
    expect(() => resample(columns, { every: '1s' })).toThrow('resample: time[2] is NaN');
    expect(() => resample([at(NaN, 1)], { every: '1s' })).toThrow('resample: time[0] is NaN');
    expect(() => resample([at(1e300, 1)], { every: '1s' })).toThrow(DataError);
    expect(() => resample({ ...columns, price: [1] }, { every: '1s' })).toThrow(
      'columns must have one length',
    );
    expect(() => resample(null as unknown as Trade[], { every: '1s' })).toThrow(DataError);
  });

  it('refuses options that are missing, misspelt or out of range', () => {
    const options = (bad: object) => () => resample([], bad as { every: '1s' });
    expect(options({})).toThrow(OptionError);
    expect(options({ every: '1w' })).toThrow(OptionError);
    expect(options({ every: '1s', gap: 'flat' })).toThrow('did you mean gaps?');
    expect(options({ every: '1s', gaps: 'fill' })).toThrow(OptionError);
    expect(options({ every: '1s', origin: NaN })).toThrow(OptionError);
  });

  it('leaves a silence of more than a million bars as it is, as live does', () => {
    const trades = [at(0, 1), at(2, 2), at(50 * 365 * 86_400_000, 3)];
    const bars = resample([trades[2]!, trades[0]!, trades[1]!], { every: 1, gaps: 'flat' });
    expect([...bars.time]).toEqual([0, 1, 2, trades[2]!.time]);
    const live = new Resampler({ every: 1, gaps: 'flat' });
    expect([...trades.flatMap((trade) => live.push(trade)), ...live.flush()]).toEqual(barRows(bars));
  });

  it('equals the trades pushed one by one, bit for bit', () => {
    fc.assert(
      fc.property(
        tape,
        fc.constantFrom(3.3, 250, 1000, 7000),
        fc.constantFrom('skip', 'flat'),
        (trades, every, gaps) => {
          const live = new Resampler({ every, gaps });
          const bars = [...sorted(trades).flatMap((t) => live.push(t)), ...live.flush()];
          expect(bits(barRows(resample(trades, { every, gaps })))).toEqual(bits(bars));
          expect(live.late).toBe(0);
        },
      ),
    );
  });

  it('keeps every trade, every price between low and high, and every bar in its place', () => {
    fc.assert(
      fc.property(
        tape,
        fc.constantFrom(0.1, 250, 1000),
        fc.double({ min: -5000, max: 5000, noNaN: true }),
        (trades, every, origin) => {
          const bars = barRows(resample(trades, { every, origin }));
          const total = (of: (x: { volume: number; count: number }) => number) =>
            bars.reduce((sum, bar) => sum + of(bar), 0);
          expect(total((bar) => bar.count)).toBe(trades.length);
          expect(total((bar) => bar.volume)).toBeCloseTo(
            trades.reduce((sum, t) => sum + Math.abs(t.quantity), 0),
            6,
          );
          for (const [i, { time, open, high, low, close, vwap }] of bars.entries()) {
            if (i > 0) expect(time).toBeGreaterThan(bars[i - 1]!.time);
            expect(trades.some((t) => t.time >= time && t.time < time + every * 1.001)).toBe(true);
            if (Number.isNaN(open)) expect([high, low, close, vwap]).toEqual([NaN, NaN, NaN, NaN]);
            else for (const inner of [open, close, vwap]) expect(low <= inner && inner <= high).toBe(true);
          }
        },
      ),
    );
  });

  it('leaves its input alone', () => {
    const columns = {
      time: Float64Array.of(5, 1),
      price: Float64Array.of(1, 2),
      quantity: Float64Array.of(1, 1),
    };
    const before = structuredClone(columns);
    resample(columns, { every: '1s' });
    expect(columns).toEqual(before);
  });
});
