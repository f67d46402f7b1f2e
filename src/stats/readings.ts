// What is read off a window's sums. The whole-series and the live forms share these, and so agree bit for bit.

/** What can be read off the moments of one series. */
export type Moment = 'variance' | 'deviation' | 'score';

/** What can be read off the moments of two. */
export type CoMoment = 'covariance' | 'correlation';

/** The sample variance (divisor n − 1) of `count` observations from their sum of squared deviations. */
export function varianceOf(squares: number, count: number): number {
  return squares / (count - 1); // 0 / 0 where there is one
}

/**
 * What is read off the moments of one series. `share` is 1 / (count − 1): the same for every full window, so never divided
 * twice. A flat window has no score: there is nothing to measure by.
 */
export function momentOf(
  moment: Moment,
  distance: number,
  squares: number,
  count: number,
  share: number,
): number {
  if (moment === 'variance') return varianceOf(squares, count);
  const deviation = Math.sqrt(squares * share);
  return moment === 'score' ? finiteOrNaN(distance / deviation) : deviation;
}

/** Pearson's correlation: never beyond ±1; NaN where a side is flat. */
export function correlationOf(products: number, squaresY: number, squaresX: number): number {
  const product = squaresY * squaresX;
  // One root for both wherever their product has all its digits; two cost half as much again as everything else.
  const r =
    product > 1e-280 && product < 1e280
      ? products / Math.sqrt(product)
      : finiteOrNaN(products / (Math.sqrt(squaresY) * Math.sqrt(squaresX)));
  return r > 1 ? 1 : r < -1 ? -1 : r;
}

/** NaN for an infinite quotient, by sums: a branch here would cost more than the division. */
function finiteOrNaN(quotient: number): number {
  return quotient + (quotient - quotient);
}
