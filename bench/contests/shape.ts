import { kurtosis, skewness } from 'hedgerow';
import { sampleKurtosis, sampleSkewness } from 'simple-statistics';
import { exactKurtosis, exactSkewness } from '../../test/support/exact.js';
import type { Contest } from '../contest.js';
import { type Legs, legs, legsWithABadTick } from '../tapes.js';

type Statistic = (x: number[]) => number;

const contest = (
  name: string,
  ours: Contest<Legs>['entrants'][0],
  theirs: Statistic,
  exact: Statistic,
): Contest<Legs> => ({
  name,
  unit: 'values',
  size: 1e5,
  input: legs,
  hostile: legsWithABadTick,
  entrants: [
    ours,
    {
      name: 'simple-statistics',
      prepare: ({ x }) => {
        const values = Array.from(x);
        return () => theirs(values);
      },
      read: (value: number) => [[value]],
    },
  ],
  check: ([answer], { x }) => Math.abs(answer![0]! / exact(Array.from(x)) - 1),
  tolerance: 1e-9,
});

export const shapes: readonly Contest<Legs>[] = [
  contest(
    'skewness',
    {
      name: 'hedgerow',
      prepare:
        ({ x }) =>
        () =>
          skewness(x),
      read: (value: number) => [[value]],
    },
    sampleSkewness,
    exactSkewness,
  ),
  contest(
    'kurtosis',
    {
      name: 'hedgerow',
      prepare:
        ({ x }) =>
        () =>
          kurtosis(x),
      read: (value: number) => [[value]],
    },
    sampleKurtosis,
    exactKurtosis,
  ),
];
