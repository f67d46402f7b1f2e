import { BLOCK, gram, type Packed, packed, product, TILE } from './gram.js';
import { type Panel, type PanelColumns, type PanelView, readPanel } from './panel.js';

/**
 * The sample covariances (divisor n − 1) of every two series of a panel, as a symmetric matrix with the names of the
 * series. Positive semidefinite within rounding. NaN where a series has a NaN in it, or there are fewer than two rows.
 *
 * Each series is taken about its mean before anything is multiplied, so a large offset costs no digits.
 *
 * @param panel - series of one length by name, or a matrix with names; rows are observations
 * @throws DataError where the series differ in length, there are none, or a matrix is not one
 * @example
 * ```ts
 * const { data, names } = covarianceMatrix({ y: [2, 4, 7], x: [1, 2, 3] });
 * names; // → ['y', 'x']
 * data; // → [6.33333333333333, 2.5, 2.5, 1]
 * ```
 */
export function covarianceMatrix(panel: Panel): PanelView & { readonly data: Float64Array } {
  const read = readPanel('covarianceMatrix', panel, 1);
  const share = read.rows > 1 ? read.rows - 1 : NaN;
  return symmetric(read, centred(read), (products) => products / share);
}

/**
 * Pearson's correlations of every two series of a panel, from −1 to 1 with exact ones on the diagonal, as a symmetric
 * matrix with the names of the series. Positive semidefinite within rounding. NaN in the row and column of a series
 * that is flat or has a NaN in it.
 *
 * @param panel - series of one length by name, or a matrix with names; rows are observations
 * @throws DataError where the series differ in length, there are none, or a matrix is not one
 * @example
 * ```ts
 * correlationMatrix({ a: [1, 2, 3], b: [1, 3, 2], c: [3, 2, 1] }).data; // → [1, 0.5, -1, 0.5, 1, -0.5, -1, -0.5, 1]
 * ```
 */
export function correlationMatrix(panel: Panel): PanelView & { readonly data: Float64Array } {
  const read = readPanel('correlationMatrix', panel, 1);
  const columns = centred(read);
  read.columns.forEach((column, j) => {
    const own = columns.data.subarray(j * read.rows, (j + 1) * read.rows);
    // A flat series is about its rounded mean, and that is not quite zero.
    const length = column.every((value) => value === column[0]) ? NaN : Math.sqrt(product(own, own));
    for (let t = 0; t < own.length; t++) own[t] = own[t]! / length;
  });
  return symmetric(read, columns, (r, i, j) =>
    Number.isNaN(r) ? NaN : i === j ? 1 : Math.max(-1, Math.min(1, r)),
  );
}

/** Every column about its mean: twice, for the mean itself is rounded. */
export function centred({ columns, rows }: PanelColumns): Packed {
  const out = packed(rows, columns.length);
  columns.forEach((column, j) => {
    const own = out.data.subarray(j * rows, (j + 1) * rows);
    own.set(column);
    centre(own);
  });
  return out;
}

/** Takes a column about its mean, in place, and returns the mean. */
export function centre(column: Float64Array): number {
  const about = takeMean(column);
  return about + takeMean(column);
}

function takeMean(column: Float64Array): number {
  const { length } = column;
  const anchor = length > 0 ? column[0]! : 0;
  let total = 0;
  for (let start = 0; start < length; start += BLOCK) {
    let part = 0;
    const end = Math.min(start + BLOCK, length);
    for (let t = start; t < end; t++) part += column[t]! - anchor;
    total += part;
  }
  const mean = anchor + total / length;
  for (let t = 0; t < length; t++) column[t] = column[t]! - mean;
  return mean;
}

/** The Gram matrix of the columns, each entry through `entry`, both halves filled. */
function symmetric(
  { names }: PanelColumns,
  columns: Packed,
  entry: (products: number, i: number, j: number) => number,
): PanelView & { readonly data: Float64Array } {
  const count = names.length;
  const products = gram(columns, 0, count);
  const width = Math.ceil(count / TILE) * TILE;
  const data = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      data[i * count + j] = data[j * count + i] = entry(products[i * width + j]!, i, j);
    }
  }
  return { data, shape: [count, count], stride: [count, 1], offset: 0, names };
}
