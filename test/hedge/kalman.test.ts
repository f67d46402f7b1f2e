import fc from 'fast-check';
import { cointegratedPair, KalmanHedge, kalmanFit, kalmanHedge, kalmanSmoother, ols, Random } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { DriftingLine } from '../../src/hedge/drifting-line.js';
import { LineFilter } from '../../src/hedge/line-filter.js';
import { close, relatedLegs, thrown, turned } from '../support/pairs.js';

describe('kalmanHedge', () => {
  it('does by hand what the textbook does', () => {
    // One step from a prior of 0 with variance 1: S = 4 + 1 + 1, K = [2, 1] / 6, and P = 1 − 4/6 for the ratio.
    const options = { drift: 0, noise: 1, initial: { ratio: 0, intercept: 0, covariance: 1 } };
    const filtered = kalmanHedge({ y: [3], x: [2] }, options);
    expect(filtered.ratio[0]).toBeCloseTo(1, 15);
    expect(filtered.intercept[0]).toBeCloseTo(0.5, 15);
    expect(filtered.ratioError[0]).toBeCloseTo(Math.sqrt(1 / 3), 15);
    expect(filtered.innovation[0]).toBe(3);
    expect(filtered.innovationDeviation[0]).toBeCloseTo(Math.sqrt(6), 15);
    expect(filtered.logLikelihood).toBeCloseTo(-0.5 * (Math.log(2 * Math.PI * 6) + 9 / 6), 14);
  });

  it('adds no drift before the first observation', () => {
    const initial = { ratio: 1, intercept: 2, covariance: 0 };
    const pair = { y: [100, 200], x: [5, 6] };
    const { ratio, intercept } = kalmanHedge(pair, { drift: 1, noise: 1e-3, initial });
    expect([ratio[0], intercept[0]]).toEqual([1, 2]);
    expect(ratio[1]).not.toBe(1);
  });

  it('is least squares when nothing drifts', () => {
    fc.assert(
      fc.property(relatedLegs(), ({ y, x }) => {
        const line = ols({ y, x });
        const { ratio, intercept, ratioError } = kalmanHedge({ y, x }, { drift: 0, noise: 1 });
        expect(close(ratio.at(-1)!, line.ratio, 1e-8)).toBe(true);
        expect(close(intercept.at(-1)!, line.intercept, 1e-8, 1e3)).toBe(true);
        expect(close(ratioError.at(-1)! * line.residualDeviation, line.ratioError, 1e-8)).toBe(true);
      }),
    );
  });

  it('is as sure as before after a million prices, and never surer than can be', () => {
    const random = new Random(3);
    for (const noise of [1e-6, 1, 1e6]) {
      const hedge = new KalmanHedge({
        drift: [
          [1e-9, 0],
          [0, 0],
        ],
        noise,
      });
      for (let i = 0; i < 1e6; i++) {
        const x = 1e4 + random.normal();
        const { ratioError, interceptError } = hedge.push({ y: 1.5 * x + random.normal(), x });
        if (i > 1 && !(ratioError > 0 && interceptError > 0)) expect.fail(`not sure of being unsure at ${i}`);
      }
      expect(Math.abs(hedge.value.ratio - 1.5)).toBeLessThan(1);
    }
  });

  it('follows a leg that is scaled, drift and noise with it', () => {
    const diagonal = (a: number, b: number): [[number, number], [number, number]] => [
      [a, 0],
      [0, b],
    ];
    fc.assert(
      fc.property(relatedLegs(), fc.constantFrom(2, 0.25, 64), ({ y, x }, scale) => {
        const square = scale * scale;
        const plain = kalmanHedge({ y, x }, { drift: diagonal(1e-6, 1e-2), noise: 1 });
        const inY = { drift: diagonal(1e-6 * square, 1e-2 * square), noise: square };
        const inX = { drift: diagonal(1e-6 / square, 1e-2), noise: 1 };
        const taller = kalmanHedge({ y: y.map((value) => value * scale), x }, inY);
        const wider = kalmanHedge({ y, x: x.map((value) => value * scale) }, inX);
        plain.ratio.forEach((ratio, i) => {
          expect(close(taller.ratio[i]!, scale * ratio, 1e-9)).toBe(true);
          expect(close(wider.ratio[i]!, ratio / scale, 1e-9)).toBe(true);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('knows less for every missing observation, and nothing else changes', () => {
    const initial = { ratio: 1, intercept: 0, covariance: 0.25 };
    const { ratio, ratioError, innovation, innovationDeviation } = kalmanHedge(
      { y: [10, NaN, NaN, NaN], x: [10, 10, NaN, Infinity] },
      { drift: 0.01, noise: 1, initial },
    );
    expect([...ratio]).toEqual(new Array(4).fill(ratio[0]));
    for (let i = 1; i < 4; i++) {
      expect(close(ratioError[i]! ** 2 - ratioError[i - 1]! ** 2, 0.01, 1e-12)).toBe(true);
    }
    expect([...innovation].slice(1)).toEqual([NaN, NaN, NaN]);
    expect(innovationDeviation[1]).toBeGreaterThan(1);
    expect([...innovationDeviation].slice(2)).toEqual([NaN, NaN]);
  });

  it('waits for a second price of x, and then knows the line through both', () => {
    const pair = { y: [10, 12, 20, 31], x: [5, 5, 5, 6] };
    const { ratio, intercept } = kalmanHedge(pair, { drift: 0, noise: 1 });
    expect([...ratio.slice(0, 3)]).toEqual([NaN, NaN, NaN]);
    expect(ratio[3]).toBeCloseTo(31 - 14, 12); // the mean of the first three is 14
    expect(intercept[3]).toBeCloseTo(14 - 17 * 5, 11);
  });

  it.each([
    ['next to no noise', 1e-12, 0, 6e4],
    ['Chan’s recipe', 1e-3, 1e-4, 100],
    ['next to no drift, far away', 1, 1e-300, 1e9],
    ['all drift, tiny prices', 1e-9, 1e3, 1e-6],
  ])('keeps a covariance positive after a million steps: %s', (_, noise, drift, far) => {
    const line = new DriftingLine(noise, { d1: drift, d2: drift, u: 0 });
    const { now } = line;
    for (let t = 0; t < 1_000_000; t++) {
      const x = far * (1 + 1e-3 * Math.sin(t * 0.7));
      line.push(1.3 * x + Math.sin(t * t), t % 1000 === 999 ? NaN : x);
    }
    expect(now.d1).toBeGreaterThan(0);
    expect(now.d2).toBeGreaterThan(0);
    expect(Number.isFinite(now.ratio + now.intercept + now.u + now.logLikelihood)).toBe(true);
  });

  it.each([
    ['alike', { d1: 1e-5, d2: 1e-5, u: 0 }],
    ['together', { d1: 1e-6, d2: 1e-2, u: -0.01 }],
    ['the ratio alone', { d1: 1e-6, d2: 0, u: 0 }],
    ['not at all', { d1: 0, d2: 0, u: 0 }],
  ])('sees and drifts at once as one after the other: %s', (_, drift) => {
    fc.assert(
      fc.property(relatedLegs(), fc.constantFrom(1e-9, 1, 1e9), ({ y, x }, noise) => {
        const together = new DriftingLine(noise, drift);
        const apart = new LineFilter();
        for (let i = 0; i < x.length; i++) {
          const gap = i % 9 === 7 ? NaN : 0;
          together.push(y[i]! + gap, x[i]!);
          if (i > 0) apart.drift(drift);
          apart.see(y[i]! + gap, x[i]!, noise);
        }
        const { now } = together;
        expect(now.known).toBe(apart.known);
        if (now.known < 2) return;
        expect(close(now.ratio, apart.ratio, 1e-9)).toBe(true);
        expect(close(now.ratioVariance, apart.ratioVariance, 1e-9)).toBe(true);
        expect(close(now.d2, apart.d2, 1e-9)).toBe(true);
        expect(close(now.logLikelihood, apart.logLikelihood, 1e-9)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps its options to itself', () => {
    const drift: [[number, number], [number, number]] = [
      [1e-5, 0],
      [0, 1e-5],
    ];
    const hedge = new KalmanHedge({ drift, noise: 1 });
    drift[0][0] = 1e5;
    expect(JSON.stringify(hedge.snapshot())).not.toContain('100000');
  });

  const initial = { ratio: 0, intercept: 0, covariance: 1 };
  it.each([
    [{ noise: 1 }, 'drift must be a variance or [[a, b], [b, c]]'],
    [{ drift: -1, noise: 1 }, 'drift must be a variance'],
    [{ drift: NaN, noise: 1 }, 'drift must be a variance'],
    [
      {
        drift: [
          [1, 2],
          [3, 4],
        ],
        noise: 1,
      },
      'received [[1,2],[3,4]]',
    ],
    [
      {
        drift: [
          [1, 2],
          [2, 1],
        ],
        noise: 1,
      },
      'ac − b² not negative',
    ],
    [{ drift: [[1, 0]], noise: 1 }, 'drift must be a variance'],
    [{ drift: 0, noise: 0 }, 'noise must be a positive number, received 0'],
    [{ drift: 0, noise: 1, initial: { ...initial, ratio: NaN } }, 'initial.ratio must be a finite number'],
    [{ drift: 0, noise: 1, initial: { ratio: 0, intercept: 0 } }, 'initial.covariance must be a variance'],
    [{ drift: 0, noise: 1, initial: { ...initial, x: 1 } }, 'initial: unknown option x'],
    [{ drift: 0, nois: 1 }, 'unknown option nois; did you mean noise?'],
  ])('refuses %o', (options, message) => {
    for (const run of [kalmanHedge, kalmanSmoother]) {
      const error = thrown(() => run({ y: [1], x: [1] }, options as never));
      expect(error).toMatchObject({ name: 'OptionError' });
    }
    expect(() => new KalmanHedge(options as never)).toThrow(message);
  });
});

describe('kalmanSmoother', () => {
  it('ends where the filter ends, and is surer before', () => {
    fc.assert(
      fc.property(relatedLegs(), fc.constantFrom(0, 1e-6, 1e-2), (pair, drift) => {
        const filtered = kalmanHedge(pair, { drift, noise: 1 });
        const smoothed = kalmanSmoother(pair, { drift, noise: 1 });
        expect(smoothed.ratio.at(-1)).toBe(filtered.ratio.at(-1));
        smoothed.ratioError.forEach((error, i) => {
          expect(error).toBeGreaterThan(0);
          const before = filtered.ratioError[i]!;
          if (!Number.isNaN(before)) expect(error).toBeLessThanOrEqual(before * (1 + 1e-9));
        });
      }),
    );
  });

  it('reads the same forwards and backwards', () => {
    fc.assert(
      fc.property(relatedLegs(), (pair) => {
        const forth = kalmanSmoother(pair, { drift: 1e-4, noise: 1 });
        const back = kalmanSmoother(turned(pair), { drift: 1e-4, noise: 1 });
        forth.ratio.forEach((ratio, i) => {
          expect(close(ratio, back.ratio.at(-1 - i)!, 1e-6, 1e-3)).toBe(true);
        });
      }),
    );
  });

  it('needs an x that moves, and has nothing to say of nothing', () => {
    const options = { drift: 0, noise: 1 };
    const still = thrown(() => kalmanSmoother({ y: [1, 2], x: [3, 3] }, options));
    expect(still).toMatchObject({ reason: 'degenerate' });
    expect(kalmanSmoother({ y: [], x: [] }, options).ratio).toHaveLength(0);
  });
});

describe('kalmanFit', () => {
  const pair = cointegratedPair({ observations: 400, ratio: 1.5, intercept: 4, halfLife: 3, seed: 11 });

  it('finds a likelihood that nothing near it beats', () => {
    const { drift, noise, logLikelihood } = kalmanFit(pair);
    expect(close(kalmanHedge(pair, { drift, noise }).logLikelihood, logLikelihood, 1e-10)).toBe(true);
    for (const [a, b] of [
      [1.01, 1],
      [0.99, 1],
      [1, 1.01],
      [1, 0.99],
    ] as const) {
      const near = kalmanHedge(pair, { drift: drift * a, noise: noise * b });
      expect(near.logLikelihood).toBeLessThan(logLikelihood);
    }
  });

  it('finds no drift in a line that stays', () => {
    const x = Array.from({ length: 200 }, (_, i) => 100 + Math.sin(i * 0.7) + (i % 13));
    const y = x.map((value, i) => 2 * value + (i % 2 ? 1 : -1));
    const { drift, noise } = kalmanFit({ y, x });
    expect(drift).toBe(0);
    expect(close(noise, ols({ y, x }).residualDeviation ** 2, 1e-9)).toBe(true);
  });

  it('scales with y', () => {
    const { drift, noise } = kalmanFit(pair);
    const scaled = kalmanFit({ y: pair.y.map((value) => 8 * value), x: pair.x });
    expect(close(scaled.drift, 64 * drift, 1e-5)).toBe(true);
    expect(close(scaled.noise, 64 * noise, 1e-5)).toBe(true);
  });

  it.each([
    ['too-short', [1, 2, 3, 5], [1, 2, 3, 4]],
    ['degenerate', [2, 4, 6, 8, 10], [1, 2, 3, 4, 5]],
    ['degenerate', [1, NaN, 2, 3, 5, 4], [1, 1, 1, 1, 1, 1]],
  ])('refuses what cannot be fitted: %s', (reason, y, x) => {
    expect(thrown(() => kalmanFit({ y, x }))).toMatchObject({ reason });
  });
});
