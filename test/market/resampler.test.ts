import fc from 'fast-check';
import {
  barRows,
  DataError,
  OptionError,
  Resampler,
  type ResamplerOptions,
  resample,
  type Trade,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { bits, sorted, tape } from './tapes.js';

const at = (time: number, price: number, quantity = 1): Trade => ({ time, price, quantity });
const all = (live: Resampler, trades: readonly Trade[]) => [
  ...trades.flatMap((t) => live.push(t)),
  ...live.flush(),
];

describe('Resampler', () => {
  it('returns a bar when the first trade at or past its end arrives', () => {
    const live = new Resampler({ every: '1s' });
    expect(live.push(at(0, 10))).toEqual([]);
    expect(live.push(at(999.9, 11))).toEqual([]);
    expect(live.push(at(1000, 12))).toEqual([
      { time: 0, open: 10, high: 11, low: 10, close: 11, volume: 2, count: 2, vwap: 10.5 },
    ]);
  });

  it('returns the flat bars of a silence with the trade that ends it', () => {
    const live = new Resampler({ every: '1s', gaps: 'flat' });
    live.push(at(0, 10));
    expect(live.push(at(3500, 12)).map((bar) => [bar.time, bar.close, bar.count])).toEqual([
      [0, 10, 1],
      [1000, 10, 0],
      [2000, 10, 0],
    ]);
  });

  it('takes a trade older than its neighbours while its bar is open', () => {
    const live = new Resampler({ every: '1s' });
    for (const t of [at(500, 10), at(700, 12), at(600, 15), at(400, 9)]) live.push(t);
    expect(live.flush()).toEqual([
      { time: 0, open: 9, high: 15, low: 9, close: 12, volume: 4, count: 4, vwap: 11.5 },
    ]);
    expect(live.late).toBe(0);
  });

  it('hands back a trade whose bar has closed', () => {
    const handed: Trade[] = [];
    const live = new Resampler({ every: '1s', onLate: (late) => handed.push(late) });
    const straggler = { ...at(900, 99), id: 7 };
    live.push(at(0, 10));
    live.push(at(1000, 11));
    expect(live.push(straggler)).toEqual([]);
    expect(live.late).toBe(1);
    expect(handed).toEqual([straggler]);
    expect(live.flush()).toMatchObject([{ time: 1000, high: 11, count: 1 }]);
  });

  it('waits for stragglers as long as lateness says', () => {
    const live = new Resampler({ every: '1s', lateness: '500ms' });
    live.push(at(0, 10));
    live.push(at(1499, 11));
    expect(live.push(at(999, 12))).toEqual([]);
    expect(live.push(at(1500, 13))).toMatchObject([{ time: 0, close: 12, count: 2 }]);
    expect(live.push(at(998, 1))).toEqual([]);
    expect(live.late).toBe(1);
    expect(live.flush()).toMatchObject([{ time: 1000, open: 11, close: 13, count: 2 }]);
  });

  it('goes on after a flush, and counts what comes for the flushed bar', () => {
    const live = new Resampler({ every: '1s', gaps: 'flat' });
    live.push(at(0, 10));
    expect(live.flush()).toHaveLength(1);
    expect(live.flush()).toEqual([]);
    expect(live.push(at(500, 11))).toEqual([]);
    expect(live.late).toBe(1);
    expect(live.push(at(2000, 12))).toMatchObject([{ time: 1000, close: 10, count: 0 }]);
  });

  it('hands back a time that is no number, and goes on unharmed', () => {
    const handed: number[] = [];
    const live = new Resampler({ every: '1s', gaps: 'flat', onLate: (late) => handed.push(late.time) });
    live.push(at(0, 10));
    for (const time of [NaN, Infinity, -Infinity, 1e300]) expect(live.push(at(time, 1))).toEqual([]);
    expect(handed).toEqual([NaN, Infinity, -Infinity, 1e300]);
    expect(live.push(at(1000, 11))).toMatchObject([{ time: 0, close: 10, count: 1 }]);
  });

  it('leaves a silence of more than a million bars unfilled', () => {
    const live = new Resampler({ every: '1s', gaps: 'flat' });
    live.push(at(0, 10));
    expect(live.push(at(2e9, 11))).toMatchObject([{ time: 0, close: 10 }]);
    expect(live.push(at(2e9 + 2000, 12))).toMatchObject([
      { time: 2e9 },
      { time: 2e9 + 1000, count: 0, close: 11 },
    ]);
    expect(live.late).toBe(0);
  });

  it('never throws over a value', () => {
    const any = fc.record({ time: fc.double(), price: fc.double(), quantity: fc.double() });
    fc.assert(
      fc.property(
        fc.array(any),
        fc.constantFrom(0, 500),
        fc.constantFrom('skip', 'flat'),
        (trades, lateness, gaps) => {
          let handed = 0;
          const live = new Resampler({ every: '1s', gaps, lateness, onLate: () => handed++ });
          const counted = all(live, trades).reduce((sum, bar) => sum + bar.count, 0);
          expect(counted + live.late).toBe(trades.length);
          expect(handed).toBe(live.late);
        },
      ),
    );
  });

  it('gives the bars of the whole tape sorted when no trade is later than lateness', () => {
    fc.assert(
      fc.property(
        tape,
        fc.constantFrom('skip', 'flat'),
        fc.array(fc.double({ min: 0, max: 1500, noNaN: true }), { minLength: 120, maxLength: 120 }),
        (trades, gaps, delays) => {
          const arrivals = sorted(trades)
            .map((t, i) => ({ t, seen: t.time + delays[i]! }))
            .sort((a, b) => a.seen - b.seen)
            .map(({ t }) => t);
          const live = new Resampler({ every: '1s', gaps, lateness: 1501 });
          expect(bits(all(live, arrivals))).toEqual(bits(barRows(resample(arrivals, { every: '1s', gaps }))));
          expect(live.late).toBe(0);
        },
      ),
    );
  });

  it('gives the bars of the trades it did not hand back, sorted, in order of time', () => {
    fc.assert(
      fc.property(tape, fc.constantFrom(300, 1000, 5000), (trades, lateness) => {
        const handed = new Set<Trade>();
        const live = new Resampler({ every: '1s', lateness, onLate: (late) => handed.add(late) });
        const bars = all(live, trades);
        const kept = trades.filter((t) => !handed.has(t));
        expect(bits(bars)).toEqual(bits(barRows(resample(kept, { every: '1s' }))));
      }),
    );
  });

  it('goes on from a snapshot at any trade, bit for bit', () => {
    fc.assert(
      fc.property(
        tape,
        fc.nat(120),
        fc.constantFrom('skip', 'flat'),
        fc.constantFrom(0, 700),
        fc.constantFrom(0, -0, 333.25),
        (trades, cut, gaps, lateness, origin) => {
          const whole = new Resampler({ every: 800, gaps, lateness, origin });
          const first = new Resampler({ every: 800, gaps, lateness, origin });
          const before = trades.slice(0, cut).flatMap((t) => first.push(t));
          const resumed = Resampler.from(JSON.parse(JSON.stringify(first.snapshot())));
          const after = all(resumed, trades.slice(cut));
          expect(bits([...before, ...after])).toEqual(bits(all(whole, trades)));
          expect(resumed.late).toBe(whole.late);
          expect(resumed.snapshot()).toEqual(whole.snapshot());
        },
      ),
    );
  });

  it('takes onLate again with a snapshot', () => {
    let handed = 0;
    const live = Resampler.from(new Resampler({ every: '1s' }).snapshot(), { onLate: () => handed++ });
    live.push(at(NaN, 1));
    expect(handed).toBe(1);
  });

  it('may be handed the same object again and again', () => {
    const one = { time: 0, price: 10, quantity: 1 };
    const live = new Resampler({ every: '1s', lateness: '1s' });
    live.push(one);
    Object.assign(one, { time: 500, price: 11 });
    live.push(one);
    expect(live.flush()).toMatchObject([{ open: 10, close: 11 }]);
  });

  it('refuses options and snapshots it does not know', () => {
    const make = (options: object) => () => new Resampler(options as ResamplerOptions);
    expect(make({})).toThrow(OptionError);
    expect(make({ every: '1s', lateness: -1 })).toThrow(OptionError);
    expect(make({ every: '1s', latenes: 1 })).toThrow('did you mean lateness?');
    expect(make({ every: '1s', onLate: 3 })).toThrow('onLate must be a function, received 3');
    expect(() => Resampler.from({ kind: 'ZScore', version: 1, state: {} })).toThrow(DataError);
    const { state } = new Resampler({ every: '1s' }).snapshot();
    const { bar: _, ...torn } = state;
    expect(() => Resampler.from({ kind: 'Resampler', version: 1, state: torn })).toThrow(DataError);
  });
});
