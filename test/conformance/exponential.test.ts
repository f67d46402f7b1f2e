import {
  type ExponentialMeanOptions,
  type ExponentialOptions,
  exponentialCorrelation,
  exponentialCovariance,
  exponentialMean,
  exponentialStandardDeviation,
  exponentialVariance,
  type Forgetting,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { type FlawedRecipe, flawed } from '../support/flaws.js';
import { recipe } from '../support/recipes.js';

interface Input extends FlawedRecipe {
  readonly of: 'mean' | 'variance' | 'standardDeviation' | 'covariance' | 'correlation';
  readonly options: { readonly forgetting: Forgetting; readonly adjust: boolean; readonly bias: boolean };
}

function readings(input: Input): Float64Array {
  const { forgetting, adjust, bias } = input.options;
  const plain: ExponentialMeanOptions = { ...forgetting, adjust };
  const options: ExponentialOptions = { ...plain, bias };
  const y = flawed(input);
  const pair = { y, x: recipe('walk', input.seed + 1000, input.length) };
  switch (input.of) {
    case 'mean':
      return exponentialMean(y, plain);
    case 'variance':
      return exponentialVariance(y, options);
    case 'standardDeviation':
      return exponentialStandardDeviation(y, options);
    case 'covariance':
      return exponentialCovariance(pair, options);
    case 'correlation':
      return exponentialCorrelation(pair, plain);
  }
}

describe('exponentially weighted statistics against their definition at 80 digits', () => {
  const { rows } = answers<Input, Record<string, Packed>>('exponential');

  it('has at least 25 rows', () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const column = readings(input);
    for (const [end, value] of Object.entries(expected)) {
      expectNear(column[Number(end)]!, value, tolerance, `exponential ${input.of} at ${end}`);
    }
  });
});
