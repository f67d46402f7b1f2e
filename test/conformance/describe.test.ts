import { type Description, describe as describeSeries } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { type FlawedRecipe, flawed } from '../support/flaws.js';

describe('what a series looks like, against exact fractions', () => {
  const { rows } = answers<FlawedRecipe, Record<keyof Description, Packed>>('describe');

  it.each(rows)('$name', ({ input, expected, tolerance, tolerances }) => {
    const described = describeSeries(flawed(input));
    expect(Object.keys(described)).toEqual(Object.keys(expected));
    for (const name of Object.keys(expected) as (keyof Description)[]) {
      const isShape = name === 'skewness' || name === 'kurtosis';
      const least = tolerances?.[name] ?? tolerance;
      expectNear(described[name], expected[name], least, `describe ${name}`, isShape ? 1 : 0);
    }
  });
});
