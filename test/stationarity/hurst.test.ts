import fc from 'fast-check';
import { DataError, hurst, hurstRescaledRange } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { refusal } from './refusal.js';

const lags = [1, 2, 4, 8, 16, 32];
const windows = [16, 32, 64, 128];

describe('hurst', () => {
  it('is the slope between two lags', () => {
    // Differences over 1: 1, 2, −1, 3; over 2: 3, 1, 2. Mean squares about the mean 2.1875 and 2/3.
    const exponent = Math.log(Math.sqrt(2 / 3 / 2.1875)) / Math.log(2);
    expectNear(hurst([0, 1, 3, 2, 5], { lags: [1, 2] }), exponent, 1e-13);
  });

  it('is near a half for a walk, near none for noise, more for a smooth series', () => {
    expect(hurst(recipe('walk', 5, 4000), { lags })).toBeCloseTo(0.5, 1);
    expect(hurst(recipe('white-noise', 5, 4000), { lags })).toBeCloseTo(0, 1);
    expect(hurst(recipe('smooth', 5, 4000), { lags: [1, 2, 4] })).toBeGreaterThan(0.7);
  });
});

describe('hurstRescaledRange', () => {
  it('is range over deviation, averaged over stretches', () => {
    // Changes 1, −1 | 2, 4: R 1, S 1; R 1, S 1. Over all four, less 1.5: −0.5, −3, −2.5, 0: R 3, S √13/2.
    const exponent = Math.log(3 / Math.sqrt(13 / 4)) / Math.log(2);
    expectNear(hurstRescaledRange([0, 1, 0, 2, 6], { windows: [2, 4] }), exponent, 1e-13);
  });

  it('is near a half for a walk, below for noise, above for a smooth series', () => {
    const of = (kind: string): number => hurstRescaledRange(recipe(kind, 6, 4000), { windows });
    expect(Math.abs(of('walk') - 0.55)).toBeLessThan(0.06);
    expect(of('white-noise')).toBeLessThan(0.25);
    expect(of('smooth')).toBeGreaterThan(0.65);
  });

  it('leaves out a halted stretch', () => {
    const halted = [0, 1, 0, 0, 0, 0, 0, 2, 6];
    const moving = hurstRescaledRange(halted, { windows: [2, 8] });
    expect(Number.isFinite(moving)).toBe(true);
  });
});

describe('hurst, either way, refuses', () => {
  it('what is too short, not finite, or moves in equal steps', () => {
    expect(refusal(() => hurst([1, 2, 4], { lags: [1, 2] }))).toBe(
      'too-short: hurst: needs at least 4 observations for a lag of 2, received 3',
    );
    expect(refusal(() => hurstRescaledRange([1, 2, 4], { windows: [2, 3] }))).toBe(
      'too-short: hurstRescaledRange: needs at least 4 observations for a window of 3, received 3',
    );
    expect(refusal(() => hurst([1, 2, NaN, 5], { lags: [1, 2] }))).toBe(
      'not-finite: hurst: series[2] is NaN',
    );
    const line = Array.from({ length: 40 }, (_, t) => 0.1 * t);
    expect(refusal(() => hurst(line, { lags: [1, 2] }))).toBe(
      'degenerate: hurst: differences must vary, received equal ones over 1 observations',
    );
    expect(refusal(() => hurstRescaledRange(line, { windows: [4, 8] }))).toBe(
      'degenerate: hurstRescaledRange: series must move unevenly within a window of 4',
    );
  });

  it('lists longer than the series, however long', () => {
    const lags = Array.from({ length: 200_000 }, (_, i) => i + 1);
    expect(() => hurst([1, 2, 4, 3], { lags })).toThrow('needs at least 200002 observations');
    expect(() => hurstRescaledRange([1, 2, 4, 3], { windows: lags.map((lag) => lag + 1) })).toThrow(
      'needs at least 200002 observations',
    );
  });

  it('lists that are missing, too short or not whole', () => {
    const of =
      (options: object): (() => unknown) =>
      () =>
        hurst([1, 2, 4, 3], options as { lags: number[] });
    expect(of({})).toThrow('hurst: lags must be an array of whole numbers');
    expect(of({ lags: [3] })).toThrow('hurst: lags must hold at least two different numbers, received 1');
    expect(of({ lags: [2, 2] })).toThrow('hurst: lags must hold at least two different numbers, received 1');
    expect(of({ lags: [1, 0] })).toThrow('hurst: lags[1] must be a positive integer, received 0');
    expect(of({ lag: [1, 2] })).toThrow('hurst: unknown option lag; did you mean lags?');
    expect(() => hurstRescaledRange([1, 2, 4], { windows: [1, 2] })).toThrow(
      'hurstRescaledRange: windows[0] must be an integer of at least 2, received 1',
    );
  });
});

describe('hurst, either way, always', () => {
  it('ignores scale, sign, level and drift', () => {
    const series = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 20, maxLength: 90 });
    fc.assert(
      fc.property(series, (x) => {
        const moved = x.map((v, t) => -8 * v + 1000 + 32 * t);
        try {
          expect(Math.abs(hurst(moved, { lags: [1, 3, 5] }) - hurst(x, { lags: [1, 3, 5] }))).toBeLessThan(
            1e-11,
          );
          const ranges = { windows: [4, 8, 16] };
          expect(Math.abs(hurstRescaledRange(moved, ranges) - hurstRescaledRange(x, ranges))).toBeLessThan(
            1e-10,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
    );
  });
});
