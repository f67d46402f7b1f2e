import { type Huber, huber, KalmanHedge, kalmanHedge, type TheilSen, theilSen } from 'hedgerow';
import kalmanFilter from 'kalman-filter';
import { TheilSenRegression } from 'ml-regression-theil-sen';
import type { Answer, Contest } from '../contest.js';
import { type Legs, legs } from '../tapes.js';

/** Prices of two digits before the point, so that what is compared is filters and not the size of x. */
function smallLegs(length: number): Legs {
  const { y, x } = legs(length);
  return { y: y.map((price) => price / 1000), x: x.map((price) => price / 1000) };
}

const DRIFT = 1e-9;
const NOISE = 1e-4;
const PRIOR = 1e-2;
const options = { drift: DRIFT, noise: NOISE, initial: { ratio: 0, intercept: 0, covariance: PRIOR } };

/** Ratio and intercept by the textbook's matrices, in Joseph's form: Bucy & Joseph (1968). */
function textbook({ y, x }: Legs): [Float64Array, Float64Array] {
  const [ratios, intercepts] = [new Float64Array(x.length), new Float64Array(x.length)];
  let [ratio, intercept, a, b, c] = [0, 0, PRIOR, 0, PRIOR];
  for (let i = 0; i < x.length; i++) {
    if (i > 0) [a, c] = [a + DRIFT, c + DRIFT];
    const [h, k] = [a * x[i]! + b, b * x[i]! + c];
    const variance = h * x[i]! + k + NOISE;
    const [g, l] = [h / variance, k / variance];
    const innovation = y[i]! - ratio * x[i]! - intercept;
    ratio += g * innovation;
    intercept += l * innovation;
    const [p, q, r, s] = [1 - g * x[i]!, -g, -l * x[i]!, 1 - l];
    const [pa, pb, ra, rb] = [p * a + q * b, p * b + q * c, r * a + s * b, r * b + s * c];
    [a, b, c] = [
      pa * p + pb * q + g * g * NOISE,
      pa * r + pb * s + g * l * NOISE,
      ra * r + rb * s + l * l * NOISE,
    ];
    ratios[i] = ratio;
    intercepts[i] = intercept;
  }
  return [ratios, intercepts];
}

function farthest(answer: Answer, right: readonly Float64Array[]): number {
  let most = 0;
  right.forEach((column, c) => {
    column.forEach((value, i) => {
      const error = Math.abs(answer[c]![i]! - value) / Math.max(1, Math.abs(value));
      most = Math.max(most, Number.isNaN(error) ? Infinity : error);
    });
  });
  return most;
}

/** kalman-filter's steps: it drifts before the first observation too, so its prior is that much surer. */
function stepsOf({ y, x }: Legs): () => Answer {
  const filter = new kalmanFilter.KalmanFilter({
    observation: { dimension: 1, stateProjection: ({ index }) => [[x[index]!, 1]], covariance: [[NOISE]] },
    dynamic: {
      dimension: 2,
      transition: [
        [1, 0],
        [0, 1],
      ],
      covariance: [
        [DRIFT, 0],
        [0, DRIFT],
      ],
      init: {
        mean: [[0], [0]],
        covariance: [
          [PRIOR - DRIFT, 0],
          [0, PRIOR - DRIFT],
        ],
        index: -1,
      },
    },
  });
  return () => {
    const [ratios, intercepts] = [new Float64Array(x.length), new Float64Array(x.length)];
    let state: ReturnType<typeof filter.filter> | null = null;
    for (let i = 0; i < x.length; i++) {
      state = filter.filter({ previousCorrected: state, observation: [y[i]!] });
      ratios[i] = state.mean[0]![0];
      intercepts[i] = state.mean[1]![0];
    }
    return [ratios, intercepts];
  };
}

/** Huber's line by the textbook: weighted least squares about the means, again and again. */
function reweighted({ y, x }: Legs): [number, number] {
  const n = x.length;
  const weights = new Float64Array(n).fill(1);
  let [ratio, intercept] = [0, 0];
  for (let round = 0; round < 400; round++) {
    let [w, wx, wy] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      w += weights[i]!;
      wx += weights[i]! * x[i]!;
      wy += weights[i]! * y[i]!;
    }
    const [mx, my] = [wx / w, wy / w];
    let [xx, xy] = [0, 0];
    for (let i = 0; i < n; i++) {
      xx += weights[i]! * (x[i]! - mx) * (x[i]! - mx);
      xy += weights[i]! * (x[i]! - mx) * (y[i]! - my);
    }
    ratio = xy / xx;
    intercept = my - ratio * mx;
    const sizes = y.map((price, i) => Math.abs(price - my - ratio * (x[i]! - mx)));
    const sorted = sizes.slice().sort();
    const median = (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
    const limit = (1.345 * median) / 0.6744897501960817;
    for (let i = 0; i < n; i++) weights[i] = Math.min(1, limit / sizes[i]!);
  }
  return [ratio, intercept];
}

/** The median of the list of all slopes, and of what it leaves. */
function listed({ y, x }: Legs): [number, number] {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) if (x[i] !== x[j]) slopes[count++] = (y[i]! - y[j]!) / (x[i]! - x[j]!);
  }
  const ratio = median(slopes.subarray(0, count).sort());
  return [ratio, median(y.map((price, i) => price - ratio * x[i]!).sort())];
}

function median(sorted: Float64Array): number {
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

const lineError = ([ratio, intercept]: Answer, [slope, level]: readonly [number, number]): number =>
  Math.max(Math.abs(ratio![0]! / slope - 1), Math.abs(intercept![0]! - level) / Math.max(1, Math.abs(level)));

export const hedges: readonly Contest<Legs>[] = [
  {
    name: 'Kalman hedge',
    unit: 'observations',
    size: 1e6,
    input: smallLegs,
    entrants: [
      {
        name: 'hedgerow',
        prepare: (input) => () => kalmanHedge(input, options),
        read: ({ ratio, intercept }: { ratio: Float64Array; intercept: Float64Array }) => [ratio, intercept],
      },
      { name: 'kalman-filter', note: 'the line alone', prepare: stepsOf, read: (answer: Answer) => answer },
    ],
    check: (answer, input) => farthest(answer, textbook(input)),
    tolerance: 1e-9,
  },
  {
    name: 'live Kalman hedge',
    unit: 'observations',
    size: 1e6,
    input: smallLegs,
    entrants: [
      {
        name: 'hedgerow',
        prepare:
          ({ y, x }) =>
          () => {
            const hedge = new KalmanHedge(options);
            const [ratios, intercepts] = [new Float64Array(x.length), new Float64Array(x.length)];
            for (let i = 0; i < x.length; i++) {
              const { ratio, intercept } = hedge.push({ y: y[i]!, x: x[i]! });
              ratios[i] = ratio;
              intercepts[i] = intercept;
            }
            return [ratios, intercepts];
          },
        read: (answer: Answer) => answer,
      },
      { name: 'kalman-filter', note: 'the line alone', prepare: stepsOf, read: (answer: Answer) => answer },
    ],
    check: (answer, input) => farthest(answer, textbook(input)),
    tolerance: 1e-9,
  },
  {
    name: 'Huber',
    unit: 'observations',
    size: 1e5,
    input: legs,
    entrants: [
      {
        name: 'hedgerow',
        prepare: (input) => () => huber(input),
        read: ({ ratio, intercept }: Huber) => [[ratio], [intercept]],
      },
    ],
    check: (answer, input) => lineError(answer, reweighted(input)),
    tolerance: 1e-9,
    alone: 'no package on npm fits Huber’s line.',
  },
  {
    name: 'Theil–Sen',
    unit: 'observations',
    size: 2000,
    input: legs,
    entrants: [
      {
        name: 'hedgerow',
        note: 'with its interval',
        prepare: (input) => () => theilSen(input, { intercept: 'joint' }),
        read: ({ ratio, intercept }: TheilSen) => [[ratio], [intercept]],
      },
      {
        name: 'ml-regression-theil-sen',
        note: 'the line alone, of two middle slopes the lower',
        prepare:
          ({ y, x }) =>
          () =>
            new TheilSenRegression(x, y),
        read: ({ slope, intercept }: TheilSenRegression) => [[slope], [intercept]],
      },
    ],
    check: (answer, input) => lineError(answer, listed(input)),
    tolerance: 1e-9,
  },
];
