import { checkLegs } from '../core/checks.js';
import type { Pair, Series, SeriesOf } from '../core/series.js';
import { sum } from '../math/sum.js';
import { mean } from './mean.js';

/** What covariance, correlation and a line through two legs are made of. */
export interface CoMoments {
  readonly count: number;
  readonly meanY: number;
  readonly meanX: number;
  readonly squaresY: number;
  readonly squaresX: number;
  readonly products: number;
}

/** Sums of squares and products about the means of two whole legs, in two passes. */
export function coMoments(who: string, pair: SeriesOf<Pair>): CoMoments {
  const count = checkLegs(who, pair);
  const { y, x } = pair;
  const meanY = mean(y);
  const meanX = mean(x);
  const dy = distances(y, meanY);
  const dx = distances(x, meanX);
  const restY = sum(dy);
  const restX = sum(dx);
  // The means are rounded; what that leaves in the sums is taken out. Chan, Golub & LeVeque (1983), eq. 1.7
  const about = (a: Float64Array, b: Float64Array, restA: number, restB: number): number =>
    sum(a.map((distance, i) => distance * b[i]!)) - (restA * restB) / count;
  return {
    count,
    meanY,
    meanX,
    squaresY: Math.max(about(dy, dy, restY, restY), 0),
    squaresX: Math.max(about(dx, dx, restX, restX), 0),
    products: about(dy, dx, restY, restX),
  };
}

function distances(series: Series, from: number): Float64Array {
  return Float64Array.from(series, (value) => value - from);
}
