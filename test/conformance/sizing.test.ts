import { type CovarianceMatrix, type KellyBet, kelly, minimumVariance, riskParity } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';

interface Input {
  readonly what: 'riskParity' | 'minimumVariance' | 'longOnly' | 'kelly' | 'bet' | 'asset';
  readonly covariance: CovarianceMatrix;
  readonly budgets?: readonly number[];
  readonly drifts: readonly number[];
  readonly riskFreeRate: number;
}

const sizes = ({ what, covariance, budgets, ...bet }: Input): ArrayLike<number> => {
  if (what === 'riskParity') return riskParity(covariance, budgets ? { budgets } : {});
  if (what === 'minimumVariance') return minimumVariance(covariance);
  if (what === 'longOnly') return minimumVariance(covariance, { longOnly: true });
  if (what === 'kelly') return kelly({ covariance, ...bet });
  return [kelly(bet as unknown as KellyBet)];
};

describe('sizes against mpmath and scipy', () => {
  const { rows } = answers<Input, readonly number[]>('sizing');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(45);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const actual = sizes(input);
    expect(actual.length).toBe(expected.length);
    expected.forEach((weight, i) => {
      expectNear(actual[i]!, weight, tolerance, `${input.what}[${i}]`);
    });
  });
});
