import { type Pair, type SeriesOf, totalLeastSquares } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Input = SeriesOf<Pair> & { readonly intercept: boolean; readonly errorRatio: number };

const { rows } = answers<Input, Readonly<Record<'ratio' | 'intercept', Packed>>>('total-least-squares');

describe('totalLeastSquares against its formula in many digits', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    const { y, x, ...options } = input;
    const hedge = totalLeastSquares({ y, x }, options);
    expectNear(hedge.ratio, expected.ratio, tolerance, 'ratio');
    expectNear(hedge.intercept, expected.intercept, tolerance, 'intercept');
  });
});
