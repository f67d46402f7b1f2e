import fc from 'fast-check';
import { iceberg, participation, twap, volumeProfile, vwap } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { decimalMultiple, decimalSum, stepsIn } from '../../src/math/decimal.js';

const lots = fc.constantFrom(1, 100, 0.1, 0.001, 0.25, 1e-8);
const counts = fc.integer({ min: -1_000_000, max: 1_000_000 });
const volumes = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 })
  .filter((profile) => profile.some((volume) => volume > 0));

/** Whole lots, exactly the order together, each within one lot of its share. */
function holds(children: Float64Array, count: number, lot: number, shares: readonly number[]): void {
  expect(decimalSum(children)).toBe(decimalMultiple(count, lot));
  children.forEach((child, i) => {
    const inLots = stepsIn(child, lot, 'down');
    expect(decimalMultiple(inLots, lot)).toBe(child);
    expect(Math.abs(inLots - count * shares[i]!)).toBeLessThanOrEqual(1 + 1e-9);
    if (child !== 0) expect(Math.sign(child)).toBe(Math.sign(count));
  });
}

describe('twap', () => {
  it('is whole lots that sum to the order, each within one of the ideal', () => {
    fc.assert(
      fc.property(counts, lots, fc.integer({ min: 1, max: 50 }), (count, lot, slices) => {
        const children = twap({ quantity: decimalMultiple(count, lot), slices, lot });
        holds(children, count, lot, new Array<number>(slices).fill(1 / slices));
      }),
    );
  });

  it('refuses what cannot be split', () => {
    expect(() => twap({ quantity: 10.5, slices: 2 })).toThrow(
      'twap: quantity must be a whole number of lots of 1, received 10.5',
    );
    expect(() => twap({ quantity: NaN, slices: 2 })).toThrow('twap: quantity must be a finite number');
    expect(() => twap({ quantity: 10, slices: 0 })).toThrow('slices');
    expect(() => twap({ quantity: 1e300, slices: 2 })).toThrow('too many lots');
    expect(() => twap({ quantity: 10, slices: 2, lot: 0 })).toThrow('lot');
    expect(Array.from(twap({ quantity: 0, slices: 2 }))).toEqual([0, 0]);
  });
});

describe('vwap', () => {
  it('is whole lots that sum to the order, each within one of its share of the volume', () => {
    fc.assert(
      fc.property(counts, lots, volumes, (count, lot, profile) => {
        const total = profile.reduce((sum, volume) => sum + volume, 0);
        const children = vwap({ quantity: decimalMultiple(count, lot), profile, lot });
        holds(
          children,
          count,
          lot,
          profile.map((volume) => volume / total),
        );
      }),
    );
  });

  it('sends nothing where no volume is expected', () => {
    expect(Array.from(vwap({ quantity: 7, profile: [0, 1, 0, 2, 0] }))).toEqual([0, 2, 0, 5, 0]);
  });

  it('takes volumes of any size', () => {
    expect(Array.from(vwap({ quantity: 10, profile: [1e308, 1e308] }))).toEqual([5, 5]);
    expect(Array.from(vwap({ quantity: 10, profile: [1e-308, 1e-308] }))).toEqual([5, 5]);
  });

  it('refuses a profile that is none', () => {
    expect(() => vwap({ quantity: 10, profile: [] })).toThrow('needs at least 1');
    expect(() => vwap({ quantity: 10, profile: [0, 0] })).toThrow('must hold some volume');
    expect(() => vwap({ quantity: 10, profile: [1, -1] })).toThrow('profile[1] is -1');
    expect(() => vwap({ quantity: 10, profile: [1, NaN] })).toThrow('profile[1] is NaN');
  });
});

describe('volumeProfile', () => {
  it('sums to one, and is the profile itself when every day is alike', () => {
    fc.assert(
      fc.property(volumes, fc.integer({ min: 1, max: 4 }), (day, days) => {
        const hour = 3_600_000;
        const time = Array.from({ length: days * day.length }, (_, i) => i * hour);
        const volume = time.map((_, i) => day[i % day.length]!);
        const profile = volumeProfile({ time, volume }, { slices: day.length, period: day.length * hour });
        const total = day.reduce((sum, each) => sum + each, 0);
        profile.forEach((share, i) => {
          expect(share).toBeCloseTo(day[i]! / total, 12);
        });
      }),
    );
  });

  it('refuses what teaches nothing', () => {
    const options = { slices: 4, period: '1d' } as const;
    expect(() => volumeProfile({ time: [], volume: [] }, options)).toThrow('needs at least 1');
    expect(() => volumeProfile({ time: [0], volume: [0] }, options)).toThrow('no session has any volume');
    expect(() => volumeProfile({ time: [0], volume: [-1] }, options)).toThrow('volume[0] is -1');
    expect(() => volumeProfile({ time: [0, 1], volume: [1] }, options)).toThrow('one length');
    expect(() =>
      volumeProfile({ time: [0], volume: [1] }, { ...options, opens: '9h', closes: '8h' }),
    ).toThrow('open before it closes');
  });
});

describe('participation', () => {
  it('is never ahead of its share of the volume, nor more than a lot behind it', () => {
    fc.assert(
      fc.property(counts, volumes, fc.integer({ min: 1, max: 100 }), (count, traded, percent) => {
        const rate = percent / 100;
        const children = participation(traded, { quantity: count, rate });
        let [sent, volume] = [0, 0];
        children.forEach((child, i) => {
          sent += Math.abs(child);
          volume += traded[i]!;
          expect(sent).toBeLessThanOrEqual(volume * rate + 1e-6);
          expect(sent).toBeLessThanOrEqual(Math.abs(count));
          expect(sent).toBeGreaterThan(Math.min(volume * rate, Math.abs(count)) - 1);
          if (child !== 0) expect(Math.sign(child)).toBe(Math.sign(count));
        });
      }),
    );
  });

  it('refuses a rate that is none, and volume that is none', () => {
    expect(() => participation([1], { quantity: 1, rate: 0 })).toThrow('rate must be above 0');
    expect(() => participation([1], { quantity: 1, rate: 10 })).toThrow('from 0 to 1');
    expect(() => participation([NaN], { quantity: 1, rate: 0.1 })).toThrow('volumes[0] is NaN');
  });
});

describe('iceberg', () => {
  it('shows whole lots that sum to the order, each near what may be seen', () => {
    const jitters = fc.constantFrom(0, 0.1, 0.5);
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1000, max: 5000 }),
        lots,
        jitters,
        (count, display, lot, jitter) => {
          const quantity = decimalMultiple(count, lot);
          const tips = iceberg({ quantity, display: decimalMultiple(display, lot), lot, jitter, seed: 3 });
          expect(decimalSum(tips)).toBe(quantity);
          tips.forEach((tip, i) => {
            const inLots = Math.abs(stepsIn(tip, lot, 'down'));
            expect(inLots).toBeLessThanOrEqual(display * (1 + jitter) + 1);
            expect(inLots).toBeGreaterThan(0);
            if (i < tips.length - 1) expect(inLots).toBeGreaterThanOrEqual(display * (1 - jitter) - 1);
          });
        },
      ),
    );
  });

  it('refuses a tip that is none', () => {
    expect(() => iceberg({ quantity: 10, display: 0 })).toThrow('display must be at least one lot');
    expect(() => iceberg({ quantity: 10, display: -5 })).toThrow('display must be at least one lot');
    expect(() => iceberg({ quantity: 1e12, display: 1 })).toThrow('too small');
  });
});
