import { fSurvival } from './f-distribution.js';

/** What a linear fit leaves unexplained and what it explains, as sums of squares in units of 1/scale². */
export interface FitSums {
  readonly explained: number;
  readonly unexplained: number;
  readonly scale: number;
  readonly observations: number;
  /** Coefficients fitted, the intercept among them. */
  readonly parameters: number;
  readonly intercept: boolean;
}

/** How well a linear fit describes its data. */
export interface FitStatistics {
  /** The share of the variation explained: about the mean with an intercept, about zero without. */
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  /** √(residualSumOfSquares / (observations − parameters)), in units of y. */
  readonly residualDeviation: number;
  readonly residualSumOfSquares: number;
  /** Tests that every slope is zero. */
  readonly fStatistic: number;
  readonly fPValue: number;
  /** Of Gaussian errors at their most likely variance. */
  readonly logLikelihood: number;
  /** −2 logLikelihood + 2 parameters; the variance is not counted. */
  readonly aic: number;
  /** −2 logLikelihood + parameters · ln observations. */
  readonly bic: number;
}

/** The statistics that follow from the two sums of squares. */
export function fitStatistics(sums: FitSums): FitStatistics {
  const { explained, unexplained, scale, observations, parameters } = sums;
  const total = explained + unexplained;
  const freedom = observations - parameters;
  const slopes = parameters - Number(sums.intercept);
  const variance = freedom > 0 ? unexplained / freedom : NaN;
  const fStatistic = slopes > 0 ? explained / slopes / variance : NaN;
  const spread = Math.log(2 * Math.PI) + Math.log(unexplained / observations) - 2 * Math.log(scale);
  const logLikelihood = (-observations / 2) * (spread + 1);
  return {
    rSquared: slopes > 0 ? explained / total : 0,
    adjustedRSquared: 1 - (variance * (observations - Number(sums.intercept))) / total,
    residualDeviation: Math.sqrt(variance) / scale,
    residualSumOfSquares: unexplained / scale / scale,
    fStatistic,
    fPValue: fSurvival(fStatistic, slopes, freedom),
    logLikelihood,
    aic: -2 * logLikelihood + 2 * parameters,
    bic: -2 * logLikelihood + parameters * Math.log(observations),
  };
}

/** Σ(rᵢ − rᵢ₋₁)² / Σrᵢ²: near 2 when neighbouring residuals are unrelated. NaN when there are none. */
export function durbinWatson(residuals: Float64Array): number {
  let steps = 0;
  let squares = 0;
  for (let i = 0; i < residuals.length; i++) {
    const step = i > 0 ? residuals[i]! - residuals[i - 1]! : 0;
    steps += step * step;
    squares += residuals[i]! * residuals[i]!;
  }
  return steps / squares;
}
