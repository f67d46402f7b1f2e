import fc from 'fast-check';
import { siegel, theilSen } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { Argsort } from '../../src/hedge/argsort.js';
import { Inversions } from '../../src/hedge/inversions.js';
import { SlopeRanks } from '../../src/hedge/slope-ranks.js';
import { uniforms } from '../support/laws.js';
import { close, relatedLegs, thrown } from '../support/pairs.js';

/** All slopes, sorted. */
function slopesOf(y: ArrayLike<number>, x: ArrayLike<number>): Float64Array {
  const slopes: number[] = [];
  for (let i = 0; i < y.length; i++) {
    for (let j = 0; j < i; j++) if (x[i] !== x[j]) slopes.push((y[i]! - y[j]!) / (x[i]! - x[j]!));
  }
  return Float64Array.from(slopes).sort();
}

function median(sorted: ArrayLike<number>): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** y and x of one observation, from a price, a noise and a chance. */
const kinds: Readonly<Record<string, (b: number, e: number, u: number, i: number) => [number, number]>> = {
  plain: (b, e) => [1.3 * b + 5 + e, b],
  cents: (b, e) => [Math.round(130 * b + 500 + 100 * e) / 100, Math.round(b * 100) / 100],
  dollars: (b, e) => [Math.round(1.3 * b + 5 + e), Math.round(b)],
  'mostly on a line': (b, _, u) => [2 * Math.round(b) + (u < 0.3 ? 1 : 0), Math.round(b)],
  thirds: (b, e, u) => [Math.round(4 * b) / 3 + (u < 0.3 ? e : 0), Math.round(4 * b)],
  spikes: (b, e, _, i) => [i % 17 === 0 ? 1e12 : 1.3 * b + 5 + e, b],
  'spikes in x': (b, e, _, i) => [1.3 * b + 5 + e, i % 17 === 0 ? 1e12 : b],
  'two values of x': (b, e, _, i) => [1.3 * b + 5 + e, i % 2],
  'far away': (b, e) => [1.3 * b + 5 + e, 1e9 + b],
};

/** Prices of one kind. */
function prices(kind: string, length: number): { y: Float64Array; x: Float64Array } {
  const uniform = uniforms(length);
  const [y, x] = [new Float64Array(length), new Float64Array(length)];
  let level = 100;
  for (let i = 0; i < length; i++) {
    level += uniform() - 0.5;
    const noise = 2 * (uniform() + uniform() + uniform()) - 3;
    [y[i], x[i]] = kinds[kind]!(level, noise, uniform(), i);
  }
  return { y, x };
}

describe('slopes by rank', () => {
  it.each(Object.keys(kinds))('are those of the sorted list: %s', (kind) => {
    for (const length of [2, 3, 50, 700, 1200]) {
      const { y, x } = prices(kind, length);
      const sorted = slopesOf(y, x);
      const ranks = new SlopeRanks(y, x);
      expect(ranks.count).toBe(sorted.length);
      for (const share of [0, 0.001, 0.02, 0.25, 0.49, 0.5, 0.51, 0.77, 0.9999]) {
        const rank = Math.floor(share * sorted.length);
        if (sorted.length > 0) expect(close(ranks.at(rank), sorted[rank]!, 1e-13, 1e-13)).toBe(true);
      }
    }
  });

  it('do not depend on which was asked first', () => {
    const { y, x } = prices('cents', 900);
    const forth = new SlopeRanks(y, x);
    for (const share of [0.1, 0.4, 0.5, 0.9]) {
      const rank = Math.floor(share * forth.count);
      expect(new SlopeRanks(y, x).at(rank)).toBe(forth.at(rank));
    }
  });
});

describe('the order of keys', () => {
  it('is that of a stable sort', () => {
    const key = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, 1 + 2 ** -52, -1, 1e300));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (drawn) => {
        const keys = Float64Array.from(drawn, (value) => value + 0);
        const wanted = drawn
          .map((_, i) => i)
          .sort((a, b) => Math.sign(Number(keys[a]! > keys[b]!) - Number(keys[a]! < keys[b]!)) || a - b);
        expect([...new Argsort(keys.length).order(keys)]).toEqual(wanted);
      }),
    );
  });

  it('holds for keys that differ in their last bits only', () => {
    const keys = Float64Array.from({ length: 5000 }, (_, i) => 1 + ((i * 2741) % 5000) * 2 ** -52);
    const order = new Argsort(5000).order(keys);
    for (let i = 1; i < 5000; i++) expect(keys[order[i]!]! > keys[order[i - 1]!]!).toBe(true);
  });

  it('has as many inversions as pairs out of order', () => {
    const numbers = Array.from({ length: 130 }, (_, i) => i);
    fc.assert(
      fc.property(fc.shuffledSubarray(numbers, { minLength: 130 }), (shuffled) => {
        let wanted = 0;
        shuffled.forEach((number, i) => {
          for (let j = 0; j < i; j++) wanted += Number(shuffled[j]! > number);
        });
        expect(new Inversions(130).of(Uint32Array.from(shuffled))).toBe(wanted);
      }),
    );
  });
});

describe('theilSen', () => {
  it('is the median of all slopes, inside its interval', () => {
    fc.assert(
      fc.property(relatedLegs(2, 80), ({ y, x }) => {
        const hedge = theilSen({ y, x });
        expect(hedge.ratio).toBe(median(slopesOf(y, x)));
        if (!Number.isNaN(hedge.lower))
          expect(hedge.lower <= hedge.ratio && hedge.ratio <= hedge.upper).toBe(true);
      }),
    );
  });

  it('has an interval that widens with confidence', () => {
    const widths = [0.2, 0.5, 0.9, 0.99].map((confidence) => {
      const { lower, upper } = theilSen(prices('cents', 200), { confidence });
      return upper - lower;
    });
    for (let i = 1; i < widths.length; i++) expect(widths[i]!).toBeGreaterThan(widths[i - 1]!);
  });

  it('stays among the slopes of the good ticks when two in seven are as bad as can be', () => {
    const clean = prices('cents', 500);
    for (const leg of ['y', 'x'] as const) {
      for (const bad of [0, 1e12, -1e300]) {
        const good = (_: number, i: number): boolean => i % 7 >= 2;
        const slopes = slopesOf(clean.y.filter(good), clean.x.filter(good));
        const { ratio } = theilSen({
          ...clean,
          [leg]: clean[leg].map((value, i) => (i % 7 < 2 ? bad : value)),
        });
        // Bad ticks spoil at most 1 − (5/7)² = 49 % of the slopes.
        expect(ratio >= slopes[0]! && ratio <= slopes.at(-1)!).toBe(true);
      }
    }
  });

  it('is not moved by 30 % of bad ticks to either side', () => {
    const { y, x } = prices('cents', 500);
    const wild = { y: y.map((value, i) => (i % 10 < 3 ? (i % 4 < 2 ? 1e9 : -1e9) : value)), x };
    expect(Math.abs(theilSen(wild).ratio - theilSen({ y, x }).ratio)).toBeLessThan(0.1);
    expect(Math.abs(siegel(wild).ratio - siegel({ y, x }).ratio)).toBeLessThan(0.1);
  });

  it('has no interval where nearly all is tied', () => {
    const tied = theilSen({ y: [5, 5, 5, 5], x: [1, 2, 1, 2] });
    expect(tied).toMatchObject({ ratio: 0, intercept: 5, lower: NaN, upper: NaN });
  });

  it('gives the same for thirty thousand prices in whichever order', () => {
    const { y, x } = prices('cents', 30_000);
    const hedge = theilSen({ y, x });
    expect(theilSen({ y: y.slice().reverse(), x: x.slice().reverse() })).toEqual(hedge);
    expect(hedge.ratio).toBeCloseTo(1.3, 2);
    const joint = theilSen({ y, x }, { intercept: 'joint' });
    expect(joint.intercept).toBe(median(y.map((value, i) => value - hedge.ratio * x[i]!).sort()));
  });

  it('refuses a ratio beyond the doubles', () => {
    const pair = { y: [1e300, -1e300, 1e300, 0], x: [0, 1e-300, 2e-300, 3e-300] };
    for (const estimate of [theilSen, siegel]) {
      expect(thrown(() => estimate(pair))).toMatchObject({ name: 'DataError', reason: 'degenerate' });
    }
  });
});

describe('siegel', () => {
  it('is the median of the medians at each point', () => {
    fc.assert(
      fc.property(relatedLegs(3, 40), ({ y, x }) => {
        const medians = x.map((at, i) => {
          const slopes = x.flatMap((other, j) => (other === at ? [] : [(y[j]! - y[i]!) / (other - at)]));
          return median(slopes.sort((a, b) => a - b));
        });
        expect(siegel({ y, x }).ratio).toBe(median(medians.sort((a, b) => a - b)));
      }),
    );
  });

  it('stands where almost half of the ticks are as bad as can be', () => {
    const { y, x } = prices('cents', 301);
    const wild = y.map((value, i) => (i % 20 < 9 ? 1e12 + i : value));
    expect(Math.abs(siegel({ y: wild, x }).ratio - 1.3)).toBeLessThan(2);
  });
});
