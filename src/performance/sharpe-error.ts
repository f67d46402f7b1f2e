import { checkFinite, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { normalCdf } from '../math/normal.js';
import { normalQuantile } from '../math/normal-quantile.js';

/** What a Sharpe ratio was measured on; the ratio is per period, not per year. */
export interface SharpeEvidence {
  readonly sharpe: number;
  readonly observations: number;
  /** Third standardised moment, divisor n; 0 (default) of a normal distribution. */
  readonly skewness?: number;
  /** Fourth standardised moment, divisor n, not the excess; 3 (default) of a normal distribution. */
  readonly kurtosis?: number;
}

const NAMES = ['sharpe', 'observations', 'skewness', 'kurtosis'] as const;

/** Its square; negative moments impossible for any sample are NaN. */
export function sharpeVariance(
  sharpe: number,
  observations: number,
  skewness: number,
  kurtosis: number,
): number {
  return (1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe) / (observations - 1);
}

function checkEvidence(who: string, evidence: SharpeEvidence): Required<SharpeEvidence> {
  return {
    sharpe: checkFinite(who, 'sharpe', evidence.sharpe),
    observations: checkInteger(who, 'observations', evidence.observations, 2),
    skewness: checkFinite(who, 'skewness', evidence.skewness ?? 0),
    kurtosis: checkFinite(who, 'kurtosis', evidence.kurtosis ?? 3),
  };
}

/**
 * How far a measured Sharpe ratio may be off: √((1 − γ₃ SR + (γ₄ − 1)/4 SR²) / (n − 1)), per period.
 *
 * Source: Mertens (2002), for returns that need not be normal; with the moments of a normal it is Lo's (2002) √((1 + SR²/2) / n),
 * but for the divisor, which is that of Bailey & López de Prado (2012).
 *
 * @throws OptionError where an option is out of range
 * @example
 * ```ts
 * sharpeStandardError({ sharpe: 0.1, observations: 252 }); // → 0.06327704
 * ```
 */
export function sharpeStandardError(evidence: SharpeEvidence): number {
  checkOptions('sharpeStandardError', evidence, NAMES);
  const { sharpe, observations, skewness, kurtosis } = checkEvidence('sharpeStandardError', evidence);
  return Math.sqrt(sharpeVariance(sharpe, observations, skewness, kurtosis));
}

/** The evidence, and the ratio it is held against. */
export interface ProbabilisticSharpeOptions extends SharpeEvidence {
  /** The Sharpe ratio to beat, per period; 0 unless said. */
  readonly threshold?: number;
}

/**
 * How sure it is that the true Sharpe ratio is above a threshold, given how few, skewed and fat-tailed the returns were.
 *
 * Source: Bailey & López de Prado (2012), "The Sharpe ratio efficient frontier", eq. 11.
 *
 * @throws OptionError where an option is out of range
 * @example
 * ```ts
 * // Bailey & López de Prado (2014), the example of section "A numerical example".
 * probabilisticSharpe({ sharpe: 2.5 / Math.sqrt(250), observations: 1250, skewness: -3, kurtosis: 10, threshold: 0.1132 }); // → 0.9003
 * ```
 */
export function probabilisticSharpe(options: ProbabilisticSharpeOptions): number {
  checkOptions('probabilisticSharpe', options, [...NAMES, 'threshold']);
  const { sharpe, observations, skewness, kurtosis } = checkEvidence('probabilisticSharpe', options);
  const threshold = checkFinite('probabilisticSharpe', 'threshold', options.threshold ?? 0);
  return normalCdf(
    (sharpe - threshold) / Math.sqrt(sharpeVariance(sharpe, observations, skewness, kurtosis)),
  );
}

/** How hard somebody looked. */
export interface SharpeTrials {
  /** Independent strategies tried. */
  readonly trials: number;
  /** Variance of their Sharpe ratios, per period. */
  readonly variance: number;
}

const EULER = 0.5772156649015329;

/**
 * The Sharpe ratio, per period, that the best of so many worthless strategies is expected to show.
 *
 * Source: Bailey & López de Prado (2014), "The deflated Sharpe ratio", eq. 1.
 *
 * @throws OptionError where `trials` is not a positive integer, or the variance not above zero
 * @example
 * ```ts
 * expectedMaximumSharpe({ trials: 100, variance: 0.5 / 250 }); // → 0.1132
 * ```
 */
export function expectedMaximumSharpe(options: SharpeTrials): number {
  checkOptions('expectedMaximumSharpe', options, ['trials', 'variance']);
  const trials = checkInteger('expectedMaximumSharpe', 'trials', options.trials);
  const variance = checkPositive('expectedMaximumSharpe', 'variance', options.variance);
  if (trials === 1) return 0;
  // In the lower tail, where a probability near 1 would be rounded.
  const first = -normalQuantile(1 / trials);
  const second = -normalQuantile(Math.exp(-1) / trials);
  return Math.sqrt(variance) * ((1 - EULER) * first + EULER * second);
}

/** The evidence, and how hard somebody looked for it. */
export interface DeflatedSharpeOptions extends SharpeEvidence, SharpeTrials {}

/**
 * How sure it is that a strategy picked as the best of many is worth anything: `probabilisticSharpe` against the ratio
 * that luck alone would have shown.
 *
 * Source: Bailey & López de Prado (2014), "The deflated Sharpe ratio", eq. 2.
 *
 * @throws OptionError where an option is out of range
 * @example
 * ```ts
 * const found = { sharpe: 2.5 / Math.sqrt(250), observations: 1250, skewness: -3, kurtosis: 10 };
 * deflatedSharpe({ ...found, trials: 100, variance: 0.5 / 250 }); // → 0.9004
 * ```
 */
export function deflatedSharpe(options: DeflatedSharpeOptions): number {
  checkOptions('deflatedSharpe', options, [...NAMES, 'trials', 'variance']);
  const { trials, variance, ...evidence } = options;
  checkInteger('deflatedSharpe', 'trials', trials);
  checkPositive('deflatedSharpe', 'variance', variance);
  checkEvidence('deflatedSharpe', evidence);
  return probabilisticSharpe({ ...evidence, threshold: expectedMaximumSharpe({ trials, variance }) });
}
