import { type Ols, ols, type Pair, type SeriesOf } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Input = SeriesOf<Pair> & { readonly lags: number; readonly intercept: boolean };
type Key = Exclude<keyof Ols, 'residuals' | 'ratioInterval' | 'interceptInterval'>;

const { rows } = answers<Input, Readonly<Partial<Record<Key, Packed>>>>('newey-west');

describe('ols with Newey-West errors against matrices of many digits', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const { y, x, lags, intercept } = row.input;
    const hedge = ols({ y, x }, { neweyWest: lags, intercept });
    for (const [key, wanted] of Object.entries(row.expected)) {
      expectNear(hedge[key as Key], wanted, row.tolerances?.[key] ?? row.tolerance, key);
    }
  });
});
