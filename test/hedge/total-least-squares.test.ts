import { ols, totalLeastSquares } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, thrown } from '../support/pairs.js';

const pair = { y: [3, 5, 6, 9, 9, 14], x: [1, 2, 3, 4, 5, 6] };
const inverse = 1 / ols({ y: pair.x, x: pair.y }).ratio;

describe('totalLeastSquares', () => {
  it('is the main axis of four points', () => {
    // By hand: Sxx = Syy, so the axis is the diagonal.
    const hedge = totalLeastSquares({ y: [1, 3, 2, 4], x: [1, 2, 3, 4] });
    expect(hedge).toEqual({ ratio: 1, intercept: 0, observations: 4 });
  });

  it('lies between the two least-squares lines', () => {
    const { ratio } = totalLeastSquares(pair);
    expect(ratio > ols(pair).ratio && ratio < inverse).toBe(true);
  });

  it('comes to least squares as the errors of one leg vanish', () => {
    expect(close(totalLeastSquares(pair, { errorRatio: 1e12 }).ratio, ols(pair).ratio, 1e-10)).toBe(true);
    expect(close(totalLeastSquares(pair, { errorRatio: 1e-12 }).ratio, inverse, 1e-10)).toBe(true);
  });

  it('keeps its digits at a great offset', () => {
    // Deviations in eighths are exact at 1e12, where the mean of 101 of them is not.
    const x = Array.from({ length: 101 }, (_, i) => ((i * 37) % 64) / 8);
    const y = x.map((value, i) => 2 * value + ((i * 29) % 16) / 8);
    const near = totalLeastSquares({ y, x });
    const far = totalLeastSquares({ y: y.map((v) => v + 1e12), x: x.map((v) => v + 1e12) });
    expect(close(far.ratio, near.ratio, 1e-14)).toBe(true);
    expect(close(far.intercept, 1e12 + near.intercept - near.ratio * 1e12, 1e-13)).toBe(true);
  });

  it('refuses a line that is upright, and points without a direction', () => {
    for (const legs of [
      { y: [1, 2, 3, 2], x: [5, 5.5, 5, 4.5] },
      { y: [0, 1, 0, -1], x: [1, 0, -1, 0] },
    ]) {
      expect(thrown(() => totalLeastSquares(legs))).toMatchObject({ reason: 'degenerate' });
    }
    const zero = thrown(() => totalLeastSquares({ y: [1, 2], x: [0, 0] }, { intercept: false }));
    expect(zero.message).toBe('totalLeastSquares: x must leave zero, received 0 throughout');
  });

  it('finds no slope in a y that never moves', () => {
    const still = totalLeastSquares({ y: [0.1, 0.1, 0.1], x: [1, 2, 3] });
    expect(still).toMatchObject({ ratio: 0, intercept: 0.1 });
  });
});
