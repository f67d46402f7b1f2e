import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type ColumnsOf, type Series, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpack, unpackPart } from '../core/snapshot.js';
import { kurtosis } from './kurtosis.js';
import { mean } from './mean.js';
import { quantiles } from './quantiles.js';
import { checkLive, checkRolling, type RollingOptions, shortened } from './rolling.js';
import { skewness } from './skewness.js';
import { SlidingMean } from './sliding-mean.js';
import { SlidingMoments } from './sliding-moments.js';
import { SlidingRanks } from './sliding-ranks.js';
import { SlidingShape } from './sliding-shape.js';
import { standardDeviation } from './standard-deviation.js';

/** What a series looks like, in ten numbers and a count of what is not there. */
export interface Description {
  /** Observations that are there. */
  readonly count: number;
  /** Those that are not: NaN and the infinities. */
  readonly missing: number;
  readonly mean: number;
  /** Divisor n − 1. */
  readonly standardDeviation: number;
  /** Adjusted Fisher–Pearson, G1. */
  readonly skewness: number;
  /** Excess, G2. */
  readonly kurtosis: number;
  readonly minimum: number;
  /** Quartiles are of Hyndman & Fan (1996), type 7. */
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly maximum: number;
}

/**
 * What a series looks like. Missing values are counted and described no further; what cannot be said is NaN.
 *
 * @example
 * ```ts
 * const { count, missing, mean, median, upperQuartile } = describe([4, 1, NaN, 3, 2]);
 * [count, missing, mean, median, upperQuartile]; // → [4, 1, 2.5, 2.5, 3.25]
 * ```
 */
export function describe(series: Series): Description {
  const all = toFloat64(checkSeries('describe', 'series', series));
  const known = all.filter(Number.isFinite);
  const [minimum, lowerQuartile, median, upperQuartile, maximum] = quantiles(known, [0, 0.25, 0.5, 0.75, 1]);
  return {
    count: known.length,
    missing: all.length - known.length,
    mean: mean(known),
    standardDeviation: standardDeviation(known),
    skewness: skewness(known),
    kurtosis: kurtosis(known),
    minimum: minimum!,
    lowerQuartile: lowerQuartile!,
    median: median!,
    upperQuartile: upperQuartile!,
    maximum: maximum!,
  };
}

/**
 * What the last `window` observations look like, live. Only `count` and `missing` are numbers until `minimum` observations
 * are there.
 *
 * @example
 * ```ts
 * const recent = new RollingDescribe({ window: 3 });
 * const [, , { mean, median, maximum }] = [1, 2, 6].map((x) => recent.push(x));
 * [mean, median, maximum]; // → [3, 2, 6]
 * ```
 */
export class RollingDescribe implements Estimator<number, Description> {
  value: Description;
  ready: boolean = false;
  private readonly options: Required<RollingOptions>;
  private readonly level: SlidingMean;
  private readonly moments: SlidingMoments;
  private readonly shape: SlidingShape;
  private readonly ranks: SlidingRanks;
  /** Observations so far, to `window` at most. */
  private seen = 0;

  /** @throws OptionError where the window or the minimum is not a positive integer */
  constructor(options: RollingOptions) {
    this.options = checkLive('RollingDescribe', options);
    this.level = new SlidingMean(this.options);
    this.moments = new SlidingMoments(this.options);
    this.shape = new SlidingShape(this.options);
    this.ranks = new SlidingRanks(this.options);
    this.value = this.read();
  }

  push(x: number): Description {
    this.level.push(x);
    this.moments.push(x);
    this.shape.push(x);
    this.ranks.push(x);
    if (this.seen < this.options.window) this.seen++;
    this.value = this.read();
    return this.value;
  }

  private read(): Description {
    const { level, moments, shape, ranks } = this;
    const { count } = ranks;
    this.ready ||= count >= ranks.minimum;
    return {
      count,
      missing: this.seen - count,
      mean: level.read(),
      standardDeviation: moments.read('deviation'),
      skewness: shape.read('skewness'),
      kurtosis: shape.read('kurtosis'),
      minimum: ranks.quantile(0),
      lowerQuartile: ranks.quantile(0.25),
      median: ranks.quantile(0.5),
      upperQuartile: ranks.quantile(0.75),
      maximum: ranks.quantile(1),
    };
  }

  snapshot(): Snapshot {
    const { options, ready, seen, level, moments, shape, ranks } = this;
    const parts = { level: level.save(), moments: moments.save(), shape: shape.save(), ranks: ranks.save() };
    return { kind: 'RollingDescribe', version: 1, state: { ...options, ready, seen, ...parts } };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingDescribe {
    const state = open(snapshot, 'RollingDescribe', 1);
    const revived = new RollingDescribe({
      window: unpack(state['window']),
      minimum: unpack(state['minimum']),
    });
    revived.level.load(unpackPart(state['level']));
    revived.moments.load(unpackPart(state['moments']));
    revived.shape.load(unpackPart(state['shape']));
    revived.ranks.load(unpackPart(state['ranks']));
    revived.seen = unpack(state['seen']);
    revived.value = revived.read();
    revived.ready = state['ready'] === true;
    return revived;
  }
}

/**
 * What each window looks like, as columns as long as the series.
 *
 * @throws OptionError where the window or the minimum is not a positive integer
 * @example
 * ```ts
 * const { mean, median, missing } = rollingDescribe([1, 2, 6, NaN], { window: 3, minimum: 2 });
 * mean; // → [NaN, 1.5, 3, 4]
 * median; // → [NaN, 1.5, 2, 4]
 * missing; // → [0, 0, 0, 1]
 * ```
 */
export function rollingDescribe(series: Series, options: RollingOptions): ColumnsOf<Description> {
  const checked = checkRolling('rollingDescribe', options);
  const values = toFloat64(checkSeries('rollingDescribe', 'series', series));
  const live = new RollingDescribe(shortened(checked, values.length));
  const column = (): Float64Array => new Float64Array(values.length);
  const columns = {
    count: column(),
    missing: column(),
    mean: column(),
    standardDeviation: column(),
    skewness: column(),
    kurtosis: column(),
    minimum: column(),
    lowerQuartile: column(),
    median: column(),
    upperQuartile: column(),
    maximum: column(),
  };
  const names = Object.keys(columns) as (keyof Description)[];
  for (let i = 0; i < values.length; i++) {
    const now = live.push(values[i]!);
    for (const name of names) columns[name][i] = now[name];
  }
  return columns;
}
