import { type Adf, adf } from 'hedgerow';
import { recipe } from '../../test/support/recipes.js';
import type { Contest } from '../contest.js';

/** What adfuller of statsmodels 0.15.0 says of these series: statistic, p-value, lags. */
const published: Readonly<Record<number, readonly [number, number, number]>> = {
  500: [-3.10185089739586, 0.026416516668864447, 2],
  5000: [-6.012343350199542, 1.5626410505790652e-7, 0],
  50000: [-18.648150034458734, 2.0516935609451283e-30, 0],
};

export const adfTests: readonly Contest<Float64Array>[] = Object.entries(published).map(([n, expected]) => ({
  name: `ADF with AIC, n = ${n}`,
  unit: 'tests',
  size: 1,
  input: () => recipe('near-unit-root', 7, Number(n)),
  entrants: [
    {
      name: 'hedgerow',
      prepare: (series) => () => adf(series),
      read: ({ statistic, pValue, lags }: Adf) => [[statistic, pValue, lags]],
    },
  ],
  check: ([answer]) =>
    Math.max(...expected.map((x, i) => Math.abs(answer![i]! - x) / Math.max(Math.abs(x), 1e-300))),
  tolerance: 1e-9,
  alone:
    'no package found on npm runs the test with a choice of lags; bench/reference measures it against statsmodels.',
}));
