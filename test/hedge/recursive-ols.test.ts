import fc from 'fast-check';
import { ExponentialOls, exponentialOls, leastSquares, ols, RecursiveOls, recursiveOls } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, relatedLegs, thrown } from '../support/pairs.js';

/** The line by least squares with these weights: [intercept, ratio]. */
function weighted(y: readonly number[], x: readonly number[], weights: readonly number[]): Float64Array {
  const roots = weights.map(Math.sqrt);
  const scaled = (values: readonly number[]): number[] => values.map((value, i) => value * roots[i]!);
  return leastSquares([roots, scaled(x)], scaled(y), { intercept: false }).coefficients;
}

const steps = { y: [3, 5, 8, 9, 13, 12], x: [1, 2, 3, 4, 5, 6] };

describe('recursiveOls', () => {
  it('is least squares over all pairs so far', () => {
    fc.assert(
      fc.property(relatedLegs(), ({ y, x }) => {
        const { ratio, intercept } = recursiveOls({ y, x });
        const line = ols({ y, x });
        expect(close(ratio.at(-1)!, line.ratio, 1e-6)).toBe(true);
        expect(close(intercept.at(-1)!, line.intercept, 1e-6, 1e3)).toBe(true);
      }),
    );
  });

  it('forgets by the factor given: a weighted least squares', () => {
    const [level, slope] = weighted(
      steps.y,
      steps.x,
      steps.x.map((_, i) => 0.8 ** (5 - i)),
    );
    const { ratio, intercept } = recursiveOls(steps, { forgetting: 0.8 });
    expect(close(intercept[5]!, level!, 1e-9)).toBe(true);
    expect(close(ratio[5]!, slope!, 1e-9)).toBe(true);
  });

  it('starts at nothing, pulled there by a small delta', () => {
    const { ratio, innovation } = recursiveOls({ y: [4], x: [1] }, { delta: 1 });
    expect(ratio[0]).toBeCloseTo(4 / 3, 15); // K = [1, 1] / (1 + 1 + 1)
    expect(innovation[0]).toBe(4);
  });

  it('passes over what is missing and forgets nothing for it', () => {
    const [whole, holes] = [new RecursiveOls({ forgetting: 0.9 }), new RecursiveOls({ forgetting: 0.9 })];
    for (let i = 0; i < 20; i++) {
      const pair = { y: 2 * i + (i % 3), x: i };
      const { ratio } = whole.push(pair);
      expect(holes.push(pair).ratio).toBe(ratio);
      expect(holes.push({ y: NaN, x: 5 })).toMatchObject(
        i > 0 ? { ratio, innovation: NaN } : { innovation: NaN },
      );
      holes.push({ y: 1, x: Infinity });
    }
  });

  it('stays finite where x halts and all else is forgotten', () => {
    const hedge = new RecursiveOls({ forgetting: 0.5 });
    for (let i = 0; i < 20; i++) hedge.push({ y: 2 * i, x: i });
    for (let i = 0; i < 20_000; i++) hedge.push({ y: 7, x: 3 });
    const { ratio, intercept } = hedge.value;
    expect(close(ratio * 3 + intercept, 7, 1e-9)).toBe(true);
  });

  it.each([
    [{ forgetting: 0 }, 'forgetting must be above 0, received 0'],
    [{ forgetting: 1.1 }, 'forgetting must be from 0 to 1, received 1.1'],
    [{ delta: 0 }, 'delta must be a positive number, received 0'],
    [{ lambda: 1 }, 'unknown option lambda'],
  ])('refuses %o', (options, message) => {
    const error = thrown(() => recursiveOls({ y: [], x: [] }, options as never));
    expect(error.message).toContain(`recursiveOls: ${message}`);
  });
});

describe('exponentialOls', () => {
  it('is least squares with weights that halve', () => {
    fc.assert(
      fc.property(relatedLegs(), ({ y, x }) => {
        const weights = x.map((_, i) => 0.5 ** ((x.length - 1 - i) / 8));
        const [level, slope] = weighted(y, x, weights);
        const { ratio, intercept } = exponentialOls({ y, x }, { halfLife: 8 });
        expect(close(ratio.at(-1)!, slope!, 1e-9)).toBe(true);
        expect(close(intercept.at(-1)!, level!, 1e-9, 1e3)).toBe(true);
      }),
    );
  });

  it('says the same however the decay is said', () => {
    const { ratio } = exponentialOls(steps, { alpha: 0.1 });
    const halved = exponentialOls(steps, { halfLife: Math.log(2) / -Math.log(0.9) }).ratio;
    const spanned = exponentialOls(steps, { span: 19 }).ratio;
    ratio.forEach((value, i) => {
      expect(close(halved[i]!, value, 1e-13)).toBe(true);
      expect(close(spanned[i]!, value, 1e-13)).toBe(true);
    });
  });

  it('ages the others for a missing pair', () => {
    const { ratio } = exponentialOls({ y: [3, 5, NaN, 8], x: [1, 2, 3, 3] }, { alpha: 0.5 });
    const [, slope] = weighted([3, 5, 8], [1, 2, 3], [0.125, 0.25, 1]);
    expect(close(ratio[3]!, slope!, 1e-12)).toBe(true);
    expect(ratio[2]).toBe(ratio[1]);
  });

  it('keeps r² within one and finds 2 on a line near 1e9', () => {
    const x = Array.from({ length: 300 }, (_, i) => 1e9 + ((i * 37) % 101));
    const { ratio, rSquared } = exponentialOls({ y: x.map((value) => 2 * value + 1), x }, { halfLife: 20 });
    for (let i = 1; i < 300; i++) {
      expect(close(ratio[i]!, 2, 1e-12)).toBe(true);
      expect(rSquared[i]!).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    [{}, 'needs one of alpha, span and halfLife, received none'],
    [{ alpha: 0.1, span: 3 }, 'needs one of alpha, span and halfLife, received alpha and span'],
    [{ alpha: 1 }, 'alpha must be below 1, received 1'],
    [{ span: 1 }, 'span must be above 1, received 1'],
    [{ halfLife: NaN }, 'halfLife must be a positive number, received NaN'],
    [{ halflife: 3 }, 'unknown option halflife; did you mean halfLife?'],
  ])('refuses %o', (options, message) => {
    const error = thrown(() => new ExponentialOls(options as never));
    expect(error.message).toBe(`ExponentialOls: ${message}`);
  });
});
