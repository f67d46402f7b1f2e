import {
  rollingCorrelation,
  rollingCovariance,
  rollingMean,
  rollingOls,
  rollingStandardDeviation,
  rollingVariance,
  zScore,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { type FlawedRecipe, flawed } from '../support/flaws.js';
import { recipe } from '../support/recipes.js';

interface Input extends FlawedRecipe {
  readonly of: string;
  readonly window: number;
  readonly minimum: number;
}

const ofOne = {
  mean: rollingMean,
  variance: rollingVariance,
  standardDeviation: rollingStandardDeviation,
  zScore,
};
const ofTwo = { covariance: rollingCovariance, correlation: rollingCorrelation };

/** The column a row asks for. */
function readings(input: Input): Float64Array {
  const { of, seed, length, window, minimum } = input;
  const y = flawed(input);
  if (of in ofOne) return ofOne[of as keyof typeof ofOne](y, { window, minimum });
  const pair = { y, x: recipe('walk', seed + 1000, length) };
  if (of in ofTwo) return ofTwo[of as keyof typeof ofTwo](pair, { window, minimum });
  return rollingOls(pair, { window, minimum })[of as 'ratio'];
}

describe('rolling statistics against exact fractions', () => {
  const { rows } = answers<Input, Record<string, Packed>>('rolling');

  it('has at least 100 rows', () => {
    expect(rows.length).toBeGreaterThanOrEqual(100);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const column = readings(input);
    for (const [end, value] of Object.entries(expected)) {
      expectNear(column[Number(end)]!, value, tolerance, `${input.of} at ${end}`);
    }
  });
});
