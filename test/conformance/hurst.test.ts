import { hurst, hurstRescaledRange } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
}
interface Expected {
  readonly exponent: number;
}

describe('hurst against exact arithmetic', () => {
  const { rows } = answers<Input & { readonly lags: readonly number[] }, Expected>('hurst');

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    expectNear(hurst(recipe(kind, seed, length), options), expected.exponent, tolerance, 'exponent');
  });
});

describe('hurstRescaledRange against exact arithmetic', () => {
  const { rows } = answers<Input & { readonly windows: readonly number[] }, Expected>('hurst-rescaled-range');

  it.each(rows)('$name', ({ input: { kind, seed, length, ...options }, expected, tolerance }) => {
    const actual = hurstRescaledRange(recipe(kind, seed, length), options);
    expectNear(actual, expected.exponent, tolerance, 'exponent of the rescaled range');
  });
});
