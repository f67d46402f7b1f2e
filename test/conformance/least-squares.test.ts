import { type LeastSquares, leastSquares } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

interface Input {
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly intercept: boolean;
}
type Expected = Readonly<Record<keyof LeastSquares, Packed | readonly Packed[]>>;

const { rows } = answers<Input, Expected>('least-squares');

describe('leastSquares against exact rational arithmetic', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const { columns, y, intercept } = row.input;
    const fit = leastSquares(columns, y, { intercept });
    for (const key of Object.keys(row.expected) as (keyof LeastSquares)[]) {
      const expected = row.expected[key];
      const tolerance = row.tolerances?.[key] ?? row.tolerance;
      const received = fit[key];
      if (typeof received === 'number') expectNear(received, expected as Packed, tolerance, key);
      else {
        (expected as readonly Packed[]).forEach((value, i) => {
          expectNear(received[i]!, value, tolerance, `${key}[${i}]`);
        });
      }
    }
  });
});
