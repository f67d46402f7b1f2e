import {
  type KalmanOptions,
  kalmanFit,
  kalmanHedge,
  kalmanSmoother,
  type Pair,
  type SeriesOf,
} from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Legs = Readonly<Record<'y' | 'x', readonly Packed[]>>;
type Line = 'ratio' | 'intercept' | 'ratioError' | 'interceptError';
type Column = Line | 'innovation' | 'innovationDeviation';
type Columns<Name extends string> = Readonly<Record<Name, readonly Packed[]>>;
type Expected = Columns<Column> & { readonly logLikelihood: Packed; readonly smoothed: Columns<Line> };

const LINE: readonly Line[] = ['ratio', 'intercept', 'ratioError', 'interceptError'];
const { rows } = answers<Legs & { readonly options: KalmanOptions }, Expected>('kalman');

describe('kalmanHedge and kalmanSmoother against matrices of many digits', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    const pair = { y: input.y.map(Number), x: input.x.map(Number) };
    const filtered = kalmanHedge(pair, input.options);
    expected.innovation.forEach((wanted, i) => {
      // In units of their deviation: what is left of two prices has no digits of its own.
      const scale = Number(expected.innovationDeviation[i]);
      const actual = filtered.innovation[i]! / scale;
      expectNear(actual + 1, (Number(wanted) / scale + 1) as Packed, tolerance, `innovation at ${i}`);
    });
    for (const key of [...LINE, 'innovationDeviation'] as const) {
      expected[key].forEach((wanted, i) => {
        expectNear(filtered[key][i]!, wanted, tolerance, `${key} at ${i}`);
      });
    }
    expectNear(filtered.logLikelihood, expected.logLikelihood, tolerance, 'logLikelihood');
    const smoothed = kalmanSmoother(pair, input.options);
    for (const key of LINE) {
      expected.smoothed[key].forEach((wanted, i) => {
        expectNear(smoothed[key][i]!, wanted, tolerance, `smoothed ${key} at ${i}`);
      });
    }
  });
});

const fits = answers<SeriesOf<Pair>, Readonly<Record<'drift' | 'noise' | 'logLikelihood', Packed>>>(
  'kalman-fit',
);

describe('kalmanFit against a maximised likelihood', () => {
  it.each(fits.rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const fit = kalmanFit(row.input);
    for (const key of ['drift', 'noise', 'logLikelihood'] as const) {
      expectNear(fit[key], row.expected[key], row.tolerances?.[key] ?? row.tolerance, key);
    }
  });
});
