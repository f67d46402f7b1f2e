import fc from 'fast-check';
import {
  ExponentialMean,
  type ExponentialOptions,
  exponentialCorrelation,
  exponentialCovariance,
  exponentialMean,
  exponentialStandardDeviation,
  exponentialVariance,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../support/conformance.js';
import { hostileTapes } from '../support/laws.js';

describe('an exponentially weighted mean', () => {
  it('is that of the example in the documentation of pandas', () => {
    // pandas.DataFrame.ewm: [0, 1, 2, NaN, 4] with com 0.5, which is alpha 2/3
    const means = exponentialMean([0, 1, 2, NaN, 4], { alpha: 2 / 3 });
    const expected = [0, 0.75, 1.615385, 1.615385, 3.670213];
    means.forEach((mean, i) => {
      expect(mean).toBeCloseTo(expected[i]!, 6);
    });
  });

  it('takes a span or a half-life for an alpha', () => {
    const series = hostileTapes['walk']!(50, 1);
    expect(exponentialMean(series, { span: 9 })).toEqual(exponentialMean(series, { alpha: 0.2 }));
    expect(exponentialMean(series, { halfLife: 1 })).toEqual(exponentialMean(series, { alpha: 0.5 }));
    // Two observations ten half-lives apart: the earlier one weighs 2⁻¹⁰.
    const gap = [1, ...new Array<number>(19).fill(NaN), 0];
    expect(exponentialMean(gap, { halfLife: 2 }).at(-1)).toBeCloseTo(1 / 1025, 15);
  });

  it('of alpha 1 is the newest observation', () => {
    expect([...exponentialMean([3, NaN, 1e12, -2], { alpha: 1 })]).toEqual([3, 3, 1e12, -2]);
  });

  it('waits for its minimum, and never for a value that is not there', () => {
    expect([...exponentialMean([NaN, 1, NaN, 1, 1], { alpha: 0.5, minimum: 2 })]).toEqual([
      NaN,
      NaN,
      NaN,
      1,
      1,
    ]);
    expect([...exponentialMean([Infinity, 5, -Infinity], { alpha: 0.5 })]).toEqual([NaN, 5, 5]);
  });

  it('stays on a flat tape to the last bit', () => {
    const flat = new Array<number>(1000).fill(60000.3);
    for (const adjust of [true, false]) {
      expect(exponentialMean(flat, { alpha: 0.013, adjust }).every((mean) => mean === 60000.3)).toBe(true);
      expect(
        exponentialVariance(flat, { alpha: 0.013, adjust })
          .slice(1)
          .every((v) => v === 0),
      ).toBe(true);
    }
  });

  it('comes back from the ends of the range of doubles', () => {
    const series = [1.7e308, -1.7e308, 1.7e308, ...new Array<number>(3000).fill(100)];
    expect(exponentialMean(series, { alpha: 0.5 }).at(-1)).toBeCloseTo(100, 10);
    const variances = exponentialVariance([1, 1e200, ...hostileTapes['walk']!(2000, 2)], { alpha: 0.1 });
    expect(variances.slice(1).some((v) => v > 0 && v < Infinity)).toBe(true);
    expect(variances.at(-1)).toBeLessThan(10);
  });
});

/** By the definition: the weights of the observations that are there, over all of them. */
function byDefinition(
  series: readonly number[],
  alpha: number,
  adjust: boolean,
): { mean: number; variance: number } {
  let weights: number[] = [];
  series.forEach((x, t) => {
    weights = weights.map((w) => w * (1 - alpha));
    const isFirst = !series.slice(0, t).some(Number.isFinite);
    weights.push(Number.isFinite(x) ? (adjust || isFirst ? 1 : alpha) : 0);
    const total = weights.reduce((a, b) => a + b, 0);
    if (!adjust && Number.isFinite(x)) weights = weights.map((w) => w / total);
  });
  const kept = series.map((x, t) => ({ x, w: weights[t]! })).filter(({ x }) => Number.isFinite(x));
  const total = kept.reduce((sum, { w }) => sum + w, 0);
  const origin = kept[0]?.x ?? NaN;
  const mean = origin + kept.reduce((sum, { x, w }) => sum + (w / total) * (x - origin), 0);
  const squares = kept.reduce((sum, { x, w }) => sum + (w / total) * (x - mean) ** 2, 0);
  let cross = 0;
  for (let i = 0; i < kept.length; i++) {
    for (let j = 0; j < i; j++) cross += (2 * kept[i]!.w * kept[j]!.w) / (total * total);
  }
  return { mean, variance: squares / cross };
}

describe('on hostile series', () => {
  const value = fc.oneof(
    fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    fc.constantFrom(NaN, Infinity, -Infinity, 60000.3, 1e6),
  );
  const alpha = fc.double({ min: 0.01, max: 0.99, noNaN: true });

  it('mean and variance are the definition, weight by weight', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 40 }),
        alpha,
        fc.boolean(),
        (series, alpha, adjust) => {
          const { mean, variance } = byDefinition(series, alpha, adjust);
          const received = exponentialMean(series, { alpha, adjust }).at(-1)!;
          const largest = Math.max(...series.filter(Number.isFinite).map(Math.abs), 0);
          if (Number.isNaN(mean)) expect(received).toBeNaN();
          else expect(Math.abs(received - mean)).toBeLessThanOrEqual(1e-13 * largest);
          const spread = exponentialVariance(series, { alpha, adjust }).at(-1)!;
          if (Number.isNaN(variance)) expect(spread).toBeNaN();
          else
            expect(Math.abs(spread - variance)).toBeLessThanOrEqual(
              1e-10 * variance + 1e-25 * largest * largest + 1e-318,
            );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a covariance with itself is the variance, a correlation is within ±1', () => {
    for (const make of Object.values(hostileTapes)) {
      const [y, x] = [make(200, 3), hostileTapes['walk']!(200, 4)];
      for (const options of [{ span: 10 }, { alpha: 0.3, adjust: false }] satisfies ExponentialOptions[]) {
        const variances = exponentialVariance(y, options);
        expect(exponentialCovariance({ y, x: y }, options)).toEqual(variances);
        expect(exponentialStandardDeviation(y, options)).toEqual(variances.map(Math.sqrt));
        expect(variances.some((v) => v < 0)).toBe(false);
        const together = exponentialCorrelation({ y, x }, options);
        expect(together.some((r) => Math.abs(r) > 1)).toBe(false);
      }
    }
  });

  it('an offset of 1e9 costs nothing that the doubles still hold', () => {
    const noise = hostileTapes['walk']!(500, 5).map((x) => Math.round(x * 2 ** 20) / 2 ** 20);
    const raised = noise.map((x) => x + 2 ** 30);
    const [low, high] = [noise, raised].map((series) => exponentialVariance(series, { halfLife: 20 }));
    low!.forEach((v, i) => {
      expect(relativeError(high![i]!, v)).toBeLessThanOrEqual(1e-13);
    });
  });

  it('a spike fades as its weight does', () => {
    const walk = hostileTapes['walk']!(400, 6);
    const spiked = walk.map((x, i) => (i === 50 ? 1e12 : x));
    const [clean, dirty] = [walk, spiked].map((series) => exponentialMean(series, { alpha: 0.2 }));
    const left = 1e12 * 0.2 * 0.8 ** 349;
    expect(Math.abs(dirty!.at(-1)! - clean!.at(-1)!)).toBeLessThanOrEqual(2 * left + 1e-13);
    const [calm, wild] = [walk, spiked].map((series) => exponentialVariance(series, { alpha: 0.2 }));
    expect(relativeError(wild!.at(-1)!, calm!.at(-1)!)).toBeLessThanOrEqual(1e-9);
  });
});

describe('options', () => {
  it('are refused with what would do', () => {
    const wrong: readonly [object, string][] = [
      [{}, 'exponentialMean: needs exactly one of alpha, span and halfLife, received none'],
      [
        { alpha: 0.5, span: 3 },
        'exponentialMean: needs exactly one of alpha, span and halfLife, received alpha and span',
      ],
      [{ alpha: 0 }, 'exponentialMean: alpha must be a positive number, received 0'],
      [{ alpha: 1.5 }, 'exponentialMean: alpha must be above 0 and at most 1, received 1.5'],
      [{ span: 0.5 }, 'exponentialMean: span must be at least 1, received 0.5'],
      [{ halfLife: -1 }, 'exponentialMean: halfLife must be a positive number, received -1'],
      [{ halflife: 3 }, 'exponentialMean: unknown option halflife; did you mean halfLife?'],
      [{ alpha: 0.5, adjust: 1 }, 'exponentialMean: adjust must be true or false, received 1'],
      [{ alpha: 0.5, minimum: 0 }, 'exponentialMean: minimum must be a positive integer, received 0'],
    ];
    for (const [options, message] of wrong) {
      expect(() => exponentialMean([1], options as never)).toThrow(message);
    }
    expect(() => new ExponentialMean({ alpha: 0.5, bias: true } as never)).toThrow('unknown option bias');
    expect(() => exponentialCovariance({ y: [1], x: [1, 2] }, { alpha: 0.5 })).toThrow(/one length/);
  });
});
