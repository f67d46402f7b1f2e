import { type Huber, huber, type Pair, type Series, type SeriesOf } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Input = SeriesOf<Pair> & { readonly tuning: number; readonly intercept: boolean };
type Key = 'ratio' | 'intercept' | 'ratioError' | 'interceptError' | 'scale';

const { rows } = answers<Input, Readonly<Record<Key, Packed>>>('huber');

describe('huber against the fixed point of its iteration', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    const { y, x, tuning, intercept } = input;
    for (const column of [(values: Series) => Float64Array.from(values), (values: Series) => values]) {
      const hedge: Huber = huber({ y: column(y), x: column(x) }, { tuning, intercept });
      for (const key of Object.keys(expected) as Key[]) expectNear(hedge[key], expected[key], tolerance, key);
      expect(hedge.converged).toBe(true);
    }
  });
});
