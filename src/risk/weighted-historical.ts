import type { TailDefinition, TailRisk } from './tail-risk.js';

/**
 * The tail of returns that count the less the older they are: weights decay by a factor an observation, and the quantile
 * is the lowest return at which their running sum reaches p.
 *
 * Source: Boudoukh, Richardson & Whitelaw (1998), "The best of both worlds", Risk 11(5).
 */
export function weightedTail(
  returns: Float64Array,
  p: number,
  definition: TailDefinition,
  decay: number,
): TailRisk {
  const { length } = returns;
  const weights = new Float64Array(length);
  let total = 0;
  let weight = 1;
  for (let age = 0; age < length; age++) {
    weights[length - 1 - age] = weight;
    total += weight;
    weight *= decay;
  }
  const order = Uint32Array.from(returns, (_, i) => i).sort((a, b) => returns[a]! - returns[b]!);
  // A sum that falls short of p by rounding alone has reached it.
  const goal = p * total * (1 - length * Number.EPSILON);
  let reached = 0;
  let last = 0;
  for (; last < length - 1; last++) {
    reached += weights[order[last]!]!;
    if (reached >= goal) break;
  }
  const quantile = returns[order[last]!]!;
  let sum = 0;
  let counted = 0;
  for (let k = 0; k < length; k++) {
    const distance = returns[order[k]!]! - quantile;
    if (distance > 0) break;
    sum += weights[order[k]!]! * distance;
    counted += weights[order[k]!]!;
  }
  const mean = quantile + sum / (definition === 'acerbi' ? p * total : counted);
  return { valueAtRisk: 0 - quantile, expectedShortfall: 0 - mean };
}
