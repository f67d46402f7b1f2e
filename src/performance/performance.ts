import { checkFinite, checkFiniteSeries, checkOptions, checkPositive } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import type { Series } from '../core/series.js';
import { open, packDeep, type Snapshot, unpackDeep, unpackPart } from '../core/snapshot.js';
import { normalCdf } from '../math/normal.js';
import { quantileInPlace } from '../math/quantile.js';
import { sharpeVariance } from './sharpe-error.js';
import { SortedReturns } from './sorted-returns.js';
import { TrackRecord } from './track-record.js';

/** How returns are turned into figures per year. */
export interface PerformanceOptions {
  /** 252, 365, 525_600 …; there is no right default. */
  readonly periodsPerYear: number;
  /** Per year, decimal; riskFreeRate / periodsPerYear is taken off each return for Sharpe and Sortino. 0 unless said. */
  readonly riskFreeRate?: number;
  /** The return, per period, that divides Omega's gains from its losses; 0 unless said. */
  readonly threshold?: number;
}

/** How a sequence of returns did. Losses and drawdowns are positive; what cannot be told is NaN. */
export interface PerformanceReading {
  readonly observations: number;
  /** Growth of 1 over the whole time, less 1. */
  readonly totalReturn: number;
  /** Growth a year, compounded: (1 + totalReturn)^(periodsPerYear / n) − 1. */
  readonly cagr: number;
  /** Mean return a year, not compounded. */
  readonly meanReturn: number;
  /** Standard deviation (n − 1) a year. */
  readonly volatility: number;
  /** Mean excess return over its deviation (n − 1), times √periodsPerYear. */
  readonly sharpe: number;
  /** Standard error of `sharpe` (Mertens). */
  readonly sharpeError: number;
  /** How sure it is that the true Sharpe ratio is above 0. */
  readonly probabilisticSharpe: number;
  /** √(Σ min(excess, 0)² / n) a year: over all n. */
  readonly downsideDeviation: number;
  readonly sortino: number;
  /** `cagr` over `maxDrawdown`. */
  readonly calmar: number;
  /** What was earned above the threshold for each unit missed below it. */
  readonly omega: number;
  /** Deepest fall from a peak, as a share of it; the starting equity is a peak. */
  readonly maxDrawdown: number;
  /** Most periods below a peak. */
  readonly longestDrawdown: number;
  /** Root of the mean squared drawdown. */
  readonly ulcerIndex: number;
  /** |95 % quantile| over |5 % quantile|. */
  readonly tailRatio: number;
  /** Σ gains over Σ losses. */
  readonly profitFactor: number;
  /** Share of the periods that are above zero. */
  readonly winRate: number;
  /** Standardised moments, divisor n; the kurtosis of a normal is 3. */
  readonly skewness: number;
  readonly kurtosis: number;
  readonly best: number;
  readonly worst: number;
}

/** The checked options. */
export function checkPerformance(who: string, options: PerformanceOptions): Required<PerformanceOptions> {
  checkOptions(who, options, ['periodsPerYear', 'riskFreeRate', 'threshold']);
  return {
    periodsPerYear: checkPositive(who, 'periodsPerYear', options.periodsPerYear),
    riskFreeRate: checkFinite(who, 'riskFreeRate', options.riskFreeRate ?? 0),
    threshold: checkFinite(who, 'threshold', options.threshold ?? 0),
  };
}

/** A quotient that says nothing when there is nothing to divide by. */
const ratio = (a: number, b: number): number => (b > 0 ? a / b : NaN);

/** What a track record says. */
function readingOf(
  record: TrackRecord,
  sorted: Pick<SortedReturns, 'quantile'>,
  { periodsPerYear, riskFreeRate }: Required<PerformanceOptions>,
): PerformanceReading {
  const n = record.count;
  const year = Math.sqrt(periodsPerYear);
  const rate = riskFreeRate / periodsPerYear;
  const deviation = n > 1 ? Math.sqrt(record.second / (n - 1)) : NaN;
  const perPeriod = ratio(record.mean - rate, deviation);
  const spread = record.second / n;
  const skewness = ratio(record.third / n, spread * Math.sqrt(spread));
  const kurtosis = ratio(record.fourth / n, spread * spread);
  const error = Math.sqrt(sharpeVariance(perPeriod, n, skewness, kurtosis));
  const downside = Math.sqrt(record.downside / n);
  const cagr = Math.expm1((periodsPerYear / n) * Math.log1p(record.growth));
  return {
    observations: n,
    totalReturn: record.growth,
    cagr,
    meanReturn: record.mean * periodsPerYear,
    volatility: deviation * year,
    sharpe: perPeriod * year,
    sharpeError: error * year,
    probabilisticSharpe: error > 0 ? normalCdf(perPeriod / error) : NaN,
    downsideDeviation: downside * year,
    sortino: ratio((record.mean - rate) * year, downside),
    calmar: ratio(cagr, record.maxDrawdown),
    omega: ratio(record.above, record.below),
    maxDrawdown: record.maxDrawdown,
    longestDrawdown: record.longestDrawdown,
    ulcerIndex: Math.sqrt(record.ulcer / n),
    tailRatio: ratio(Math.abs(sorted.quantile(0.95)), Math.abs(sorted.quantile(0.05))),
    profitFactor: ratio(record.gains, record.pains),
    winRate: record.wins / n,
    skewness,
    kurtosis,
    best: record.best,
    worst: record.worst,
  };
}

const UNKNOWN: PerformanceReading = Object.freeze({
  ...(Object.fromEntries(
    Object.keys(
      readingOf(new TrackRecord(), new SortedReturns(), { periodsPerYear: 1, riskFreeRate: 0, threshold: 0 }),
    ).map((name) => [name, NaN]),
  ) as unknown as PerformanceReading),
  observations: 0,
});

/**
 * How the returns so far did, live. A return that is not finite is passed over; quantiles keep all returns in order, the rest
 * of the state is a few numbers. A push moves the returns above its own, so that it costs more the more there are: 0.4 s
 * for a first 100,000. Where many are at hand, `performance` takes them at once.
 *
 * @example
 * ```ts
 * const record = new Performance({ periodsPerYear: 252 });
 * record.push(0.02);
 * record.push(-0.01).maxDrawdown; // → 0.0100000000
 * record.value.totalReturn; // → 0.0098000000
 * ```
 */
export class Performance implements Estimator<number, PerformanceReading> {
  value: PerformanceReading = UNKNOWN;
  ready: boolean = false;
  private readonly options: Required<PerformanceOptions>;
  private readonly record: TrackRecord = new TrackRecord();
  private readonly sorted: SortedReturns = new SortedReturns();

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: PerformanceOptions) {
    this.options = checkPerformance('Performance', options);
  }

  push(r: number): PerformanceReading {
    if (!Number.isFinite(r)) return this.value;
    const { record, sorted, options } = this;
    record.add(r, options.riskFreeRate / options.periodsPerYear, options.threshold);
    sorted.add(r);
    this.ready = true;
    this.value = readingOf(record, sorted, options);
    return this.value;
  }

  snapshot(): Snapshot {
    const { options, record, sorted } = this;
    const state = { options: packDeep(options), record: record.save(), sorted: sorted.save() };
    return { kind: 'Performance', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): Performance {
    const { options, record, sorted } = open(snapshot, 'Performance', 1);
    const revived = new Performance(unpackDeep(unpackPart(options)) as PerformanceOptions);
    revived.record.load(unpackPart(record));
    revived.sorted.load(sorted);
    revived.ready = revived.record.count > 0;
    if (revived.ready) revived.value = readingOf(revived.record, revived.sorted, revived.options);
    return revived;
  }
}

/**
 * How a sequence of returns did: everything {@link Performance} reads after the last of them, bit for bit.
 *
 * Returns are simple and per period. Where equity has fallen to nothing it stays there; where a return below −1 lost more than
 * there was, what is owed is a total return below −1 and a drawdown above 1, and growth a year is NaN.
 *
 * Source: Sharpe (1994); Sortino & Price (1994); Young (1991); Keating & Shadwick (2002); Martin (1989); Mertens (2002).
 *
 * @throws OptionError where an option is unknown or out of range; DataError where there are no returns, or one is not finite
 * @example
 * ```ts
 * const { sharpe, maxDrawdown, cagr } = performance([0.01, -0.02, 0.015, 0.005], { periodsPerYear: 252 });
 * sharpe; // → 2.552889
 * maxDrawdown; // → 0.0200000000
 * cagr; // → 0.8336
 * ```
 */
export function performance(returns: Series, options: PerformanceOptions): PerformanceReading {
  return judged('performance', returns, options);
}

/** The reading of a whole series, asked for by somebody. */
export function judged(
  who: string,
  returns: Series,
  options: PerformanceOptions,
  least = 1,
): PerformanceReading {
  const checked = checkPerformance(who, options);
  const { periodsPerYear, riskFreeRate, threshold } = checked;
  checkFiniteSeries(who, 'returns', returns, least);
  const target = riskFreeRate / periodsPerYear;
  const record = new TrackRecord();
  for (let i = 0; i < returns.length; i++) record.add(returns[i]!, target, threshold);
  const values = Float64Array.from(returns);
  return readingOf(record, { quantile: (p) => quantileInPlace(values, p) }, checked);
}
