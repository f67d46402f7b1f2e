import { type Pair, type SeriesOf, siegel, theilSen } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Input = SeriesOf<Pair> & { readonly confidence: number };
type Key =
  | 'ratio'
  | 'intercept'
  | 'lower'
  | 'upper'
  | 'joint'
  | 'siegelRatio'
  | 'siegelIntercept'
  | 'siegelSeparate';

const { rows } = answers<Input, Readonly<Record<Key, Packed>>>('theil-sen');

describe('theilSen and siegel against the sorted list of all slopes', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    const { confidence, ...pair } = input;
    const separate = theilSen(pair, { confidence });
    for (const key of ['ratio', 'intercept', 'lower', 'upper'] as const) {
      expectNear(separate[key], expected[key], tolerance, key);
    }
    expectNear(theilSen(pair, { intercept: 'joint' }).intercept, expected.joint, tolerance, 'joint');
    const repeated = siegel(pair);
    expectNear(repeated.ratio, expected.siegelRatio, tolerance, 'siegelRatio');
    expectNear(repeated.intercept, expected.siegelIntercept, tolerance, 'siegelIntercept');
    const own = siegel(pair, { intercept: 'separate' });
    expectNear(own.intercept, expected.siegelSeparate, tolerance, 'siegelSeparate');
  });
});
