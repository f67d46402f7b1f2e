import fc from 'fast-check';
import { align, DataError, OptionError, type TimedSeries } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const leg = (...seen: [number, number][]): TimedSeries => ({
  time: seen.map(([time]) => time),
  value: seen.map(([, value]) => value),
});
const rows = ({ time, y, x }: ReturnType<typeof align>) => Array.from(time, (t, i) => [t, y[i], x[i]]);

describe('align', () => {
  const y = leg([1, 10], [3, 11], [5, 12]);
  const x = leg([2, 20], [3, 21], [6, 22]);

  it('keeps the times both legs have', () => {
    expect(rows(align({ y, x }, { how: 'exact' }))).toEqual([[3, 11, 21]]);
  });

  it('gives each leg its last value at every time either has, once both have spoken', () => {
    expect(rows(align({ y, x }, { how: 'previous' }))).toEqual([
      [2, 10, 20],
      [3, 11, 21],
      [5, 12, 21],
      [6, 12, 22],
    ]);
  });

  it('leaves out a row in which a value is older than the tolerance', () => {
    const far = leg([2, 20], [1002, 21]);
    expect(rows(align({ y: leg([0, 1]), x: far }, { how: 'previous', tolerance: '1s' }))).toEqual([
      [2, 1, 20],
    ]);
    expect(rows(align({ y: leg([2, 1]), x: far }, { how: 'previous', tolerance: '1s' }))).toHaveLength(2);
  });

  it('takes the last of several values at one time', () => {
    const repeated = leg([3, 1], [3, 2]);
    expect(rows(align({ y: repeated, x }, { how: 'exact' }))).toEqual([[3, 2, 21]]);
    expect(rows(align({ y: repeated, x: leg([3, 7], [3, 8], [4, 9]) }, { how: 'previous' }))).toEqual([
      [3, 2, 8],
      [4, 2, 9],
    ]);
  });

  it('carries NaN like another value', () => {
    expect(rows(align({ y: leg([1, 5], [2, NaN]), x: leg([1, 6], [3, 7]) }, { how: 'previous' }))).toEqual([
      [1, 5, 6],
      [2, NaN, 6],
      [3, NaN, 7],
    ]);
  });

  it('gives no rows where a leg is empty', () => {
    expect(rows(align({ y, x: leg() }, { how: 'previous' }))).toEqual([]);
    expect(rows(align({ y: leg(), x: leg() }, { how: 'exact' }))).toEqual([]);
  });

  it('refuses times that go back or are none, and legs that do not match', () => {
    const bad = (leg: unknown) => () => align({ y: leg as TimedSeries, x }, { how: 'exact' });
    expect(bad(leg([2, 1], [1, 1]))).toThrow('align: times must not go back, y.time[1] is 1 after 2');
    expect(bad(leg([NaN, 1]))).toThrow('align: y.time[0] is NaN');
    expect(bad({ time: [1], value: [] })).toThrow(DataError);
    expect(bad(undefined)).toThrow('align: y must be { time, value }, received undefined');
    expect(() => align({ y, x }, { how: 'exact', tolerance: '1s' })).toThrow(OptionError);
    expect(() => align({ y, x }, { how: 'nearest' } as never)).toThrow(OptionError);
  });

  it('never looks ahead: what it says of a time does not change with what comes later', () => {
    const series = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double()), { maxLength: 40 })
      .map((seen) => leg(...seen.sort((a, b) => a[0] - b[0])));
    const until = ({ time, value }: TimedSeries, end: number): TimedSeries => {
      const kept = Array.from(time).filter((t) => t <= end).length;
      return { time: Array.from(time).slice(0, kept), value: Array.from(value).slice(0, kept) };
    };
    fc.assert(
      fc.property(series, series, fc.nat(60), fc.constantFrom(1, 5, 1000), (y, x, end, tolerance) => {
        for (const options of [
          { how: 'exact' },
          { how: 'previous' },
          { how: 'previous', tolerance },
        ] as const) {
          const early = rows(align({ y, x }, options)).filter(([time]) => time! <= end);
          expect(rows(align({ y: until(y, end), x: until(x, end) }, options))).toEqual(early);
          expect(rows(align({ y: x, x: y }, options)).map(([t, a, b]) => [t, b, a])).toEqual(
            rows(align({ y, x }, options)),
          );
        }
      }),
    );
  });
});
