import { DataError } from '../core/errors.js';
import { type Centred, centre } from './centred.js';
import { designOf, spreadAlong } from './design.js';
import { productError } from './error-free.js';
import { durbinWatson, type FitStatistics, fitStatistics } from './fit-statistics.js';
import type { Orthogonalise } from './orthogonal.js';
import { type Precise, residualsOf, solveRefined } from './refined-fit.js';
import { studentTPValue } from './student-t.js';
import { sum, sumOfSquares } from './sum.js';

/** A fitted linear model: y = intercept + Σ slope · column + residual. */
export interface LeastSquares extends FitStatistics {
  /** The intercept, unless it was left out, then one slope a column. */
  readonly coefficients: Float64Array;
  /** Standard errors of the coefficients; NaN when there are no more observations than coefficients. */
  readonly errors: Float64Array;
  readonly tValues: Float64Array;
  /** Two-sided, from Student's t. */
  readonly pValues: Float64Array;
  /** Near 2 when neighbouring residuals are unrelated, towards 0 when they follow each other. */
  readonly durbinWatson: number;
  readonly observations: number;
  readonly residuals: Float64Array;
}

/**
 * A linear model fitted to checked regressors, of which there are no more than observations: centred, decomposed by
 * `orthogonalise`, refined in twofold precision.
 */
export function linearFit(
  who: string,
  regressors: readonly Float64Array[],
  y: Float64Array,
  intercept: boolean,
  orthogonalise: Orthogonalise,
): LeastSquares {
  const observations = y.length;
  const parameters = regressors.length + Number(intercept);
  const response = centre(y, intercept);
  const design = designOf(who, regressors, intercept, observations, orthogonalise);
  const fitted = solveRefined(design.columns, design.orthogonal, response);
  const residuals = residualsOf(design.columns, fitted, response);
  if (observations === parameters) residuals.fill(0);

  const explained = response.high.map((value, i) => value + (response.low[i]! - residuals[i]!));
  const level = intercept ? explained.reduce((total, value) => total + value, 0) / observations : 0;
  const statistics = fitStatistics({
    explained: sumOfSquares(explained, level),
    unexplained: sumOfSquares(residuals),
    scale: response.scale,
    observations,
    parameters,
    intercept,
  });

  // Back from centred columns of size 1 to the columns given.
  const offset = Number(intercept);
  const coefficients = new Float64Array(parameters);
  const errors = new Float64Array(parameters);
  const direction = new Float64Array(parameters);
  design.slopes.forEach(({ scale }, j) => {
    coefficients[j + offset] = fitted.high[j + offset]! * (scale / response.scale);
    direction.fill(0)[j + offset] = 1;
    errors[j + offset] = statistics.residualDeviation * scale * spreadAlong(design, direction);
  });
  if (intercept) {
    const means = design.slopes.map(({ mean }) => mean);
    coefficients[0] = interceptOf(response, means, fitted) / response.scale;
    direction.set([1, ...means.map((mean) => -mean)]);
    errors[0] = statistics.residualDeviation * spreadAlong(design, direction);
  }
  coefficients.forEach((coefficient, j) => {
    if (Number.isFinite(coefficient)) return;
    throw new DataError('degenerate', `${who}: coefficients[${j}] is beyond the range of a double`);
  });

  const tValues = coefficients.map((coefficient, j) => coefficient / errors[j]!);
  return {
    coefficients,
    errors,
    tValues,
    pValues: tValues.map((t) => studentTPValue(t, observations - parameters)),
    ...statistics,
    durbinWatson: durbinWatson(residuals),
    observations,
    residuals: residuals.map((residual) => residual / response.scale),
  };
}

/** mean(y) + its centred intercept − Σ slope · mean(column), rounded once. */
function interceptOf(response: Centred, means: readonly number[], { high, low }: Precise): number {
  const terms = [response.mean, high[0]!, low[0]!];
  means.forEach((mean, j) => {
    const product = high[j + 1]! * mean;
    terms.push(-product, -productError(high[j + 1]!, mean, product), -low[j + 1]! * mean);
  });
  return sum(terms);
}
