import { checkBoolean, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import {
  type Assets,
  type CovarianceMatrix,
  checkCovariance,
  checkPositiveDefinite,
  cholesky,
  solve,
} from './covariance-matrix.js';
import { shares } from './risk-parity.js';

/** Whether shorts are allowed. */
export interface MinimumVarianceOptions {
  /** Refuses short positions; false unless said. */
  readonly longOnly?: boolean;
}

/**
 * The weights, together 1, whose sum moves least: Σ⁻¹1 / 1'Σ⁻¹1, or the best without shorts.
 *
 * Source: Markowitz (1952); without shorts the active-set method of Lawson & Hanson (1974), chapter 23, on
 * ½ x'Σx − 1'x, whose minimum over x ≥ 0 is in proportion.
 *
 * @throws OptionError where an option is unknown; DataError where the covariance is not positive definite
 * @example
 * ```ts
 * minimumVariance([[0.04, 0.018], [0.018, 0.01]]); // → [-0.571428571, 1.571428571]
 * minimumVariance([[0.04, 0.018], [0.018, 0.01]], { longOnly: true }); // → [0, 1]
 * ```
 */
export function minimumVariance(
  covariance: CovarianceMatrix,
  options: MinimumVarianceOptions = {},
): Float64Array {
  checkOptions('minimumVariance', options, ['longOnly']);
  const longOnly = checkBoolean('minimumVariance', 'longOnly', options.longOnly ?? false);
  const assets = checkCovariance('minimumVariance', covariance);
  const lower = checkPositiveDefinite('minimumVariance', assets);
  // In units of its own deviation, an asset wants 1 / deviation; scaled so that the largest is 1.
  const least = assets.deviations.reduce((a, b) => Math.min(a, b));
  const wanted = assets.deviations.map((deviation) => least / deviation);
  const x = longOnly ? nonNegative(assets, wanted) : solve(lower, wanted);
  return shares(x.map((value, i) => value * wanted[i]!));
}

/** The minimum of ½ x'Cx − b'x over x ≥ 0: assets enter the set held one by one, and leave when they would go short. */
function nonNegative({ correlation, count }: Assets, b: Float64Array): Float64Array {
  let x: Float64Array = new Float64Array(count);
  const held = new Set<number>();
  for (let rounds = 0; rounds < 10 * count + 10; rounds++) {
    let best = -1;
    let most = 1e-13;
    for (let i = 0; i < count; i++) {
      if (held.has(i)) continue;
      let pull = b[i]!;
      for (let j = 0; j < count; j++) pull -= correlation[i * count + j]! * x[j]!;
      if (pull > most) [best, most] = [i, pull];
    }
    if (best < 0) return x;
    held.add(best);
    for (let z = among(correlation, count, b, held); ; z = among(correlation, count, b, held)) {
      const short = [...held].filter((i) => z[i]! <= 0);
      if (short.length === 0) {
        x = z;
        break;
      }
      const way = short.reduce((least, i) => Math.min(least, x[i]! / (x[i]! - z[i]!)), 1);
      x = x.map((value, i) => value + way * (z[i]! - value));
      for (const i of short) {
        if (x[i]! > 1e-15) continue;
        held.delete(i);
        x[i] = 0;
      }
    }
  }
  throw new DataError(
    'degenerate',
    'minimumVariance: covariance is too near to singular to settle on weights',
  );
}

/** The solution with only some assets held. */
function among(correlation: Float64Array, count: number, b: Float64Array, held: Set<number>): Float64Array {
  const at = [...held];
  const part = new Float64Array(at.length * at.length);
  at.forEach((i, row) => {
    at.forEach((j, column) => {
      part[row * at.length + column] = correlation[i * count + j]!;
    });
  });
  const found = solve(
    cholesky(part, at.length)!,
    Float64Array.from(at, (i) => b[i]!),
  );
  const x = new Float64Array(count);
  at.forEach((i, row) => {
    x[i] = found[row]!;
  });
  return x;
}
