import { type HalfLifeOptions, halfLife } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Input {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
  readonly method: NonNullable<HalfLifeOptions['method']>;
}

describe('halfLife against exact arithmetic', () => {
  const { rows } = answers<Input, { readonly halfLife: Packed }>('half-life');

  it.each(rows)('$name', ({ input: { kind, seed, length, method }, expected, tolerance }) => {
    expectNear(halfLife(recipe(kind, seed, length), { method }), expected.halfLife, tolerance);
  });
});
