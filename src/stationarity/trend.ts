/** What the series may do by itself, apart from wandering: nothing, a level, a line, or a parabola in time. */
export type Trend = 'none' | 'constant' | 'linear' | 'quadratic';

export const TRENDS: readonly Trend[] = ['none', 'constant', 'linear', 'quadratic'];

/** How many deterministic terms a trend adds to a regression. */
export function trendTerms(trend: Trend): number {
  return TRENDS.indexOf(trend);
}

/** The deterministic columns of `rows` observations: Legendre polynomials of time, which stay apart at any length. */
export function trendColumns(trend: Trend, rows: number): Float64Array[] {
  const columns = Array.from({ length: trendTerms(trend) }, () => new Float64Array(rows).fill(1));
  const [, line, parabola] = columns;
  const half = (rows - 1) / 2;
  for (let t = 0; line && t < rows; t++) line[t] = (t - half) / half;
  for (let t = 0; parabola && t < rows; t++) parabola[t] = 1.5 * line![t]! * line![t]! - 0.5;
  return columns;
}
