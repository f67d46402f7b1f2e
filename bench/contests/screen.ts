import { covariance, covarianceMatrix, engleGranger, type PairScreen, screenPairs } from 'hedgerow';
import { Matrix, covariance as matrixCovariance } from 'ml-matrix';
import type { Contest } from '../contest.js';

type Panel = Readonly<Record<string, Float64Array>>;

/** Prices that wander, in part together: Park & Miller (1988). */
function prices(count: number, rows: number): Panel {
  let state = 4;
  const uniform = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const market = Float64Array.from({ length: rows }, () => uniform() - 0.5);
  return Object.fromEntries(
    Array.from({ length: count }, (_, j) => {
      let price = 50 + j;
      const moves = market.map((move) => {
        price += move + uniform() - 0.5;
        return price;
      });
      return [`s${j}`, moves];
    }),
  );
}

/** How many series have about this many pairs. */
const seriesFor = (pairs: number): number => Math.max(2, Math.floor((1 + Math.sqrt(1 + 8 * pairs)) / 2));

/** The statistic of every pair, in the order of the panel. */
function statistics(panel: Panel): Float64Array {
  const series = Object.values(panel);
  const out: number[] = [];
  series.forEach((y, i) => {
    for (const x of series.slice(i + 1)) out.push(engleGranger({ y, x }, { lags: 1 }).statistic);
  });
  return Float64Array.from(out);
}

function inOrder({ names, pairs }: PairScreen): Float64Array {
  const at = new Map(names.map((name, i) => [name, i]));
  const ordered = [...pairs].sort((a, b) => at.get(a.y)! - at.get(b.y)! || at.get(a.x)! - at.get(b.x)!);
  return Float64Array.from(ordered, ({ statistic }) => statistic);
}

const relative = (received: number, expected: number): number => Math.abs(received / expected - 1);

export const screens: readonly Contest<Panel>[] = [
  {
    name: 'screen of 200 series, 250 rows: OLS, ADF(1), p-values, half-life, ranked',
    unit: 'pairs',
    size: 19_900,
    input: (size) => prices(seriesFor(size), 250),
    entrants: [
      {
        name: 'hedgerow',
        prepare: (panel) => () => screenPairs(panel),
        read: (screen: PairScreen) => [inOrder(screen)],
      },
      {
        name: 'hedgerow pair by pair',
        note: 'engleGranger in a loop',
        prepare: (panel) => () => statistics(panel),
      },
    ],
    check: ([answer], panel) => {
      const [y, x] = Object.values(panel).slice(-2) as [Float64Array, Float64Array];
      return relative(answer![answer!.length - 1]!, engleGranger({ y, x }, { lags: 1 }).statistic);
    },
    tolerance: 1e-9,
    alone: 'no package found on npm tests for cointegration.',
  },
];

export const covariances: readonly Contest<Panel>[] = [
  {
    name: 'covariance matrix of 500 series',
    unit: 'rows',
    size: 2500,
    input: (rows) => prices(500, rows),
    entrants: [
      {
        name: 'hedgerow',
        prepare: (panel) => () => covarianceMatrix(panel),
        read: ({ data }: { data: Float64Array }) => [data],
      },
      {
        name: 'ml-matrix',
        prepare: (panel) => {
          const matrix = new Matrix(Object.values(panel).map((series) => Array.from(series))).transpose();
          return () => matrixCovariance(matrix);
        },
        read: (matrix: Matrix) => [matrix.to1DArray()],
      },
    ],
    check: ([answer], panel) => {
      const [first, second] = Object.values(panel) as [Float64Array, Float64Array];
      return relative(answer![1]!, covariance({ y: first, x: second }));
    },
    tolerance: 1e-9,
  },
];
