import fc from 'fast-check';
import { huber, ols } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, relatedLegs } from '../support/pairs.js';
import { plainHuber } from '../support/plain-huber.js';

/** Pseudo-random whole numbers, the same ones every time. */
function numbersFrom(seed: number): (least: number, most: number) => number {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

/** Four to nine prices on a grid, y about 1.2 x, as they come from an exchange. */
function fewPrices(next: (least: number, most: number) => number): { y: number[]; x: number[] } {
  const x = Array.from({ length: next(4, 9) }, () => next(9950, 10050) / 100);
  return { x, y: x.map((value) => Math.round(120 * value + next(-100, 100)) / 100) };
}

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

  it('is where plain weighted steps come to rest, among few prices on a grid', () => {
    const next = numbersFrom(1);
    for (let sample = 0; sample < 4000; sample++) {
      const pair = fewPrices(next);
      if (new Set(pair.x).size < 2) continue;
      const [found, plain] = [huber(pair), plainHuber(pair.y, pair.x)];
      if (!plain.rests) continue;
      expect(close(found.ratio, plain.ratio, 1e-9, 1), JSON.stringify(pair)).toBe(true);
      expect(close(found.scale, plain.scale, 1e-9, 1e-4), JSON.stringify(pair)).toBe(true);
    }
  });

  it('is where they come to rest with one price of any size up to 1e308', () => {
    const next = numbersFrom(2);
    let [rested, elsewhere] = [0, 0];
    for (let sample = 0; sample < 3000; sample++) {
      const pair = fewPrices(next);
      const wild = (next(0, 1) ? -1 : 1) * 10 ** (next(0, 3000) / 10);
      pair[sample % 2 ? 'x' : 'y'][next(0, pair.y.length - 1)] = wild;
      const [found, plain] = [huber(pair), plainHuber(pair.y, pair.x)];
      expect(found.converged, JSON.stringify(pair)).toBe(true);
      if (!plain.rests) continue;
      rested++;
      // Rounding leaves so much where the line goes through the wild price.
      const ratioSize = sample % 2 ? 1 / Math.abs(wild) : 0;
      const isThere = close(found.ratio, plain.ratio, 1e-7, ratioSize);
      elsewhere += Number(!(isThere && close(found.scale, plain.scale, 1e-7, 1e-5 * Math.abs(found.ratio))));
    }
    // There can be two places to rest, and a wild price makes their borders thin.
    expect(elsewhere).toBeLessThan(3);
    expect(rested).toBeGreaterThan(2900);
  });

  it('returns, whatever the size of one price', () => {
    const y = [101.69, 0, 101.66, 101.13, 100];
    const x = [100.04, 100.32, 100.72, 99.92, 99.87];
    for (const wild of [1e3, 1e6, 1e20, 1e50, 1e100, 1e160, 1e300, 1e308]) {
      const inY = huber({ y: y.map((value, i) => (i === 3 ? wild : value)), x });
      // Plain weighted steps at 1e3; the price has no more say at 1e308.
      expect(close(inY.ratio, -89.0903611970926, 1e-12)).toBe(true);
      expect(close(inY.ratioError, 159.8681555881666, 1e-12)).toBe(true);
      const inX = huber({ y, x: x.map((value, i) => (i === 3 ? wild : value)) });
      if (wild >= 1e50) expect(close(inX.intercept, 100.03956061845633, 1e-12)).toBe(true);
      expect(inX.converged).toBe(true);
    }
    expect(huber({ y: [1e308, -1e308, 1e308, 9e307], x: [1, 2, 3, 4] }).converged).toBe(true);
  });

  it('sees a deviation that shrinks slowly to nothing', () => {
    const pairs = [
      { y: [101, 101, 99, 100, 98, 99], x: [50, 50, 49, 50, 49, 49], line: [2, 1] },
      { y: [-4, -1, -2, -6, -1], x: [-2, 0, -1, -3, -1], line: [2, 0] },
      { y: [3, -6, -6, -7], x: [1, -3, -3, -3], line: [2.25, 0.75] },
      // Three points in one place: the others settle the slope.
      { y: [-6, 5, -6, -6, 2], x: [-3, 2, -3, -3, 1], line: [2.2, 0.6] },
    ];
    for (const { y, x, line } of pairs) {
      const hedge = huber({ y, x });
      expect(hedge).toMatchObject({ scale: 0, ratioError: 0, interceptError: 0, converged: true });
      expect(hedge.ratio).toBeCloseTo(line[0]!, 13);
      expect(hedge.intercept).toBeCloseTo(line[1]!, 13);
    }
  });

  it('is where plain weighted steps come to rest, also where that is a line through most points', () => {
    const next = numbersFrom(3);
    for (let sample = 0; sample < 3000; sample++) {
      const x = Array.from({ length: next(4, 9) }, () => next(-4, 4));
      const y = x.map((value) => 2 * value + next(0, 1) * next(-3, 3));
      if (new Set(x).size < 2) continue;
      const [found, plain] = [huber({ y, x }), plainHuber(y, x, 30_000)];
      expect(found.converged).toBe(true);
      // Where the deviation shrinks to nothing the plain steps stop a little early.
      const slack = plain.scale === 0 || !plain.rests ? 0.02 : 1e-9;
      expect(close(found.ratio, plain.ratio, slack, 1), JSON.stringify({ y, x })).toBe(true);
      expect(close(found.scale, plain.scale, slack, 0.05), JSON.stringify({ y, x })).toBe(true);
    }
  });

  it('returns a line among many prices, one of them wild', () => {
    const x = Float64Array.from({ length: 9000 }, (_, i) => 100 + Math.sin(i * 0.37));
    const y = x.map((value, i) => 1.3 * value + Math.sin(i * i));
    for (const wild of [1e20, 1e100, 1e160, -1e300]) {
      for (const at of [0, 17, 4501]) {
        const { ratio, converged } = huber({ y, x: x.map((value, i) => (i === at ? wild : value)) });
        expect(converged).toBe(true);
        expect(Math.abs(ratio)).toBeLessThan(1e-15);
      }
    }
  });
});
