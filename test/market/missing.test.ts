import fc from 'fast-check';
import { DataError, dropMissing, fillForward } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('fillForward', () => {
  it('repeats the last known value, and leaves what comes before the first', () => {
    expect([...fillForward([NaN, 1, NaN, NaN, 2, Infinity, NaN])]).toEqual([
      NaN,
      1,
      1,
      1,
      2,
      Infinity,
      Infinity,
    ]);
  });

  it('changes nothing the second time, and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.constant(NaN))), (series) => {
        const before = [...series];
        const once = fillForward(series);
        expect(fillForward(once)).toEqual(once);
        expect(once).toHaveLength(series.length);
        expect(series).toEqual(before);
      }),
    );
  });

  it('refuses what is no series', () => {
    expect(() => fillForward(3 as never)).toThrow(DataError);
  });
});

describe('dropMissing', () => {
  it('keeps the rows in which every column is known', () => {
    const { y, x } = dropMissing({ y: [1, NaN, 3, 4], x: Float32Array.of(5, 6, NaN, 8) });
    expect([[...y], [...x]]).toEqual([
      [1, 4],
      [5, 8],
    ]);
  });

  it('keeps infinities, and takes no columns or empty ones', () => {
    expect([...dropMissing({ y: [Infinity, -Infinity] }).y]).toEqual([Infinity, -Infinity]);
    expect(dropMissing({})).toEqual({});
    expect(dropMissing({ y: [] }).y).toHaveLength(0);
  });

  it('refuses columns of different lengths', () => {
    expect(() => dropMissing({ y: [1], x: [1, 2] })).toThrow(
      'dropMissing: columns must have one length, received y 1, x 2',
    );
  });
});
