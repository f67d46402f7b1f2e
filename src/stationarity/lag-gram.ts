import { dot } from './dot.js';
import { laggedProducts } from './lagged-products.js';
import type { Gram } from './projections.js';

/** The columns of a Dickey–Fuller regression before lagging: row t explains differences[t] by level[t] and the past. */
export interface LagColumns {
  /** One longer than the differences, which are its own: differences[t] = level[t + 1] − level[t]. */
  readonly level: Float64Array;
  readonly differences: Float64Array;
  /** Deterministic columns, the constant first. */
  readonly trends: readonly Float64Array[];
}

/** Where each regressor stands in {@link lagGram}. */
export function lagGramIndices(
  { trends }: LagColumns,
  lags: number,
): { response: number; past: readonly number[]; level: number; trends: readonly number[] } {
  return {
    response: 0,
    past: Array.from({ length: lags }, (_, i) => i + 1),
    level: lags + 1,
    trends: trends.map((_, a) => lags + 2 + a),
  };
}

/** A fresh copy of the column at an index of {@link lagGram}. */
export function lagColumn(
  { level, differences, trends }: LagColumns,
  lags: number,
  index: number,
): Float64Array {
  const rows = differences.length;
  if (index <= lags) return differences.slice(lags - index, rows - index);
  return (index === lags + 1 ? level : trends[index - lags - 2]!).slice(lags, rows);
}

/**
 * Sums of products over the rows that `lags` lags leave, of: the difference, its lags 1 … `lags`, the level, the trends.
 *
 * Lags of one series share their products: Σ D[t−i]·D[t−j] depends on i − j but for a few terms at either end, so
 * `lags` + 1 passes over the series are enough. The ends are added to a common core, and nothing is ever subtracted:
 * an outlier in the last rows leaves no trace in the lags that do not see it.
 */
export function lagGram({ level, differences, trends }: LagColumns, lags: number): Gram {
  const rows = differences.length;
  const size = lags + 2 + trends.length;
  const entries = new Float64Array(size * size);
  const set = (i: number, j: number, value: number): void => {
    entries[i * size + j] = value;
    entries[j * size + i] = value;
  };

  const core = laggedProducts(differences, differences, lags, rows - lags, lags);
  for (let k = 0; k <= lags; k++) {
    // Lags j and j + k: rows lags − j … rows − 1 − j of D[b]·D[b − k], of which the core is common to every j.
    let head = core[k]!;
    for (let j = 0; j + k <= lags; j++) {
      if (j > 0) head += differences[lags - j]! * differences[lags - j - k]!;
      entries[(j + k) * size + j] = head;
    }
    let tail = 0;
    for (let j = lags; j >= 0; j--) {
      if (j < lags) tail += differences[rows - 1 - j]! * differences[rows - 1 - j - k]!;
      if (j + k <= lags) set(j + k, j, entries[(j + k) * size + j]! + tail);
    }
  }

  // level[t] = level[t − i] + D[t − i] + … + D[t − 1], so its products with lag i follow from those of the lags.
  const own = new Float64Array(lags + 1);
  let head = dot(level, differences, lags, rows - lags);
  for (let i = 0; i <= lags; i++) {
    if (i > 0) head += level[lags - i]! * differences[lags - i]!;
    own[i] = head;
  }
  let tail = 0;
  for (let i = lags; i >= 0; i--) {
    if (i < lags) tail += level[rows - 1 - i]! * differences[rows - 1 - i]!;
    let sum = own[i]! + tail;
    for (let j = 1; j <= i; j++) sum += entries[i * size + j]!;
    set(lags + 1, i, sum);
  }

  const others = [level, ...trends];
  others.forEach((column, a) => {
    for (let b = 0; b <= a; b++) set(lags + 1 + a, lags + 1 + b, dot(column, others[b]!, lags, rows));
  });
  trends.forEach((trend, a) => {
    // Differences add up to a change of level; against a curve they need their own passes.
    const products = a > 0 ? laggedProducts(trend, differences, lags, rows, lags) : undefined;
    for (let i = 0; i <= lags; i++) {
      set(lags + 2 + a, i, products ? products[i]! : level[rows - i]! - level[lags - i]!);
    }
  });
  return { size, entries };
}

/** The same sums for fewer lags, which leave more rows at the beginning: those rows are added. */
export function widenLagGram(gram: Gram, columns: LagColumns, from: number, to: number): Gram {
  const { level, differences, trends } = columns;
  const keep = Array.from({ length: gram.size }, (_, i) => i).filter((i) => i <= to || i > from);
  const size = keep.length;
  const entries = new Float64Array(size * size);
  keep.forEach((a, i) => {
    keep.forEach((b, j) => {
      entries[i * size + j] = gram.entries[a * gram.size + b]!;
    });
  });
  const row = new Float64Array(size);
  for (let t = to; t < from; t++) {
    for (let i = 0; i <= to; i++) row[i] = differences[t - i]!;
    row[to + 1] = level[t]!;
    for (let a = 0; a < trends.length; a++) row[to + 2 + a] = trends[a]![t]!;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) entries[i * size + j] = entries[i * size + j]! + row[i]! * row[j]!;
    }
  }
  return { size, entries };
}
