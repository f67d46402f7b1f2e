import { checkOptions } from '../core/checks.js';
import type { Series } from '../core/series.js';
import { judged, type PerformanceOptions } from './performance.js';

/** How often, and against which rate. */
export type RatioOptions = Pick<PerformanceOptions, 'periodsPerYear' | 'riskFreeRate'>;

/**
 * Mean excess return over its standard deviation (n − 1), times √periodsPerYear. NaN where returns do not vary.
 *
 * Source: Sharpe (1994), "The Sharpe ratio".
 *
 * @throws OptionError where an option is unknown or out of range; DataError below two returns, or where one is not finite
 * @example
 * ```ts
 * sharpe([0.01, -0.02, 0.015, 0.005], { periodsPerYear: 252 }); // → 2.552889
 * ```
 */
export function sharpe(returns: Series, options: RatioOptions): number {
  checkOptions('sharpe', options, ['periodsPerYear', 'riskFreeRate']);
  return judged('sharpe', returns, options, 2).sharpe;
}

/**
 * Mean excess return over its downside deviation √(Σ min(excess, 0)² / n), times √periodsPerYear. NaN where nothing
 * falls short.
 *
 * Source: Sortino & Price (1994), "Performance measurement in a downside risk framework".
 *
 * @throws OptionError where an option is unknown or out of range; DataError without returns, or where one is not finite
 * @example
 * ```ts
 * sortino([0.01, -0.02, 0.015, 0.005], { periodsPerYear: 252 }); // → 3.968627
 * ```
 */
export function sortino(returns: Series, options: RatioOptions): number {
  checkOptions('sortino', options, ['periodsPerYear', 'riskFreeRate']);
  return judged('sortino', returns, options).sortino;
}

/**
 * Growth a year over the deepest drawdown. NaN where equity never fell.
 *
 * Source: Young (1991), "Calmar ratio: a smoother tool".
 *
 * @throws OptionError where an option is unknown or out of range; DataError without returns, or where one is not finite
 * @example
 * ```ts
 * calmar([0.1, -0.2, 0.3], { periodsPerYear: 3 }); // → 0.72000000
 * ```
 */
export function calmar(returns: Series, options: Pick<PerformanceOptions, 'periodsPerYear'>): number {
  checkOptions('calmar', options, ['periodsPerYear']);
  return judged('calmar', returns, options).calmar;
}

/** Where Omega divides. */
export interface OmegaOptions {
  /** A return per period; 0 unless said. */
  readonly threshold?: number;
}

/**
 * What was earned above a threshold for each unit missed below it: Σ max(r − θ, 0) / Σ max(θ − r, 0). NaN where nothing
 * was missed.
 *
 * Source: Keating & Shadwick (2002), "A universal performance measure".
 *
 * @throws OptionError where an option is unknown or out of range; DataError without returns, or where one is not finite
 * @example
 * ```ts
 * omega([0.01, -0.02, 0.015, 0.005]); // → 1.50000000
 * ```
 */
export function omega(returns: Series, options: OmegaOptions = {}): number {
  checkOptions('omega', options, ['threshold']);
  return judged('omega', returns, { ...options, periodsPerYear: 1 }).omega;
}
