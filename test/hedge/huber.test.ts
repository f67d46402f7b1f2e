import fc from 'fast-check';
import { huber, ols } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, relatedLegs } from '../support/pairs.js';

describe('huber', () => {
  it('is least squares where nothing is far out', () => {
    const pair = { y: [3, 5, 6, 9, 10, 13], x: [1, 2, 3, 4, 5, 6] };
    const [robust, plain] = [huber(pair, { tuning: 10 }), ols(pair)];
    expect(close(robust.ratio, plain.ratio, 1e-13)).toBe(true);
    expect(close(robust.ratioError, plain.ratioError, 1e-13)).toBe(true);
    expect(close(robust.interceptError, plain.interceptError, 1e-13)).toBe(true);
    expect([...robust.weights]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('is at rest: the residuals, cut off at the limit, balance', () => {
    let settled = 0;
    fc.assert(
      fc.property(relatedLegs(12, 200), fc.integer({ min: 1, max: 50_000 }), ({ y, x }, spike) => {
        const wild = y.map((value, i) => (i % 7 === 3 ? value + spike / 16 : value));
        const { ratio, intercept, scale, weights, residuals, converged } = huber({ y: wild, x });
        if (!converged || scale === 0) return;
        settled++;
        const middle = x.reduce((a, b) => a + b, 0) / x.length;
        let [sum, moment, size] = [0, 0, 0];
        for (let i = 0; i < x.length; i++) {
          expect(close(wild[i]! - ratio * x[i]! - intercept, residuals[i]!, 1e-9, 1e4)).toBe(true);
          expect(close(weights[i]!, Math.min(1, (1.345 * scale) / Math.abs(residuals[i]!)), 1e-9)).toBe(true);
          sum += weights[i]! * residuals[i]!;
          moment += weights[i]! * residuals[i]! * (x[i]! - middle);
          size = Math.max(size, Math.abs(x[i]! - middle));
        }
        const slack = 1e-9 * x.length * scale + 1e-9;
        expect(Math.abs(sum)).toBeLessThan(slack);
        expect(Math.abs(moment)).toBeLessThan(slack * size);
        const sizes = [...residuals].map(Math.abs).sort((a, b) => a - b);
        const half = sizes.length >> 1;
        const median = sizes.length % 2 ? sizes[half]! : (sizes[half - 1]! + sizes[half]!) / 2;
        expect(close(scale, median / 0.6744897501960817, 1e-9)).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(settled).toBeGreaterThan(150);
  });

  it('returns the line where most points lie on it, with nothing unsure', () => {
    const x = Array.from({ length: 40 }, (_, i) => i);
    const y = x.map((value) => (value % 5 === 0 ? 1000 + value * value : 3 * value + 0.5));
    const hedge = huber({ y, x });
    expect(close(hedge.ratio, 3, 1e-14)).toBe(true);
    expect(close(hedge.intercept, 0.5, 1e-12)).toBe(true);
    expect(hedge).toMatchObject({ scale: 0, ratioError: 0, interceptError: 0, converged: true });
    expect([...hedge.weights]).toEqual(x.map((value) => Number(value % 5 !== 0)));
  });

  it('bears a y that never moves and a tenth of it wild', () => {
    const x = Array.from({ length: 50 }, (_, i) => Math.sin(i));
    const hedge = huber({ y: x.map((_, i) => (i % 10 === 4 ? 60000 : 7.3)), x });
    expect(hedge.scale).toBe(0);
    expect(Math.abs(hedge.ratio)).toBeLessThan(1e-14);
    expect(hedge.intercept).toBeCloseTo(7.3, 13);
  });

  it('does not know how sure it is with two points', () => {
    const { ratioError, interceptError } = huber({ y: [1, 2], x: [1, 3] });
    expect([ratioError, interceptError]).toEqual([NaN, NaN]);
  });

  it('finds in a hundred thousand prices, typed or not, the ratio they were made with', () => {
    const x = Float64Array.from(
      { length: 100_001 },
      (_, i) => 100 + 5 * Math.sin(i * 0.37) + Math.sin(i * 13),
    );
    const y = x.map((value, i) => 1.3 * value + (i % 11 === 0 ? 40 : Math.sin(i * i)));
    const hedge = huber({ y, x });
    expect(hedge.converged).toBe(true);
    expect(hedge.ratio).toBeCloseTo(1.3, 2);
    expect(huber({ y: Array.from(y), x: Array.from(x) }).ratio).toBe(hedge.ratio);
    expect(huber({ y, x }, { intercept: false })).toMatchObject({ intercept: 0, interceptError: NaN });
  });

  it('rests among many prices whose bad ticks have a rhythm', () => {
    const x = Float64Array.from({ length: 20_000 }, (_, i) => 100 + 5 * Math.sin(i * 0.37));
    const y = x.map((value, i) => 1.3 * value + (i % 16 === 0 ? 40 : 0) + Math.sin(i * i));
    const { scale, weights, residuals, converged } = huber({ y, x });
    let [sum, moment] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      sum += weights[i]! * residuals[i]!;
      moment += weights[i]! * residuals[i]! * (x[i]! - 100);
    }
    expect(converged).toBe(true);
    expect(Math.abs(sum)).toBeLessThan(1e-8);
    expect(Math.abs(moment)).toBeLessThan(1e-8);
    const sizes = residuals.map(Math.abs).sort();
    expect(close(scale, (sizes[9999]! + sizes[10_000]!) / 2 / 0.6744897501960817, 1e-13)).toBe(true);
  });
});
