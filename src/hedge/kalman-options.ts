import { checkFinite, checkOptions, checkPositive } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { type Factors, factorsOf, type LinePrior } from './line-filter.js';

/** A symmetric 2 × 2 matrix over [ratio, intercept], row by row. */
export type StateCovariance = readonly [readonly [number, number], readonly [number, number]];

/** How a hedge ratio drifts and how noisily it is seen. */
export interface KalmanOptions {
  /**
   * The covariance of the steps that [ratio, intercept] take from one observation to the next; a number is the variance
   * of either. 0 keeps the line fixed.
   */
  readonly drift: number | StateCovariance;
  /** The variance of y about the line. */
  readonly noise: number;
  /**
   * What is known at the first observation, before it is seen; a number is the variance of either. Unless said, nothing:
   * the start is diffuse, and readings begin with the second price of x.
   */
  readonly initial?: {
    readonly ratio: number;
    readonly intercept: number;
    readonly covariance: number | StateCovariance;
  };
}

export interface KalmanModel {
  readonly drift: Factors;
  readonly noise: number;
  readonly prior: LinePrior | undefined;
}

/** The checked options, the drift by its factors. */
export function checkKalman(who: string, options: KalmanOptions): KalmanModel {
  checkOptions(who, options, ['drift', 'noise', 'initial']);
  const { initial } = options;
  const drift = factorsOf(checkCovariance(who, 'drift', options.drift));
  const noise = checkPositive(who, 'noise', options.noise);
  if (initial === undefined) return { drift, noise, prior: undefined };
  checkOptions(`${who} initial`, initial, ['ratio', 'intercept', 'covariance']);
  const prior = {
    ratio: checkFinite(who, 'initial.ratio', initial.ratio),
    intercept: checkFinite(who, 'initial.intercept', initial.intercept),
    covariance: checkCovariance(who, 'initial.covariance', initial.covariance),
  };
  return { drift, noise, prior };
}

function checkCovariance(who: string, name: string, value: unknown): StateCovariance {
  if (typeof value === 'number' && value >= 0 && value < Infinity)
    return [
      [value, 0],
      [0, value],
    ];
  const [[a, b], [c, d]] = rowsOf(value);
  const symmetric = Number.isFinite(a + b + d) && b === c;
  // A correlation of one may be rounded a little beyond.
  if (symmetric && a >= 0 && d >= 0 && b * b <= a * d * (1 + 1e-12))
    return [
      [a, b],
      [b, d],
    ];
  throw new OptionError(
    `${who}: ${name} must be a variance or [[a, b], [b, c]] with a, c and ac − b² not negative, received ${JSON.stringify(value)}`,
  );
}

function rowsOf(value: unknown): StateCovariance {
  const none: StateCovariance = [
    [NaN, NaN],
    [NaN, NaN],
  ];
  if (!Array.isArray(value) || value.length !== 2) return none;
  const fits = value.every(
    (row) => Array.isArray(row) && row.length === 2 && row.every((x) => typeof x === 'number'),
  );
  return fits ? (value as unknown as StateCovariance) : none;
}
