import { checkFiniteSeries, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { type Assets, type CovarianceMatrix, checkCovariance, cholesky, solve } from './covariance-matrix.js';

/** How the risk is to be shared. */
export interface RiskParityOptions {
  /** Share of the risk for each asset, above zero, in any unit; the same for all unless said. */
  readonly budgets?: Series;
}

const MOST_STEPS = 200;

/**
 * The weights, all above zero and together 1, of which each asset contributes the same risk: wᵢ (Σw)ᵢ equal for all, or
 * in proportion to `budgets`.
 *
 * Source: Spinu (2013), "An algorithm for computing risk parity weights": the minimum of ½ x'Cx − Σ b ln x by damped
 * Newton steps, on correlations.
 *
 * @throws OptionError where an option is unknown; DataError where the covariance is not symmetric and positive, or some
 * mix without shorts has no risk at all
 * @example
 * ```ts
 * riskParity([[0.04, 0], [0, 0.01]]); // → [0.333333333333333, 0.666666666666667]
 * ```
 */
export function riskParity(covariance: CovarianceMatrix, options: RiskParityOptions = {}): Float64Array {
  checkOptions('riskParity', options, ['budgets']);
  const assets = checkCovariance('riskParity', covariance);
  const { count, deviations, correlation } = assets;
  const budgets = checkBudgets(options.budgets, count);
  // A tiny ridge: what is singular may have an answer, what is negative has none.
  if (!cholesky(ridged(assets, 1e-10), count)) throw notPositive();

  let x = Float64Array.from(budgets, (budget) => Math.sqrt(budget / averageOf(correlation)));
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const gradient = new Float64Array(count);
    const hessian = correlation.slice();
    for (let i = 0; i < count; i++) {
      let product = 0;
      for (let j = 0; j < count; j++) product += correlation[i * count + j]! * x[j]!;
      gradient[i] = product - budgets[i]! / x[i]!;
      hessian[i * count + i]! += budgets[i]! / (x[i]! * x[i]!);
    }
    const lower = cholesky(hessian, count);
    if (!lower) throw notPositive();
    const step = solve(lower, gradient);
    const reach = step.reduce((most, d, i) => Math.max(most, Math.abs(d / x[i]!)), 0);
    const damping = reach < 0.3 ? 1 : 1 / (1 + reach);
    x = x.map((value, i) => value - damping * step[i]!);
    if (reach < 1e-15 || (steps > 20 && reach < 1e-13)) break;
    if (steps === MOST_STEPS - 1 || !x.every((value) => value > 0 && value < 1e100)) throw notPositive();
  }
  return shares(x.map((value, i) => value / deviations[i]!));
}

/** Weights in proportion, together 1. */
export function shares(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function ridged({ count, correlation }: Assets, ridge: number): Float64Array {
  const out = correlation.slice();
  for (let i = 0; i < count; i++) out[i * count + i]! += ridge;
  return out;
}

/** The mean correlation, kept away from zero: only a place to start. */
function averageOf(correlation: Float64Array): number {
  const total = correlation.reduce((sum, entry) => sum + entry, 0);
  return Math.max(total / Math.sqrt(correlation.length), 0.01);
}

function checkBudgets(budgets: Series | undefined, count: number): Float64Array {
  if (budgets === undefined) return new Float64Array(count).fill(1 / count);
  const checked = checkFiniteSeries('riskParity', 'budgets', budgets);
  if (checked.length !== count) {
    throw new DataError(
      'uneven',
      `riskParity: needs a budget an asset, received ${checked.length} for ${count}`,
    );
  }
  const bad = Array.from(checked).findIndex((budget) => !(budget > 0));
  if (bad >= 0) {
    throw new DataError(
      'degenerate',
      `riskParity: budgets must be above zero, budgets[${bad}] is ${checked[bad]}`,
    );
  }
  return shares(Float64Array.from(checked));
}

function notPositive(): DataError {
  return new DataError(
    'degenerate',
    'riskParity: covariance must be positive: some mix of the assets has no variance, or a negative one',
  );
}

/**
 * Weights in inverse proportion to volatility, together 1: risk parity for somebody who does not believe correlations.
 *
 * @throws DataError where the covariance is not symmetric, or a variance not above zero
 * @example
 * ```ts
 * inverseVolatility([[0.04, 0.01], [0.01, 0.01]]); // → [0.333333333333333, 0.666666666666667]
 * ```
 */
export function inverseVolatility(covariance: CovarianceMatrix): Float64Array {
  const { deviations } = checkCovariance('inverseVolatility', covariance);
  return shares(deviations.map((deviation) => 1 / deviation));
}
