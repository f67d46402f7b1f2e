import {
  componentValueAtRisk,
  type MonteCarloTail,
  monteCarloValueAtRisk,
  type TailRisk,
  tailRisk,
} from 'hedgerow';
import { quantile } from 'simple-statistics';
import type { Contest } from '../contest.js';

const confidence = 0.99;

/** Returns with fat tails, seeded: a sum of uniform numbers, now and then ten times as large. */
function returns(length: number): Float64Array {
  let state = 7;
  const uniform = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Float64Array.from({ length }, () => {
    const r = 0.01 * (uniform() + uniform() + uniform() - 1.5);
    return uniform() < 0.02 ? 10 * r : r;
  });
}

/** The definition on the sorted series. */
function sortedTail(series: Float64Array): [loss: number, shortfall: number] {
  const sorted = series.slice().sort();
  const place = (sorted.length - 1) * 0.01;
  const below = Math.floor(place);
  const q = sorted[below]! + (place - below) * (sorted[below + 1]! - sorted[below]!);
  let sum = 0;
  let count = 0;
  for (; sorted[count]! <= q; count++) sum += sorted[count]!;
  return [-q, -sum / count];
}

const assets = 10;
const portfolio = {
  positions: Array.from({ length: assets }, (_, i) => 100 - 7 * i),
  covariance: Array.from({ length: assets }, (_, i) =>
    Array.from({ length: assets }, (_, j) => (i === j ? 1 + 0.1 * i : 0.3) / 1e4),
  ),
};

const tails: Contest<Float64Array> = {
  name: 'historical VaR and ES',
  unit: 'returns',
  size: 1e7,
  input: returns,
  entrants: [
    {
      name: 'hedgerow',
      prepare: (series) => () => tailRisk(series, { confidence }),
      read: ({ valueAtRisk, expectedShortfall }: TailRisk) => [[valueAtRisk], [expectedShortfall]],
    },
    {
      name: 'simple-statistics',
      note: 'the quantile alone, of another definition',
      prepare: (series) => {
        const values = Array.from(series);
        return () => quantile(values, 0.01);
      },
      read: (q: number) => [[-q]],
    },
  ],
  check: ([loss, shortfall], series) => {
    const [expectedLoss, expectedShortfall] = sortedTail(series);
    return Math.max(Math.abs(loss![0]! / expectedLoss - 1), Math.abs(shortfall![0]! / expectedShortfall - 1));
  },
  tolerance: 1e-11,
};

const paths: Contest<number> = {
  name: 'Monte Carlo VaR and ES of 10 assets',
  unit: 'paths',
  size: 1e6,
  input: (size) => size,
  entrants: [
    {
      name: 'hedgerow',
      prepare: (size) => () => monteCarloValueAtRisk(portfolio, { confidence, paths: size, seed: 1 }),
      read: ({ valueAtRisk }: MonteCarloTail) => [[valueAtRisk]],
    },
  ],
  check: ([drawn], size) => {
    const exact = componentValueAtRisk(portfolio, { confidence }).valueAtRisk;
    // In units of what chance allows so many paths: about 1.6 / √paths at 99 %.
    return (Math.abs(drawn![0]! / exact - 1) * Math.sqrt(size)) / 1.6;
  },
  tolerance: 4,
  alone: 'no package found on npm draws correlated paths; the error is in standard errors of the draw.',
};

export const tailRisks: readonly Contest<Float64Array>[] = [tails];

export const simulations: readonly Contest<number>[] = [paths];
