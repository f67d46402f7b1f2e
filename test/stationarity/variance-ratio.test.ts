import fc from 'fast-check';
import { DataError, normalSurvival, varianceRatio } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

describe('varianceRatio', () => {
  it('is the unbiased variance of long changes over that of short ones', () => {
    // Changes 1, −1, 1, −1 with mean 0 vary by 4/3; changes over two are all 0.
    expect(varianceRatio([0, 1, 0, 1, 0], { lag: 2, robust: false })).toMatchObject({
      ratio: 0,
      observations: 4,
    });
    // √4 · (0 − 1) / √(2·3·1 / 6)
    expect(varianceRatio([0, 1, 0, 1, 0], { lag: 2, robust: false }).statistic).toBe(-2);
  });

  it('falls below one where a series comes back, and rises where it trends', () => {
    const noise = varianceRatio(recipe('white-noise', 1, 400), { lag: 4 });
    expect(noise.ratio).toBeLessThan(0.5);
    expect(noise.statistic).toBeLessThan(-5);
    expect(varianceRatio(recipe('smooth', 1, 400), { lag: 4 }).ratio).toBeGreaterThan(2);
    expect(varianceRatio(recipe('walk', 1, 400), { lag: 4 }).pValue).toBeGreaterThan(0.05);
  });

  it('keeps the digits of a p-value far out', () => {
    const { statistic, pValue } = varianceRatio(recipe('smoother', 2, 500), { lag: 2 });
    expect(pValue).toBeGreaterThan(0);
    expect(pValue).toBe(2 * normalSurvival(Math.abs(statistic)));
    expect(pValue).toBeLessThan(1e-20);
  });
});

describe('varianceRatio refuses', () => {
  it('what is too short, not finite, or moves in equal steps', () => {
    expect(refusal(() => varianceRatio([1, 2, 4], { lag: 2 }))).toBe(
      'too-short: varianceRatio: needs at least 4 observations for a lag of 2, received 3',
    );
    expect(refusal(() => varianceRatio([1, NaN, 4, 3], { lag: 2 }))).toBe(
      'not-finite: varianceRatio: series[1] is NaN',
    );
    const line = Array.from({ length: 30 }, (_, t) => 0.1 * t);
    expect(refusal(() => varianceRatio(line, { lag: 2 }))).toBe(
      'degenerate: varianceRatio: series must vary, received equal steps',
    );
  });

  it('options that are missing or unknown', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        varianceRatio([1, 2, 4, 3], options as { lag: number });
    expect(of({})).toThrow('varianceRatio: lag must be an integer of at least 2, received undefined');
    expect(of({ lag: 1 })).toThrow('varianceRatio: lag must be an integer of at least 2, received 1');
    expect(of({ lag: 2, robust: 'yes' })).toThrow(
      "varianceRatio: robust must be true or false, received 'yes'",
    );
    expect(of({ lags: 2 })).toThrow('varianceRatio: unknown option lags; did you mean lag?');
  });
});

describe('varianceRatio always', () => {
  it('ignores scale, sign, level and drift; p is a probability', () => {
    const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 12, maxLength: 90 });
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 8 }), fc.boolean(), (x, lag, robust) => {
        try {
          const plain = varianceRatio(x, { lag, robust });
          const moved = varianceRatio(
            x.map((v, t) => -4 * v + 1000 + 16 * t),
            { lag, robust },
          );
          expect(plain.ratio).toBeGreaterThanOrEqual(0);
          expect(plain.pValue).toBeGreaterThanOrEqual(0);
          expect(plain.pValue).toBeLessThanOrEqual(1);
          expect(Math.abs(moved.ratio - plain.ratio)).toBeLessThan(1e-11 * Math.max(1, plain.ratio));
          expect(Math.abs(moved.pValue - plain.pValue)).toBeLessThan(1e-9);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });

  it('ignores a scale that squares cannot hold', () => {
    const x = recipe('near-unit-root', 4, 120);
    for (const power of [-990, 990]) {
      const scaled = x.map((v) => v * 2 ** power);
      expectNear(varianceRatio(scaled, { lag: 3 }).statistic, varianceRatio(x, { lag: 3 }).statistic, 1e-12);
    }
  });
});
