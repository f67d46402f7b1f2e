import fc from 'fast-check';
import { Rolling, rolling, rollingMaximum, type Summary } from 'hedgerow';
import { describe, expect, it } from 'vitest';

interface Fall {
  readonly high: number;
  readonly low: number;
  readonly deepest: number;
}

/** The deepest fall from a high to a later low. */
const fall: Summary<Fall> = {
  empty: () => ({ high: -Infinity, low: Infinity, deepest: 0 }),
  add: (a, x) => fall.merge(a, { high: x, low: x, deepest: 0 }),
  merge: (a, b) => ({
    high: Math.max(a.high, b.high),
    low: Math.min(a.low, b.low),
    deepest: Math.max(a.deepest, b.deepest, a.high - b.low),
  }),
  read: ({ deepest }) => deepest,
};

/** Everything there was, in order: the summary that forgets nothing. Adds in place. */
const list = (read: (values: readonly number[]) => number): Summary<number[]> => ({
  empty: () => [],
  add: (state, x) => {
    state.push(x);
    return state;
  },
  merge: (a, b) => [...a, ...b],
  read,
});

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e12, 60000.3),
);
const tape = fc.array(value, { maxLength: 80 });
const window = fc.integer({ min: 1, max: 15 });

describe('a summary of your own, rolling', () => {
  it('sees what is in the window, all of it, in order, and nothing else', () => {
    fc.assert(
      fc.property(tape, window, (series, window) => {
        const seen: (readonly number[])[] = [];
        const summary = list((values) => seen.push(values));
        rolling(series, { window, minimum: 1, summary });
        const expected = series
          .map((_, end) => series.slice(Math.max(end - window + 1, 0), end + 1).filter(Number.isFinite))
          .filter((known) => known.length > 0);
        expect(seen).toEqual(expected);
      }),
    );
  });

  it('that cannot be undone, as the deepest fall, is that of each window', () => {
    fc.assert(
      fc.property(tape, window, (series, window) => {
        const minimum = Math.ceil(window / 2);
        const readings = rolling(series, { window, minimum, summary: fall });
        readings.forEach((reading, end) => {
          const known = series.slice(Math.max(end - window + 1, 0), end + 1).filter(Number.isFinite);
          let deepest = 0;
          known.forEach((high, i) => {
            for (const low of known.slice(i)) deepest = Math.max(deepest, high - low);
          });
          expect(reading).toBe(known.length < minimum ? NaN : deepest);
        });
      }),
    );
  });

  it('agrees with the statistic that is there already', () => {
    const greatest: Summary<number> = {
      empty: () => -Infinity,
      add: Math.max,
      merge: Math.max,
      read: (state) => state,
    };
    fc.assert(
      fc.property(tape, window, (series, window) => {
        const readings = rolling(series, { window, summary: greatest });
        expect(readings.map((x) => x + 0)).toEqual(rollingMaximum(series, { window }).map((x) => x + 0));
      }),
    );
  });

  it('merges at most twice an observation, whatever the window', () => {
    for (const window of [1, 7, 100, 1000]) {
      let merges = 0;
      const summary = {
        ...fall,
        merge: (a: Fall, b: Fall) => {
          merges++;
          return { ...a, ...b };
        },
        add: (a: Fall) => a,
      };
      rolling(new Array<number>(5000).fill(1), { window, summary });
      expect(merges).toBeLessThanOrEqual(2 * 5000);
    }
  });

  it('is told what is missing', () => {
    expect(() => rolling([1], { window: 2, summary: { ...fall, merge: undefined } as never })).toThrow(
      'rolling: summary must have a function merge',
    );
    expect(() => new Rolling({ window: 2 } as never)).toThrow('Rolling: summary must be an object');
    expect(() => rolling([1], { window: 0, summary: fall })).toThrow(
      'rolling: window must be a positive integer, received 0',
    );
  });
});
