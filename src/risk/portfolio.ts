import { checkFiniteSeries, checkOptions, checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { semidefiniteFactor } from './cholesky.js';
import { readSymmetric, type SquareMatrix } from './matrix.js';

/** What is held, and how what it is held in moves together. */
export interface Portfolio {
  /** What each asset is worth, in money or as a share; a short position is negative. */
  readonly positions: Series;
  /** The covariances of their returns over the horizon. */
  readonly covariance: SquareMatrix;
  /** The returns expected of them over the horizon; 0 unless said. */
  readonly means?: Series;
}

/** The law of the assets' returns, scaled to their covariances. */
export interface LawOptions {
  /** `'normal'` unless said. */
  readonly distribution?: 'normal' | 'student-t';
  /** Of `'student-t'`: above 2. */
  readonly degreesOfFreedom?: number;
}

export interface CheckedMarket {
  readonly size: number;
  /** By rows. */
  readonly covariance: Float64Array;
  /** L of covariance = L Lᵀ, by rows. */
  readonly factor: Float64Array;
  readonly means: Float64Array;
}

/** Covariances and means that fit each other; a covariance that is none is refused. */
export function checkMarket(
  who: string,
  { covariance, means }: { readonly covariance: SquareMatrix; readonly means?: Series | undefined },
  size?: number,
): CheckedMarket {
  const read = readSymmetric(who, 'covariance', covariance, size);
  const factor = semidefiniteFactor(read.data, read.size);
  if (!factor) {
    throw new DataError(
      'degenerate',
      `${who}: covariance must be positive semidefinite, and some combination of the assets has a negative variance; nearestCorrelation mends correlations`,
    );
  }
  const expected = means === undefined ? new Float64Array(read.size) : checkFiniteSeries(who, 'means', means);
  if (expected.length !== read.size) {
    throw new DataError('uneven', `${who}: means must be ${read.size}, received ${expected.length}`);
  }
  return { size: read.size, covariance: read.data, factor, means: toFloat64(expected) };
}

/** A portfolio whose parts fit each other. */
export function checkPortfolio(
  who: string,
  portfolio: Portfolio,
): CheckedMarket & { readonly positions: Float64Array } {
  checkOptions(who, checkRecord(who, 'portfolio', portfolio), ['positions', 'covariance', 'means']);
  const positions = toFloat64(checkFiniteSeries(who, 'positions', portfolio.positions, 1));
  return { positions, ...checkMarket(who, portfolio, positions.length) };
}

/** Degrees of freedom: Infinity of the normal. */
export function checkLaw(who: string, { distribution = 'normal', degreesOfFreedom }: LawOptions): number {
  if (distribution !== 'normal' && distribution !== 'student-t') {
    throw new OptionError(
      `${who}: distribution must be one of 'normal', 'student-t', received '${distribution}'`,
    );
  }
  if (distribution === 'normal') {
    if (degreesOfFreedom === undefined) return Infinity;
    throw new OptionError(`${who}: degreesOfFreedom belongs to 'student-t', received it with 'normal'`);
  }
  if (typeof degreesOfFreedom === 'number' && degreesOfFreedom > 2) return degreesOfFreedom;
  throw new OptionError(`${who}: degreesOfFreedom must be above 2, received ${degreesOfFreedom}`);
}
