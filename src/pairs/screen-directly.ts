import { DataError } from '../core/errors.js';
import { engleGranger } from '../stationarity/engle-granger.js';
import { halfLife } from '../stationarity/half-life.js';
import { correlation } from '../stats/correlation.js';
import { AT, DIRECT, FIGURES, refuse } from './screen-figures.js';
import type { ScreenRule } from './screen-options.js';

/** One row of a screen as the functions for one pair give it, written to `out` from `at` on. */
export function screenDirectly(
  y: Float64Array,
  x: Float64Array,
  { lags, maxLags }: ScreenRule,
  out: Float64Array,
  at: number,
): void {
  try {
    const test = engleGranger({ y, x }, maxLags === undefined ? { lags } : { lags, maxLags });
    const figures = {
      ratio: test.ratio,
      intercept: test.intercept,
      correlation: correlation({ y, x }),
      changeCorrelation: correlation({ y: changes(y), x: changes(x) }),
      statistic: test.statistic,
      pValue: test.pValue,
      halfLife: test.statistic === -Infinity ? NaN : halfLifeOf(test.residuals),
      lags: test.lags,
      observations: y.length,
    };
    FIGURES.forEach((name, k) => {
      out[at + k] = figures[name];
    });
    out[at + AT.state] = DIRECT;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    refuse(out, at, y.length, error.reason);
  }
}

export function changes(series: Float64Array): Float64Array {
  const out = new Float64Array(Math.max(0, series.length - 1));
  for (let t = 0; t < out.length; t++) out[t] = series[t + 1]! - series[t]!;
  return out;
}

function halfLifeOf(residuals: Float64Array): number {
  try {
    return halfLife(residuals);
  } catch (error) {
    if (error instanceof DataError) return NaN;
    throw error;
  }
}
