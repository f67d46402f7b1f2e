import { DataError } from '../core/errors.js';
import { dot } from './dot.js';
import { type LagColumns, lagColumn, lagGram, lagGramIndices, widenLagGram } from './lag-gram.js';
import { type Gram, type Projections, projectColumns, projectGram } from './projections.js';
import { type Trend, trendColumns } from './trend.js';
import { largest, unitOf } from './unit.js';

/**
 * The Dickey–Fuller regression of one series at any number of lags:
 * Δx[t] = trend + γ·x[t] + δ₁·Δx[t−1] + … + δₗ·Δx[t−l] + noise, where Δx[t] = x[t+1] − x[t].
 */
export class DickeyFuller {
  /** What the series was divided by; sums of squares are in its square. */
  readonly unit: number;
  private readonly columns: LagColumns;
  /** A residual deviation that is rounding, not data. */
  private readonly grain: number;
  /** The sums of the last search: those of fewer lags follow from them. */
  private searched: { readonly lags: number; readonly sums: Gram } | undefined;

  /** Of a series of finite numbers; `who` answers for it in errors. */
  constructor(
    private readonly who: string,
    series: Float64Array,
    trend: Trend,
  ) {
    if (series.every((x) => x === series[0]))
      throw new DataError('degenerate', `${who}: series must vary, received ${series[0]} throughout`);
    const magnitude = largest(series);
    this.unit = unitOf(magnitude);
    const scaled = this.unit === 1 ? series : series.map((x) => x / this.unit);
    this.columns = { ...detrend(scaled, trend), trends: trendColumns(trend, series.length - 1) };
    const { differences } = this.columns;
    const deviation = Math.sqrt(dot(differences, differences, 0, differences.length) / differences.length);
    this.grain = 4 * Number.EPSILON * (deviation + magnitude / this.unit);
  }

  /** Rows that are left when the first differences serve as lags. */
  rows(lags: number): number {
    return this.columns.differences.length - lags;
  }

  /** Regressors of the model with this many lags: trend, level, lags. */
  regressors(lags: number): number {
    return this.columns.trends.length + 1 + lags;
  }

  /** The response along trend, level, lag 1, lag 2, … over the rows that all of them share. */
  search(lags: number): Projections {
    const sums = lagGram(this.columns, lags);
    this.searched = { lags, sums };
    const { trends, level, past, response } = lagGramIndices(this.columns, lags);
    return this.project(sums, lags, [...trends, level, ...past, response]);
  }

  /** Student's t of the level at this many lags, over all the rows that they leave. */
  statistic(lags: number): number {
    const { searched, columns } = this;
    const sums =
      searched && searched.lags >= lags
        ? widenLagGram(searched.sums, columns, searched.lags, lags)
        : lagGram(columns, lags);
    const { trends, level, past, response } = lagGramIndices(columns, lags);
    const { along, rank, residual } = this.project(sums, lags, [...trends, ...past, level, response]);
    const regressors = along.length;
    if (rank[regressors] === rank[regressors - 1]) {
      throw new DataError(
        'degenerate',
        `${this.who}: the level must vary apart from trend and lags, received one that they determine`,
      );
    }
    this.checkResidual(residual, lags);
    return along[regressors - 1]! / Math.sqrt(residual / (this.rows(lags) - rank[regressors]!));
  }

  /** Refuses a regression that leaves nothing but rounding: there is no noise to measure the level against. */
  checkResidual(residual: number, lags: number): void {
    if (residual <= this.rows(lags) * this.grain ** 2) {
      throw new DataError(
        'degenerate',
        `${this.who}: series must not follow exactly from trend and past, received one without residuals at ${lags} lags`,
      );
    }
  }

  private project(sums: Gram, lags: number, order: readonly number[]): Projections {
    return (
      projectGram(sums, order) ?? projectColumns(order.map((index) => lagColumn(this.columns, lags, index)))
    );
  }
}

/** The level less what the trend would explain of it in any case, and its differences. */
function detrend(x: Float64Array, trend: Trend): { level: Float64Array; differences: Float64Array } {
  const n = x.length;
  const half = (n - 1) / 2;
  let mean = 0;
  let slope = 0;
  if (trend !== 'none') {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += x[t]! - x[0]!;
    mean = x[0]! + sum / n;
  }
  if (trend === 'linear' || trend === 'quadratic') {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += (t - half) * (x[t]! - mean);
    slope = (12 * sum) / (n * (n * n - 1));
    // Any line may be taken away; a slope of 26 bits times a count is exact. 2²⁷ + 1 splits a double so.
    const wide = 134217729 * slope;
    slope = wide - (wide - slope);
  }
  const level = new Float64Array(n);
  const differences = new Float64Array(n - 1);
  for (let t = 0; t < n; t++) level[t] = x[t]! - mean - slope * (t - half);
  for (let t = 0; t < n - 1; t++) differences[t] = x[t + 1]! - x[t]! - slope;
  return { level, differences };
}
