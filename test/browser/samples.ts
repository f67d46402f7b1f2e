import {
  adf,
  analyzePair,
  leastSquares,
  normalCdf,
  normalQuantile,
  ols,
  rollingCorrelation,
  rollingMean,
  rollingOls,
  rollingStandardDeviation,
  tickBars,
  zScore,
} from 'hedgerow';

/** Whole numbers of a linear congruential generator, walked into two legs: the same doubles in every engine. */
function legs(length: number): { y: Float64Array; x: Float64Array } {
  const y = new Float64Array(length);
  const x = new Float64Array(length);
  let state = 12345;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  for (let i = 0; i < length; i++) {
    x[i] = (i > 0 ? x[i - 1]! : 100) + next();
    y[i] = 2 * x[i]! + 5 + next();
  }
  return { y, x };
}

/** One computation whose numbers are compared between engines. */
export interface Sample {
  readonly name: string;
  /** Whether exp, log or the like take part: these may differ in the last bits from one engine to another. */
  readonly transcendental: boolean;
  readonly numbers: readonly string[];
}

/** Numbers as text that keeps every bit, NaN and -0 too. */
const exact = (numbers: ArrayLike<number>): string[] =>
  Array.from(numbers, (x) => (Object.is(x, -0) ? '-0' : String(x)));

export function samples(): Sample[] {
  const pair = legs(2000);
  const { y, x } = pair;
  const window = 60;
  const grid = Array.from({ length: 161 }, (_, i) => (i - 80) / 10);
  const trades = { time: Float64Array.from(y, (_, i) => i), price: y, quantity: x };
  const arithmetic: Record<string, ArrayLike<number>> = {
    rollingMean: rollingMean(y, { window }),
    rollingStandardDeviation: rollingStandardDeviation(y, { window }),
    rollingCorrelation: rollingCorrelation(pair, { window }),
    zScore: zScore(y, { window }),
    rollingOls: rollingOls(pair, { window }).ratio,
    ols: [ols(pair).ratio, ols(pair).intercept, ols(pair).ratioError],
    leastSquares: leastSquares([x], y).coefficients,
    tickBars: tickBars(trades, { size: 25 }).vwap,
    position: analyzePair(pair, { method: 'ols', window, enter: 2, exit: 0.5 }).position,
  };
  const transcendental: Record<string, ArrayLike<number>> = {
    adf: [adf(x, { lags: 'aic' }).statistic, adf(x, { lags: 'aic' }).pValue],
    normalCdf: grid.map(normalCdf),
    normalQuantile: grid.map((z) => normalQuantile(0.5 + z / 17)),
  };
  return [
    ...Object.entries(arithmetic).map(([name, numbers]) => ({
      name,
      transcendental: false,
      numbers: exact(numbers),
    })),
    ...Object.entries(transcendental).map(([name, numbers]) => ({
      name,
      transcendental: true,
      numbers: exact(numbers),
    })),
  ];
}
