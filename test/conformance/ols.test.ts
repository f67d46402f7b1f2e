import { type Ols, ols, type Pair, type Series, type SeriesOf } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Input = SeriesOf<Pair> & { readonly intercept: boolean };
type Other = 'residuals' | 'ratioInterval' | 'interceptInterval';
type Expected = Readonly<Record<Exclude<keyof Ols, Other>, Packed>>;

const { rows } = answers<Input, Expected>('ols');

describe('ols against exact rational arithmetic', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const { y, x, intercept } = row.input;
    for (const column of [(values: Series) => Float64Array.from(values), (values: Series) => values]) {
      const hedge = ols({ y: column(y), x: column(x) }, { intercept });
      for (const key of Object.keys(row.expected) as (keyof Expected)[]) {
        expectNear(hedge[key], row.expected[key], row.tolerances?.[key] ?? row.tolerance, key);
      }
      const others: readonly Other[] = ['residuals', 'ratioInterval', 'interceptInterval'];
      expect(Object.keys(hedge).sort()).toEqual([...Object.keys(row.expected), ...others].sort());
    }
  });
});
