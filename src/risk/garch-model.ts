import { checkFinite, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';

/** A GARCH(1,1): r = mean + e, and the variance of the next e is omega + alpha e² + beta variance. Per period. */
export interface GarchParameters {
  /** The expected return. */
  readonly mean: number;
  /** What variance is made of when nothing happens; above 0. */
  readonly omega: number;
  /** How much of the last squared surprise goes into the next variance; not negative. */
  readonly alpha: number;
  /** How much of the last variance does; not negative, and alpha + beta is below 1. */
  readonly beta: number;
}

/** What a live GARCH runs on. */
export interface GarchFilterOptions extends GarchParameters {
  /** The variance before the first return; omega / (1 − alpha − beta), the long-run variance, unless said. */
  readonly initialVariance?: number;
}

/** The checked parameters, with the variance to start from. */
export function checkGarch(who: string, options: GarchFilterOptions): Required<GarchFilterOptions> {
  checkOptions(who, options, ['mean', 'omega', 'alpha', 'beta', 'initialVariance']);
  const mean = checkFinite(who, 'mean', options.mean);
  const omega = checkFinite(who, 'omega', options.omega);
  const alpha = checkFinite(who, 'alpha', options.alpha);
  const beta = checkFinite(who, 'beta', options.beta);
  if (!(omega > 0)) throw new OptionError(`${who}: omega must be a positive number, received ${omega}`);
  if (alpha < 0 || beta < 0 || alpha + beta >= 1) {
    throw new OptionError(
      `${who}: alpha and beta must not be negative and must sum to below 1, received ${alpha} and ${beta}`,
    );
  }
  const longRun = omega / (1 - alpha - beta);
  const initialVariance = checkFinite(who, 'initialVariance', options.initialVariance ?? longRun);
  if (!(initialVariance > 0)) {
    throw new OptionError(`${who}: initialVariance must be a positive number, received ${initialVariance}`);
  }
  return { mean, omega, alpha, beta, initialVariance };
}

/** The variance of the next return; a return that is missing, or too large to square, is taken as expected. */
export function garchStep(
  variance: number,
  r: number,
  { mean, omega, alpha, beta }: GarchParameters,
): number {
  const e = r - mean;
  const square = e * e;
  return omega + alpha * (square - square === 0 ? square : variance) + beta * variance;
}
