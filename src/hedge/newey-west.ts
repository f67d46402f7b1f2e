import { studentTPValue } from '../math/student-t.js';

/** The inference on a line's coefficients. */
export interface LineInference {
  readonly ratioError: number;
  readonly interceptError: number;
  readonly ratioT: number;
  readonly interceptT: number;
  readonly ratioP: number;
  readonly interceptP: number;
  readonly fStatistic: number;
  readonly fPValue: number;
}

/**
 * The inference on a fitted line whose residuals may follow each other over up to `lags` observations and vary in size:
 * Bartlett weights, no correction for a small sample; p-values from Student's t. Each coefficient's error is a sum of the
 * residuals' shares in it, so its variance is the long-run variance of these.
 *
 * Source: Newey & West (1987), "A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
 * covariance matrix", Econometrica 55.
 */
export function neweyWest(
  line: { readonly ratio: number; readonly intercept: number; readonly residuals: Float64Array },
  x: Float64Array,
  lags: number,
  intercept: boolean,
): LineInference {
  const { residuals } = line;
  const { length } = x;
  const freedom = length - (intercept ? 2 : 1);
  const anchor = intercept ? x[0]! : 0;
  let mean = 0;
  if (intercept) for (let i = 0; i < length; i++) mean += (x[i]! - anchor) / length;
  let squares = 0;
  let size = 0;
  const levers = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    levers[i] = x[i]! - anchor - mean;
    size = Math.max(size, Math.abs(levers[i]!));
  }
  // In units of the longest lever, whose square has to exist.
  for (let i = 0; i < length; i++) {
    levers[i] = levers[i]! / size;
    squares += levers[i]! * levers[i]!;
  }
  const shares = new Float64Array(length);
  for (let i = 0; i < length; i++) shares[i] = (levers[i]! / squares) * residuals[i]!;
  const ratioError = freedom > 0 ? longRunDeviation(shares, lags) / size : NaN;
  let interceptError = NaN;
  if (intercept && freedom > 0) {
    const centre = (anchor + mean) / size;
    for (let i = 0; i < length; i++) shares[i] = residuals[i]! / length - centre * shares[i]!;
    interceptError = longRunDeviation(shares, lags);
  }
  const ratioT = line.ratio / ratioError;
  const interceptT = line.intercept / interceptError;
  const ratioP = studentTPValue(ratioT, freedom);
  return {
    ratioError,
    interceptError,
    ratioT,
    interceptT,
    ratioP,
    interceptP: studentTPValue(interceptT, freedom),
    // One slope: its F is the square of its t.
    fStatistic: ratioT * ratioT,
    fPValue: ratioP,
  };
}

/** √(γ₀ + 2 Σ (1 − l/(lags + 1)) γ_l), where γ_l = Σ s[t] s[t − l]. */
function longRunDeviation(series: Float64Array, lags: number): number {
  let size = 0;
  for (let t = 0; t < series.length; t++) size = Math.max(size, Math.abs(series[t]!));
  if (size === 0) return 0;
  // In units of the largest, whose square has to exist.
  const unit = series.map((share) => share / size);
  let total = 0;
  for (let lag = 0; lag <= Math.min(lags, unit.length - 1); lag++) {
    let products = 0;
    for (let t = lag; t < unit.length; t++) products += unit[t]! * unit[t - lag]!;
    total += products * (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1)));
  }
  return size * Math.sqrt(Math.max(total, 0));
}
