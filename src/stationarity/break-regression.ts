import { dot } from './dot.js';
import { orthonormalBasis, removeFrom } from './orthonormal-basis.js';
import { type Projections, projectColumns, projectGram } from './projections.js';
import { largest } from './unit.js';
import type { BreakTrend } from './zivot-andrews-tables.js';

// Sums lose digits in proportion: a dummy of which less than this share is new is projected column by column.
const SMALLEST_SHARE = 1e-5;

/**
 * The Dickey–Fuller regression about a line that breaks once: Δx[t] on a constant, time, x[t], `lags` past changes, and
 * dummies for a new level or slope. What no break changes is projected out once; each break then costs a few sums.
 */
export class BreakRegression {
  private readonly rows: number;
  /** What every break has in common: constant, time, past changes. */
  private readonly basis: readonly Float64Array[];
  /** The basis, then the level and its change less the basis. */
  private readonly columns: readonly Float64Array[];
  private readonly products: readonly [number, number, number];
  /** Σ column[i] over i ≥ from, and Σ (i − from + 1)·column[i]: what a dummy of level or slope shares with it. */
  private readonly steps: readonly Float64Array[];
  private readonly ramps: readonly Float64Array[];
  private readonly grain: number;

  /** Of a series near its own line. */
  constructor(
    series: Float64Array,
    private readonly trend: BreakTrend,
    private readonly lags: number,
  ) {
    const changes = new Float64Array(series.length - 1);
    for (let t = 0; t < changes.length; t++) changes[t] = series[t + 1]! - series[t]!;
    const rows = changes.length - lags;
    this.rows = rows;
    const past = Array.from({ length: lags }, (_, k) => changes.slice(lags - 1 - k, lags - 1 - k + rows));
    const time = Float64Array.from({ length: rows }, (_, i) => (i - (rows - 1) / 2) / rows);
    this.basis = orthonormalBasis([new Float64Array(rows).fill(1), time, ...past]);
    const level = series.slice(lags, lags + rows);
    const change = changes.slice(lags);
    this.grain = 4 * Number.EPSILON * (Math.sqrt(dot(change, change, 0, rows) / rows) + largest(series));
    removeFrom(level, this.basis);
    removeFrom(change, this.basis);
    this.columns = [...this.basis, level, change];
    this.products = [dot(level, level, 0, rows), dot(level, change, 0, rows), dot(change, change, 0, rows)];
    this.steps = this.columns.map(sumsFrom);
    this.ramps = this.steps.map(sumsFrom);
  }

  /** The t of the level with a break after observation `last`; NaN where the regression leaves nothing but rounding. */
  statistic(last: number): number {
    const from = last - this.lags;
    const { along, rank, residual } = this.fromSums(from) ?? this.fromColumns(from);
    const regressors = along.length;
    const left = this.rows - this.basis.length - rank[regressors]!;
    if (rank[regressors] === rank[regressors - 1] || left < 1) return NaN;
    if (residual <= this.rows * this.grain ** 2) return NaN;
    return along[regressors - 1]! / Math.sqrt(residual / left);
  }

  /** By the sums; undefined where they would lose digits. The new regime begins at row `from`. */
  private fromSums(from: number): Projections | undefined {
    const count = this.rows - from;
    const ramp = (count * (count + 1)) / 2;
    const dummies = [
      ...(this.trend === 'slope' ? [] : [this.steps]),
      ...(this.trend === 'constant' ? [] : [this.ramps]),
    ];
    const raw = (a: readonly Float64Array[], b: readonly Float64Array[]): number =>
      a !== b ? ramp : a === this.steps ? count : (ramp * (2 * count + 1)) / 3;
    const size = dummies.length + 2;
    const entries = new Float64Array(size * size);
    const set = (i: number, j: number, value: number): void => {
      entries[i * size + j] = value;
      entries[j * size + i] = value;
    };
    const shared = this.basis.length;
    for (let i = 0; i < dummies.length; i++) {
      const a = dummies[i]!;
      for (let j = 0; j <= i; j++) {
        const b = dummies[j]!;
        let product = raw(a, b);
        for (let k = 0; k < shared; k++) product -= a[k]![from]! * b[k]![from]!;
        if (i === j && !(product > SMALLEST_SHARE * raw(a, a))) return undefined;
        set(i, j, product);
      }
      set(i, size - 2, a[shared]![from]!);
      set(i, size - 1, a[shared + 1]![from]!);
    }
    set(size - 2, size - 2, this.products[0]);
    set(size - 2, size - 1, this.products[1]);
    set(size - 1, size - 1, this.products[2]);
    return projectGram(
      { size, entries },
      Array.from({ length: size }, (_, i) => i),
    );
  }

  private fromColumns(from: number): Projections {
    const ramp = Float64Array.from({ length: this.rows }, (_, i) => Math.max(0, i - from + 1));
    const dummies = [
      ...(this.trend === 'slope' ? [] : [ramp.map((value) => Math.min(value, 1))]),
      ...(this.trend === 'constant' ? [] : [ramp]),
    ];
    for (const dummy of dummies) removeFrom(dummy, this.basis);
    const [level, change] = this.columns.slice(this.basis.length);
    return projectColumns([...dummies, level!.slice(), change!.slice()]);
  }
}

/** Σ column[i] over i ≥ from, for every from. */
function sumsFrom(column: Float64Array): Float64Array {
  const sums = new Float64Array(column.length);
  let sum = 0;
  for (let i = column.length - 1; i >= 0; i--) sums[i] = sum += column[i]!;
  return sums;
}
