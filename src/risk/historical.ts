import { between } from '../math/quantile.js';
import { placeOf } from './confidence.js';
import { lowest } from './lowest.js';
import type { TailDefinition, TailRisk } from './tail-risk.js';

/** The tail of the returns as they were: the type 7 quantile at (n − 1) p, and the mean beyond it. */
export function historicalTail(
  who: string,
  returns: Float64Array,
  p: number,
  definition: TailDefinition,
): TailRisk {
  const { length } = returns;
  const place = placeOf(length - 1, p);
  const below = Math.floor(place);
  // The order statistics on either side of the place are the two greatest of these.
  const tail = lowest(who, returns, Math.min(length, below + 2));
  const high = tail[tail.length - 1]!;
  const low = tail.length > 1 ? secondGreatest(tail) : high;
  const quantile = place === below ? low : between(low, high, place - below);
  const mean =
    definition === 'acerbi'
      ? fractionalMean(tail, low, placeOf(length, p))
      : meanUpTo(returns, tail, quantile);
  return { valueAtRisk: 0 - quantile, expectedShortfall: 0 - mean };
}

/** The greatest but for the last, which is the greatest of all. */
function secondGreatest(tail: Float64Array): number {
  let second = -Infinity;
  for (let i = 0; i < tail.length - 1; i++) if (tail[i]! > second) second = tail[i]!;
  return second;
}

/**
 * The mean of all returns no more than the quantile: by distances from it, so that it never exceeds it. The tail leaves
 * none of them out, unless its greatest is the quantile: others may tie with it.
 */
function meanUpTo(returns: Float64Array, tail: Float64Array, quantile: number): number {
  const isTied = quantile === tail[tail.length - 1];
  let count = isTied ? timesIn(returns, quantile) : 0;
  let sum = 0;
  for (let i = 0; i < tail.length; i++) {
    const distance = tail[i]! - quantile;
    if (distance > 0 || (isTied && distance === 0)) continue;
    sum += distance;
    count++;
  }
  return quantile + sum / count;
}

function timesIn(returns: Float64Array, value: number): number {
  let times = 0;
  for (let i = 0; i < returns.length; i++) times += Number(returns[i] === value);
  return times;
}

/**
 * The mean of the `mass` lowest, the last of them by its fraction. Acerbi & Tasche (2002), definition 2.6. The tail holds
 * as many as the mass, rounded up, or one more; its greatest stands last, `second` is the greatest of the rest.
 */
function fractionalMean(tail: Float64Array, second: number, mass: number): number {
  const needsAll = Math.ceil(mass) >= tail.length;
  const last = needsAll ? tail[tail.length - 1]! : second;
  let sum = 0;
  for (let i = 0; i < tail.length - 1; i++) sum += tail[i]! - last;
  return mass <= 1 ? last + sum : last + sum / mass;
}
