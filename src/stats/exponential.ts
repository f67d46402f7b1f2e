import { checkBoolean, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { type Json, unpack } from '../core/snapshot.js';

/** How fast the past is forgotten: exactly one of the three. */
export type Forgetting =
  /** The weight of the newest observation once many are there, above 0 and at most 1. */
  | { readonly alpha: number; readonly span?: never; readonly halfLife?: never }
  /** Of a simple average with the same mean age: alpha is 2 / (span + 1). */
  | { readonly span: number; readonly alpha?: never; readonly halfLife?: never }
  /** Observations after which a weight has halved: alpha is 1 − 2^(−1 / halfLife). */
  | { readonly halfLife: number; readonly alpha?: never; readonly span?: never };

/** How an exponentially weighted mean looks back. */
export type ExponentialMeanOptions = Forgetting & {
  /**
   * True, as unless said: the weights (1 − alpha)^age of all observations, over their sum. False: the recursion
   * new = (1 − alpha) old + alpha x, for which the first observation stands for all that came before it.
   */
  readonly adjust?: boolean;
  /** Observations that must have been there for a reading; 1 unless said. */
  readonly minimum?: number;
};

/** How an exponentially weighted variance or covariance looks back. */
export type ExponentialOptions = ExponentialMeanOptions & {
  /** False, as unless said: corrected for the mean being estimated too, as n − 1 does. True: the plain weighted average. */
  readonly bias?: boolean;
};

/** The checked options, every one filled in. */
export interface Exponential {
  readonly alpha: number;
  readonly adjust: boolean;
  readonly bias: boolean;
  readonly minimum: number;
}

/** Checks the options of an exponentially weighted statistic; one without a bias has `bias` refused. */
export function checkExponential(who: string, options: ExponentialOptions, hasBias: boolean): Exponential {
  const names = ['alpha', 'span', 'halfLife', 'adjust', 'minimum'];
  checkOptions(who, options, hasBias ? [...names, 'bias'] : names);
  const { adjust = true, bias = false, minimum = 1 } = options;
  return {
    alpha: alphaOf(who, options),
    adjust: checkBoolean(who, 'adjust', adjust),
    bias: checkBoolean(who, 'bias', bias),
    minimum: checkInteger(who, 'minimum', minimum),
  };
}

function alphaOf(who: string, { alpha, span, halfLife }: Forgetting): number {
  const given = Object.entries({ alpha, span, halfLife }).filter(([, value]) => value !== undefined);
  if (given.length !== 1) {
    const received = given.length === 0 ? 'none' : given.map(([name]) => name).join(' and ');
    throw new OptionError(`${who}: needs exactly one of alpha, span and halfLife, received ${received}`);
  }
  if (halfLife !== undefined) return -Math.expm1(-Math.LN2 / checkPositive(who, 'halfLife', halfLife));
  if (span !== undefined) {
    if (checkPositive(who, 'span', span) >= 1) return 2 / (span + 1);
    throw new OptionError(`${who}: span must be at least 1, received ${span}`);
  }
  if (checkPositive(who, 'alpha', alpha) <= 1) return alpha!;
  throw new OptionError(`${who}: alpha must be above 0 and at most 1, received ${alpha}`);
}

/** The options as a snapshot keeps them; `bias` where the statistic has one. */
export function saveExponential(options: Exponential, hasBias: boolean): { [key: string]: Json } {
  const { alpha, adjust, bias, minimum } = options;
  return hasBias ? { alpha, adjust, bias, minimum } : { alpha, adjust, minimum };
}

/** The options that {@link saveExponential} wrote, still to be checked. */
export function loadExponential(
  state: { readonly [key: string]: Json },
  hasBias: boolean,
): ExponentialOptions {
  const { alpha, adjust, bias, minimum } = state;
  const options = { alpha: unpack(alpha), adjust: adjust as boolean, minimum: unpack(minimum) };
  return hasBias ? { ...options, bias: bias as boolean } : options;
}
