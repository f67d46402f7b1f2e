import * as hedgerow from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

interface Recipe {
  readonly series: string;
  readonly seed: number;
  readonly length: number;
  readonly scale: number;
  readonly shift: number;
  readonly waves?: boolean;
  /** Noise down to a whole number of so many parts of 1, so that values tie. */
  readonly grid?: number;
}

/** Noise as returns, or in the waves of a GARCH recursion: the same arithmetic as in the maker. */
function returnsOf({ series, seed, length, scale, shift, waves, grid }: Recipe): Float64Array {
  const whole = recipe(series, seed, length);
  const noise = grid ? whole.map((e) => Math.floor(e * grid) / grid) : whole;
  if (!waves) return noise.map((e) => e * scale + shift);
  let h = 1;
  return noise.map((e) => {
    const x = Math.sqrt(h) * e;
    h = 0.05 + 0.125 * x * x + 0.8125 * h;
    return 0.02 + x;
  });
}

/** Numbers under a name, at any depth. */
type Nested = Packed | readonly Nested[] | { readonly [name: string]: Nested };

function expectAll(actual: unknown, expected: Nested, tolerance: number, what: string): void {
  if (typeof expected !== 'object') {
    expectNear(actual as number, expected, tolerance, what);
    return;
  }
  for (const [name, wanted] of Object.entries(expected)) {
    const found = (actual as { readonly [name: string]: unknown })[name];
    expectAll(found, wanted as Nested, tolerance, Array.isArray(expected) ? what : `${what} ${name}`);
  }
}

interface AnyInput {
  readonly [name: string]: unknown;
}

const middleAndLast = (volatility: Float64Array): { last: number; middle: number } => ({
  last: volatility.at(-1)!,
  middle: volatility[199]!,
});

/** Bars from noise, as the maker has them. */
function barsOf(seed: number, count: number): Record<'open' | 'high' | 'low' | 'close', Float64Array> {
  const noise = recipe('white-noise', seed, 4 * count);
  const [open, high, low, close] = [0, 1, 2, 3].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += noise[4 * i]!;
    close[i] = 100 + sum;
    open[i] = (i === 0 ? 100 : close[i - 1]!) + noise[4 * i + 1]! / 4;
    high[i] = Math.max(open[i]!, close[i]!) + Math.abs(noise[4 * i + 2]!);
    low[i] = Math.min(open[i]!, close[i]!) - Math.abs(noise[4 * i + 3]!);
  }
  return { open, high, low, close };
}

/** What is asked of the library for each kind of row. */
const ask: Readonly<Record<string, (input: never) => unknown>> = {
  tail: ({ returns, options }: { returns: Recipe; options: hedgerow.TailOptions }) => {
    const series = returnsOf(returns);
    const valueAtRisk = hedgerow.valueAtRisk(series, options);
    const expectedShortfall = hedgerow.expectedShortfall(series, options);
    expect(hedgerow.tailRisk(series, options)).toEqual({ valueAtRisk, expectedShortfall });
    return { valueAtRisk, expectedShortfall };
  },
  df: ({ returns }: { returns: Recipe }) => ({
    degreesOfFreedom: hedgerow.fittedDegreesOfFreedom(returnsOf(returns)),
  }),
  ewma: ({ returns, ...options }: { returns: Recipe; decay: number; initialVariance: number }) =>
    middleAndLast(hedgerow.ewmaVolatility(returnsOf(returns), options)),
  garch: (input: { returns: Recipe; backcast: number; mean: 'constant' | 'zero' }) => {
    const fit = hedgerow.garch(returnsOf(input.returns), { mean: input.mean, backcast: input.backcast });
    expect(fit.converged).toBe(true);
    return { ...fit, next: fit.nextVolatility, robust: fit.robustErrors };
  },
  filter: ({ returns, ...options }: { returns: Recipe } & Required<hedgerow.GarchFilterOptions>) => {
    // arch speaks of the volatility of each return; the live form of the next one.
    const before = hedgerow.garchVolatility(returnsOf(returns), options);
    return { last: before.at(-2)!, middle: before[returns.length / 2 - 1]! };
  },
  range: ({ seed, bars, method }: { seed: number; bars: number; method: hedgerow.RangeMethod }) => {
    const volatility = hedgerow.rangeVolatility(barsOf(seed, bars), { method });
    const window = bars - Number(method === 'yang-zhang');
    const rolling = hedgerow.rollingRangeVolatility(barsOf(seed, bars), { method, window });
    expectNear(rolling.at(-1)!, volatility, 1e-11, 'rolling volatility');
    return { volatility };
  },
  'ledoit-wolf': ({ assets, days, seed }: { assets: number; days: number; seed: number }) => {
    const common = recipe('white-noise', seed - 1, days);
    const columns = Array.from({ length: assets }, (_, j) =>
      recipe('white-noise', seed + j, days).map((e, t) => e + 0.5 * common[t]!),
    );
    const { covariance, shrinkage } = hedgerow.ledoitWolf(columns);
    const { data } = covariance;
    return { shrinkage, first: data[0], second: data[1], last: data.at(-1) };
  },
  nearest: ({ matrix }: { matrix: number[][] }) => hedgerow.nearestCorrelation(matrix),
  component: ({ options, ...portfolio }: hedgerow.Portfolio & { options: hedgerow.ComponentOptions }) =>
    hedgerow.componentValueAtRisk(portfolio, options),
  kupiec: (count: hedgerow.ExceedanceCount) => hedgerow.kupiec(count),
  traffic: (count: hedgerow.ExceedanceCount) => ({
    cumulative: hedgerow.trafficLight(count).cumulativeProbability,
  }),
  christoffersen: ({ series, seed, level }: { series: string; seed: number; level: number }) => {
    const hits = Array.from(recipe(series, seed, 500), (e) => Number(e < -level));
    const { independence, coverage, ...rest } = hedgerow.christoffersen(hits, { confidence: 0.95 });
    return { ...rest, independence: independence.statistic, coverage: coverage.statistic };
  },
  'quantile-loss': (input: { returns: Recipe; forecasts: Recipe; confidence: number }) => {
    const columns = { returns: returnsOf(input.returns), valueAtRisk: returnsOf(input.forecasts) };
    return { loss: hedgerow.quantileLoss(columns, { confidence: input.confidence }) };
  },
  'acerbi-szekely': (input: { returns: Recipe; forecasts: Recipe; confidence: number }) => {
    const valueAtRisk = returnsOf(input.forecasts);
    const expectedShortfall = valueAtRisk.map((loss) => 1.25 * loss);
    const columns = { returns: returnsOf(input.returns), valueAtRisk, expectedShortfall };
    const test = hedgerow.acerbiSzekely(columns, { confidence: input.confidence, seed: 1, samples: 1 });
    return { z1: test.z1.statistic, z2: test.z2.statistic, exceedances: test.exceedances };
  },
};

describe('risk against numpy, scipy, arch and scikit-learn', () => {
  const { rows } = answers<AnyInput, Nested>('risk');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(120);
  });

  it.each(rows)('$name', ({ input, expected, tolerance, ...row }) => {
    const { kind } = row as unknown as { readonly kind: string };
    expectAll(ask[kind]!(input as never), expected, tolerance, kind);
  });
});
