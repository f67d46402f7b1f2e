import { checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { checkConfidence, tailProbability } from './confidence.js';
import { type StandardTail, studentTTail } from './parametric.js';
import { checkLaw, checkPortfolio, type LawOptions, type Portfolio } from './portfolio.js';
import type { TailRisk } from './tail-risk.js';

export interface ComponentOptions extends LawOptions {
  /** 0.99, not 0.01. */
  readonly confidence: number;
}

/** Where the risk of a portfolio comes from, in the units of its positions; one entry an asset. */
export interface ComponentValueAtRisk extends TailRisk {
  /** What one unit more of the asset adds to the value at risk, at the margin. */
  readonly marginal: Float64Array;
  /** The asset's part of the value at risk, position times marginal: these sum to it. */
  readonly component: Float64Array;
  /** The same as shares of the value at risk: these sum to 1. */
  readonly share: Float64Array;
  /** The asset's part of the expected shortfall: these sum to it. */
  readonly shortfallComponent: Float64Array;
  /** How much lower the value at risk were without the asset; negative for a hedge. These need not sum to anything. */
  readonly incremental: Float64Array;
}

/**
 * The value at risk of a portfolio of normal, or Student's t, returns taken apart into what each asset contributes: marginal,
 * component (they sum to the whole, by Euler's theorem) and incremental.
 *
 * Sources: Garman (1996), "Improving on VaR", Risk 9(5); Jorion (2007), "Value at Risk", 3rd ed., chapter 7; Tasche (1999).
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where parts do not fit or hold a number that is not finite, covariances are not positive semidefinite, or the
 * portfolio has no volatility to take apart
 * @example
 * ```ts
 * // Jorion (2007), chapter 7: two currencies of 5 % and 12 % volatility without correlation.
 * const portfolio = { positions: [2, 1], covariance: [[0.0025, 0], [0, 0.0144]] };
 * const { valueAtRisk, component } = componentValueAtRisk(portfolio, { confidence: 0.95 });
 * valueAtRisk; // → 0.25693435013623
 * component; // → [0.105300963170587, 0.151633386965645]
 * ```
 */
export function componentValueAtRisk(portfolio: Portfolio, options: ComponentOptions): ComponentValueAtRisk {
  const who = 'componentValueAtRisk';
  checkOptions(who, options, ['confidence', 'distribution', 'degreesOfFreedom']);
  const p = tailProbability(checkConfidence(who, options.confidence));
  const tail = studentTTail(p, checkLaw(who, options));
  const { positions, covariance, means, size } = checkPortfolio(who, portfolio);
  const shared = new Float64Array(size);
  let variance = 0;
  let expected = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += covariance[i * size + j]! * positions[j]!;
    shared[i] = sum;
    variance += positions[i]! * sum;
    expected += positions[i]! * means[i]!;
  }
  const gross = positions.reduce((total, w, i) => total + w * w * covariance[i * size + i]!, 0);
  if (!(variance > 1e-15 * gross)) {
    throw new DataError('degenerate', `${who}: a portfolio without volatility has no risk to take apart`);
  }
  const deviation = Math.sqrt(variance);
  const valueAtRisk = -expected - tail.quantile * deviation;
  const expectedShortfall = -expected - tail.mean * deviation;
  const per = (weight: number): Float64Array =>
    shared.map((own, i) => -means[i]! - (weight * own) / deviation);
  const marginal = per(tail.quantile);
  const component = marginal.map((slope, i) => positions[i]! * slope);
  return {
    valueAtRisk,
    expectedShortfall,
    marginal,
    component,
    share: component.map((part) => part / valueAtRisk),
    shortfallComponent: per(tail.mean).map((slope, i) => positions[i]! * slope),
    incremental: positions.map((w, i) => {
      const rest = variance - 2 * w * shared[i]! + w * w * covariance[i * size + i]!;
      return valueAtRisk - without(expected - w * means[i]!, rest, tail);
    }),
  };
}

/** Value at risk of what is left; rounding may bring its variance below 0. */
function without(expected: number, variance: number, tail: StandardTail): number {
  return -expected - tail.quantile * Math.sqrt(Math.max(variance, 0));
}
