// What is read off a window's sums. The whole-series and the live forms share these, and so agree bit for bit.

/** What can be read off the moments of one series. */
export type Moment = 'variance' | 'deviation' | 'score';

/** What can be read off the moments of two. */
export type CoMoment = 'covariance' | 'correlation';

/** The sample variance (divisor n − 1) of `count` observations from their sum of squared deviations. */
export function varianceOf(squares: number, count: number): number {
  return count > 1 ? squares / (count - 1) : NaN;
}

/** The sample standard deviation, from `share` = 1 / (count − 1): the same for every full window, so never divided twice. */
export function deviationOf(squares: number, share: number): number {
  return Math.sqrt(squares * share);
}

/** Standard deviations from the mean; NaN on a flat window, where there is nothing to measure by. */
export function scoreOf(distance: number, deviation: number): number {
  const score = distance / deviation;
  return score + (score - score); // an infinite one is NaN too; a branch would cost more than the division
}

/** Pearson's correlation: never beyond ±1; NaN where a side is flat. */
export function correlationOf(products: number, squaresY: number, squaresX: number): number {
  const product = squaresY * squaresX;
  // One root, where the product is well inside the range of a double.
  const scale =
    product > 1e-280 && product < 1e280 ? Math.sqrt(product) : Math.sqrt(squaresY) * Math.sqrt(squaresX);
  if (!(scale > 0)) return NaN;
  const r = products / scale;
  return r > 1 ? 1 : r < -1 ? -1 : r;
}
