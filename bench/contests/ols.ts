import { ols } from 'hedgerow';
import { SimpleLinearRegression } from 'ml-regression-simple-linear';
import { linearRegression } from 'simple-statistics';
import type { Contest } from '../contest.js';
import { type Legs, legs } from '../tapes.js';

/** Doubles above 2⁻⁸ as whole numbers of 2⁻⁶⁰. */
const whole = (series: Float64Array): bigint[] => Array.from(series, (value) => BigInt(value * 2 ** 60));

const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

/** Ratio and intercept from exact sums. */
function exactLine({ y, x }: Legs): [ratio: number, intercept: number] {
  const n = BigInt(x.length);
  const [ys, xs] = [whole(y), whole(x)];
  const [sy, sx] = [total(ys), total(xs)];
  const xy = n * total(ys.map((value, i) => value * xs[i]!)) - sy * sx;
  const xx = n * total(xs.map((value) => value * value)) - sx * sx;
  const level = (sy * xx - xy * sx) / (n * xx);
  return [Number((xy << 80n) / xx) / 2 ** 80, Number(level) / 2 ** 60];
}

export const regressions: readonly Contest<Legs>[] = [
  {
    name: 'OLS',
    unit: 'observations',
    size: 1e6,
    input: legs,
    entrants: [
      {
        name: 'hedgerow',
        prepare: (input) => () => ols(input),
        read: ({ ratio, intercept }: { ratio: number; intercept: number }) => [[ratio], [intercept]],
      },
      {
        name: 'ml-regression-simple-linear',
        note: 'the line alone',
        prepare:
          ({ y, x }) =>
          () =>
            new SimpleLinearRegression(x, y),
        read: ({ slope, intercept }: SimpleLinearRegression) => [[slope], [intercept]],
      },
      {
        name: 'simple-statistics',
        note: 'the line alone',
        prepare: ({ y, x }) => {
          const points = Array.from(x, (value, i) => [value, y[i]!]);
          return () => linearRegression(points);
        },
        read: ({ m, b }: { m: number; b: number }) => [[m], [b]],
      },
    ],
    check: ([ratio, intercept], input) => {
      const [slope, level] = exactLine(input);
      return Math.max(Math.abs(ratio![0]! / slope - 1), Math.abs(intercept![0]! / level - 1));
    },
    tolerance: 1e-9,
  },
];
