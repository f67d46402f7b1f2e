import { type CriticalValues, type JohansenOptions, johansen } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';
import { type Mix, related } from '../support/related-series.js';

interface Expected {
  readonly eigenvalues: readonly number[];
  readonly traceStatistics: readonly number[];
  readonly maxEigenvalueStatistics: readonly number[];
  readonly traceCriticalValues: readonly CriticalValues[];
  readonly maxCriticalValues: readonly CriticalValues[];
  readonly vectors: readonly (readonly number[])[];
  readonly rank: number;
  readonly observations: number;
}

describe('johansen against exact arithmetic', () => {
  const { rows } = answers<Mix & JohansenOptions, Expected>('johansen');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });

  it.each(rows)('$name', ({ input, expected, tolerance, tolerances }) => {
    const { length, sources, mix, shift, ...options } = input;
    const actual = johansen(related({ length, sources, mix, shift }), options);
    expect(actual.rank).toBe(expected.rank);
    expect(actual.observations).toBe(expected.observations);
    expect(actual.traceCriticalValues).toEqual(expected.traceCriticalValues);
    expect(actual.maxCriticalValues).toEqual(expected.maxCriticalValues);
    const lists = ['eigenvalues', 'traceStatistics', 'maxEigenvalueStatistics'] as const;
    for (const list of lists) {
      expected[list].forEach((value, r) => {
        expectNear(actual[list][r]!, value, tolerance, `${list}[${r}]`);
      });
    }
    expected.vectors.forEach((vector, r) => {
      // A weight is known to a share of what its series brings into the combination.
      vector.forEach((weight, j) => {
        const largest = Math.max(...expected.vectors.map((other) => Math.abs(other[j]!)));
        const apart = (actual.vectors[r]![j]! - weight) / largest;
        expectNear(1 + apart, 1, tolerances!['vectors']!, `vectors[${r}]`);
      });
    });
  });
});
