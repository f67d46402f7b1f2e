import fc from 'fast-check';
import { Crossing, crossings, OptionError } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('crossings', () => {
  it('are changes of side; the level itself belongs to neither', () => {
    expect(crossings([-1, 0, 0, 1, 0, 1, -2])).toEqual([
      { direction: 'up', index: 3, value: 1 },
      { direction: 'down', index: 6, value: -2 },
    ]);
  });

  it('need a side to come from, and do not see what is missing', () => {
    expect(crossings([0, 0, 5])).toEqual([]);
    expect(crossings([-1, NaN, 5]).map(({ index }) => index)).toEqual([2]);
  });

  it('go up and down in turn, and are those of the series mirrored', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(NaN));
    fc.assert(
      fc.property(fc.array(value), (series) => {
        const all = crossings(series);
        for (let k = 1; k < all.length; k++) expect(all[k]!.direction).not.toBe(all[k - 1]!.direction);
        const mirrored = crossings(
          series.map((x) => 10 - x),
          { level: 10 },
        );
        expect(mirrored.map(({ index }) => index)).toEqual(all.map(({ index }) => index));
        const [up, down] = [crossings(series, { direction: 'up' }), crossings(series, { direction: 'down' })];
        expect([...up, ...down].sort((a, b) => a.index - b.index)).toEqual(all);
      }),
    );
  });

  it('refuse a level that is none and a direction they do not know', () => {
    expect(() => new Crossing({ level: NaN })).toThrow(OptionError);
    expect(() => crossings([1], { direction: 'sideways' as never })).toThrow(
      "direction must be one of 'up', 'down', 'both'",
    );
  });
});
