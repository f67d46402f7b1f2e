import { checkFiniteSeries } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { logGamma } from '../math/stirling.js';
import { meanAndDeviation } from './sample-moments.js';

/**
 * How fat the tails of returns are: the degrees of freedom of Student's t that make them likeliest, once the law is scaled
 * to their mean and sample variance. Above 2; Infinity where the normal is likelier than any t.
 *
 * Between 2 and Infinity the likelihood is searched over 1 / df.
 *
 * @param returns - at least 4, not all the same
 * @throws DataError where there are too few, one is not finite, or they do not vary
 * @example
 * ```ts
 * fittedDegreesOfFreedom([0.01, -0.01, 0.012, -0.008, 0.07, -0.06, 0.002, 0.001, -0.003, 0.005]); // → 2.23162864
 * ```
 */
export function fittedDegreesOfFreedom(returns: Series): number {
  const who = 'fittedDegreesOfFreedom';
  return degreesOfFreedomOf(who, toFloat64(checkFiniteSeries(who, 'returns', returns, 4)));
}

/** The same, of returns that were checked. */
export function degreesOfFreedomOf(who: string, returns: Float64Array): number {
  const { mean, deviation } = meanAndDeviation(returns);
  if (!(deviation > 0)) throw new DataError('degenerate', `${who}: returns must vary to fit a tail to them`);
  const squares = returns.map((r) => ((r - mean) / deviation) ** 2);
  const likelihood = (inverse: number): number => logLikelihood(squares, 1 / inverse);
  // The best of a coarse grid in 1 / df, then golden section about it.
  let best = 0;
  let most = -Infinity;
  const steps = 40;
  for (let i = 1; i < steps; i++) {
    const found = likelihood((0.5 * i) / steps);
    if (found > most) [best, most] = [i, found];
  }
  let low = (0.5 * (best - 1)) / steps;
  let high = (0.5 * (best + 1)) / steps;
  if (best === 1) low = 1e-7;
  if (best === steps - 1) high = 0.4999999;
  const share = (Math.sqrt(5) - 1) / 2;
  let left = high - share * (high - low);
  let right = low + share * (high - low);
  let [fLeft, fRight] = [likelihood(left), likelihood(right)];
  while (high - low > 1e-10) {
    if (fLeft >= fRight) {
      [high, right, fRight] = [right, left, fLeft];
      left = high - share * (high - low);
      fLeft = likelihood(left);
    } else {
      [low, left, fLeft] = [left, right, fRight];
      right = low + share * (high - low);
      fRight = likelihood(right);
    }
  }
  const inverse = (low + high) / 2;
  // Within rounding of the normal's own likelihood the tails are not fat.
  return inverse < 1e-6 || likelihood(inverse) <= normalLogLikelihood(squares) ? Infinity : 1 / inverse;
}

/** Log-likelihood of standardised returns under a t of variance 1, up to nothing. */
function logLikelihood(squares: Float64Array, df: number): number {
  let logs = 0;
  for (let i = 0; i < squares.length; i++) logs += Math.log1p(squares[i]! / (df - 2));
  const constant = logGamma((df + 1) / 2) - logGamma(df / 2) - Math.log((df - 2) * Math.PI) / 2;
  return squares.length * constant - ((df + 1) / 2) * logs;
}

function normalLogLikelihood(squares: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < squares.length; i++) sum += squares[i]!;
  return -(squares.length * Math.log(2 * Math.PI) + sum) / 2;
}
