import fc from 'fast-check';
import { adf, DataError, kpss, stationarity } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

const share = (kind: string, verdict: string): number =>
  Array.from({ length: 40 }, (_, seed) => stationarity(recipe(kind, seed + 1, 250)).verdict).filter(
    (found) => found === verdict,
  ).length / 40;

describe('stationarity', () => {
  it('is right about most series whose nature is known', () => {
    expect(share('white-noise', 'stationary')).toBeGreaterThan(0.9);
    expect(share('trend-stationary', 'trend-stationary')).toBeGreaterThan(0.8);
    expect(share('walk', 'unit-root')).toBeGreaterThan(0.8);
    expect(share('drift', 'unit-root')).toBeGreaterThan(0.8);
  });

  it('shows the tests it rests on', () => {
    const noise = recipe('white-noise', 4, 250);
    expect(stationarity(noise)).toMatchObject({ trend: 'constant', adf: adf(noise), kpss: kpss(noise) });
    const line = recipe('trend-stationary', 4, 250);
    expect(stationarity(line)).toMatchObject({
      verdict: 'trend-stationary',
      trend: 'linear',
      adf: adf(line, { trend: 'linear' }),
      kpss: kpss(line, { trend: 'linear' }),
    });
  });

  it('cannot tell where both tests reject', () => {
    // Noise about a level that jumps: it pulls back hard, and not to one level.
    const jumped = recipe('white-noise', 5, 400).map((v, t) => (t < 200 ? v : v + 1.2));
    const found = stationarity(jumped);
    expect(found.verdict).toBe('inconclusive');
    expect(found.words).toContain('inconclusive: the tests cannot tell (ADF p ');
  });

  it('refuses what its tests refuse', () => {
    expect(refusal(() => stationarity([1, 2]))).toContain('too-short');
    expect(refusal(() => stationarity(new Array(50).fill(3)))).toContain('degenerate');
    expect(refusal(() => stationarity([1, 2, NaN, 3, 4, 5]))).toContain('series[2] is NaN');
  });

  it('gives the words of its verdict', () => {
    const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 20, maxLength: 90 });
    fc.assert(
      fc.property(series, (x) => {
        try {
          const { verdict, words, trend, adf: root, kpss: level } = stationarity(x);
          expect(words.startsWith(`${verdict}: `)).toBe(true);
          expect(trend === 'linear').toBe(verdict === 'trend-stationary');
          expect(root.pValue < 0.05 && level.pValue >= 0.05).toBe(
            verdict === 'stationary' || verdict === 'trend-stationary',
          );
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });
});
