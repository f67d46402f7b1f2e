import { checkChoice, checkFiniteSeries, checkInteger } from '../core/checks.js';
import { type Series, toFloat64 } from '../core/series.js';
import { quantileInPlace } from '../math/quantile.js';
import { Random } from '../math/random.js';
import { checkConfidence } from './confidence.js';
import { measureTail } from './measure-tail.js';
import { roomFor } from './room-for.js';
import { meanAndDeviation } from './sample-moments.js';
import { checkTail, type TailOptions } from './tail-options.js';

/** How sure a tail estimate is asked to be, and from how many samples. */
export type TailIntervalOptions = TailOptions & {
  /** What is estimated; `'value-at-risk'` unless said. */
  readonly measure?: 'value-at-risk' | 'expected-shortfall';
  /** How often the interval is to hold the true value, as 0.95. */
  readonly coverage: number;
  /** The seed of the samples. */
  readonly seed: number;
  /** Samples drawn; 1000 unless said. */
  readonly samples?: number;
  /** Successive returns that are drawn together, so that waves of volatility survive; 1 unless said. */
  readonly block?: number;
};

/** An estimate and how far it may be off. */
export interface TailInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** The standard deviation of the estimate over the samples. */
  readonly error: number;
}

/**
 * How far a value at risk or an expected shortfall may be off: percentiles of the same estimate over bootstrap samples, drawn
 * with replacement in blocks that wrap round the end. The same seed gives the same interval.
 *
 * Sources: Efron & Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13; Politis & Romano (1992) for the blocks.
 *
 * @param returns - per period, simple, in order of time; a gain is positive
 * @throws OptionError and DataError as {@link valueAtRisk} does
 * @example
 * ```ts
 * const random = new Random(5);
 * const returns = Array.from({ length: 500 }, () => 0.01 * random.normal());
 * const { lower, estimate, upper } = tailInterval(returns, { confidence: 0.95, coverage: 0.9, seed: 1 });
 * lower < estimate && estimate < upper; // → true
 * ```
 */
export function tailInterval(returns: Series, options: TailIntervalOptions): TailInterval {
  const who = 'tailInterval';
  const checked = checkTail(who, options, ['measure', 'coverage', 'seed', 'samples', 'block']);
  const measure = checkChoice(who, 'measure', options.measure ?? 'value-at-risk', [
    'value-at-risk',
    'expected-shortfall',
  ]);
  const coverage = checkConfidence(who, options.coverage, 'coverage');
  const samples = checkInteger(who, 'samples', options.samples ?? 1000, 2);
  const block = checkInteger(who, 'block', options.block ?? 1);
  const random = new Random(options.seed);
  const values = toFloat64(checkFiniteSeries(who, 'returns', returns, 2));
  const field = measure === 'value-at-risk' ? 'valueAtRisk' : 'expectedShortfall';

  const { length } = values;
  const drawn = new Float64Array(length);
  const estimates = roomFor(who, 'samples', samples);
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < length; ) {
      let from = random.integer(length);
      for (let k = 0; k < block && i < length; k++, i++) {
        drawn[i] = values[from]!;
        from = from + 1 === length ? 0 : from + 1;
      }
    }
    estimates[s] = measureTail(who, drawn, checked)[field];
  }
  const { deviation } = meanAndDeviation(estimates);
  return {
    estimate: measureTail(who, values, checked)[field],
    lower: quantileInPlace(estimates, (1 - coverage) / 2),
    upper: quantileInPlace(estimates, (1 + coverage) / 2),
    error: deviation,
  };
}
