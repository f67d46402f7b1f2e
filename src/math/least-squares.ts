import { checkBoolean, checkFiniteSeries, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type NumericView, type Series, toFloat64 } from '../core/series.js';
import { readColumns } from './columns.js';
import { orthogonalise } from './linear-algebra.js';
import { type LeastSquares, linearFit } from './linear-fit.js';

/** How a linear model is fitted. */
export interface LeastSquaresOptions {
  /** Whether a constant is fitted before the slopes. */
  readonly intercept?: boolean;
}

/**
 * The linear combination of the columns closest to `y`: ordinary least squares with the usual inference.
 *
 * Columns are centred about their means without rounding and decomposed by Householder QR; the answer is then refined
 * with residuals of twice the working precision, so coefficients are those of the doubles given even where the columns
 * almost depend on each other (all of NIST's linear sets, Filip among them) or sit on a large offset.
 *
 * Source: Björck (1996), "Numerical Methods for Least Squares Problems", chapter 2; conventions of aic, bic and r²
 * follow statsmodels.
 *
 * @param columns - one series a regressor, or a matrix whose rows are observations
 * @param y - what is explained, as long as each column
 * @throws OptionError for an unknown option or a non-boolean `intercept`.
 * @throws DataError when lengths differ (`uneven`), a number is not finite (`not-finite`, naming it), there are fewer
 * observations than coefficients (`too-short`), or a column is constant or a combination of the others (`degenerate`).
 * @example
 * ```ts
 * const fit = leastSquares([[1, 2, 3, 4]], [3, 5, 6, 9]);
 * fit.coefficients; // → [1, 1.9]
 * fit.rSquared; // → 0.9626666666666667
 * leastSquares([[1, 2, 3], [1, 4, 9]], [1, 4, 9], { intercept: false }).coefficients; // → [0, 1]
 * ```
 */
export function leastSquares(
  columns: readonly Series[] | NumericView,
  y: Series,
  options: LeastSquaresOptions = {},
): LeastSquares {
  checkOptions('leastSquares', options, ['intercept']);
  const intercept = checkBoolean('leastSquares', 'intercept', options.intercept ?? true);
  checkFiniteSeries('leastSquares', 'y', y);
  const observations = y.length;
  const regressors = readColumns('leastSquares', columns, observations);
  const parameters = regressors.length + Number(intercept);
  if (parameters === 0) {
    throw new DataError('degenerate', 'leastSquares: needs a column or an intercept, received neither');
  }
  if (observations < parameters) {
    const what = `${regressors.length} columns${intercept ? ' and an intercept' : ''}`;
    throw new DataError(
      'too-short',
      `leastSquares: needs at least ${parameters} observations for ${what}, received ${observations}`,
    );
  }
  return linearFit('leastSquares', regressors, toFloat64(y), intercept, orthogonalise);
}
