import { DataError } from '../core/errors.js';
import type { NumericView, Series } from '../core/series.js';
import { readColumns } from '../math/columns.js';
import { type Matrix, matrixOf } from './matrix.js';
import { meanAndDeviation } from './sample-moments.js';

/** A covariance matrix that was drawn towards a simpler one. */
export interface LedoitWolf {
  /** The covariances, variances on the diagonal. */
  readonly covariance: Matrix;
  /** How far it was drawn: 0 leaves the sample, 1 leaves only the target. */
  readonly shrinkage: number;
  /** The variance that the target has everywhere on its diagonal: the mean of the sample's. */
  readonly targetVariance: number;
}

/**
 * The covariance matrix of returns, drawn from the sample (divisor n) towards a diagonal of one common variance, by the share
 * that is expected to leave the least error: well-conditioned however many assets there are, so that it can be inverted.
 *
 * Source: Ledoit & Wolf (2004), "A well-conditioned estimator for large-dimensional covariance matrices", Journal of
 * Multivariate Analysis 88, 365–411. scikit-learn's LedoitWolf is the same estimator.
 *
 * @param columns - a series of returns for each asset, or a matrix whose rows are observations
 * @throws DataError where series differ in length, are shorter than two, or hold a number that is not finite
 * @example
 * ```ts
 * const { covariance, shrinkage } = ledoitWolf([
 *   [0.01, -0.02, 0.03, 0.01],
 *   [0.02, -0.01, 0.01, 0.01],
 * ]);
 * shrinkage; // → 0.805095541401274
 * covariance.data; // → [0.00023824044586, 0.0000280175159236, 0.0000280175159236, 0.00019925955414]
 * ```
 */
export function ledoitWolf(columns: readonly Series[] | NumericView): LedoitWolf {
  const who = 'ledoitWolf';
  const { centred, rows } = readPanel(who, columns);
  const size = centred.length;
  const covariance = productsOf(centred).map((product) => product / rows);
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < size; i++) trace += covariance[i * size + i]!;
  for (let i = 0; i < covariance.length; i++) squares += covariance[i]! ** 2;
  const targetVariance = trace / size;
  // Σ over observations of |x|⁴: how far single observations lie from their mean covariance.
  let fourths = 0;
  for (let t = 0; t < rows; t++) {
    let length = 0;
    for (let i = 0; i < size; i++) length += centred[i]![t]! ** 2;
    fourths += length * length;
  }
  const distance = squares - size * targetVariance * targetVariance;
  const noise = Math.max((fourths / rows - squares) / rows, 0);
  const shrinkage = noise === 0 ? 0 : Math.min(noise / distance, 1);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      covariance[at] = (1 - shrinkage) * covariance[at]! + (i === j ? shrinkage * targetVariance : 0);
    }
  }
  return { covariance: matrixOf(covariance, size), shrinkage, targetVariance };
}

/** Columns about their means. */
function readPanel(
  who: string,
  columns: readonly Series[] | NumericView,
): { readonly centred: readonly Float64Array[]; readonly rows: number } {
  const rows =
    'shape' in Object(columns)
      ? (columns as NumericView).shape[0]!
      : (columns as readonly Series[])?.[0]?.length;
  if (!(rows! >= 2)) {
    throw new DataError('too-short', `${who}: needs at least 2 observations, received ${rows ?? 0}`);
  }
  const centred = readColumns(who, columns, rows!).map((column) => {
    const { mean } = meanAndDeviation(column);
    return column.map((value) => value - mean);
  });
  return { centred, rows: rows! };
}

/** Sums of products of every two columns, by rows: in stretches that fit a processor's cache. */
function productsOf(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const out = new Float64Array(size * size);
  const stretch = 512;
  for (let from = 0; from < columns[0]!.length; from += stretch) {
    const to = Math.min(from + stretch, columns[0]!.length);
    for (let i = 0; i < size; i++) {
      const a = columns[i]!;
      for (let j = i; j < size; j++) out[i * size + j] = out[i * size + j]! + dot(a, columns[j]!, from, to);
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) out[i * size + j] = out[j * size + i]!;
  return out;
}

function dot(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let [even, odd] = [0, 0];
  let t = from;
  for (; t + 1 < to; t += 2) {
    even += a[t]! * b[t]!;
    odd += a[t + 1]! * b[t + 1]!;
  }
  return t < to ? even + odd + a[t]! * b[t]! : even + odd;
}
