import { checkBetween, checkFinite, checkFiniteSeries, checkOptions, checkPositive } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { type CovarianceMatrix, checkCovariance, checkPositiveDefinite, solve } from './covariance-matrix.js';
import { measured } from './volatility-target.js';

/** How much of the answer to take. */
export interface KellyOptions {
  /** Share of the full answer: 0.5 is half Kelly, with three quarters of the growth and half the risk. 1 unless said. */
  readonly fraction?: number;
  /** The largest size: of one bet, or of |weights| together, which are then scaled down alike. None unless said. */
  readonly cap?: number;
}

/** A bet won with some probability, else lost. */
export interface KellyBet {
  readonly probability: number;
  /** Won on each unit staked: 1 is even money. */
  readonly win: number;
  /** Lost on each unit staked; 1, all of it, unless said. */
  readonly loss?: number;
}

/** An asset that drifts and diffuses. */
export interface KellyAsset {
  /** Expected return, per year, decimal, arithmetic: of dS/S. */
  readonly drift: number;
  readonly volatility: number;
  /** Per year; 0 unless said. */
  readonly riskFreeRate?: number;
}

/** Several such assets. */
export interface KellyAssets {
  /** One expected return an asset, over the same time as the covariance. */
  readonly drifts: Series;
  readonly covariance: CovarianceMatrix;
  readonly riskFreeRate?: number;
}

/**
 * The share of capital that makes it grow fastest. A bet: p / loss − (1 − p) / win, and 0 rather than a bet against
 * oneself. An asset: (drift − rate) / volatility², negative where it is best sold. Several assets: Σ⁻¹ (drifts − rate).
 *
 * Source: Kelly (1956); Thorp (2006), "The Kelly criterion in blackjack, sports betting, and the stock market", §7 and §8.
 *
 * @throws OptionError where an option is out of range; DataError where a volatility is zero or none, or the covariance
 * not positive definite
 * @example
 * ```ts
 * kelly({ probability: 0.53, win: 1 }); // → 0.06
 * kelly({ probability: 0.4, win: 1 }); // → 0
 * kelly({ drift: 0.11, volatility: 0.15, riskFreeRate: 0.06 }, { fraction: 0.5 }); // → 1.111111
 * kelly({ drifts: [0.1, 0.05], covariance: [[0.04, 0], [0, 0.01]] }); // → [2.5, 5]
 * ```
 */
export function kelly(bet: KellyBet | KellyAsset, options?: KellyOptions): number;
export function kelly(assets: KellyAssets, options?: KellyOptions): Float64Array;
export function kelly(
  bet: KellyBet | KellyAsset | KellyAssets,
  options: KellyOptions = {},
): number | Float64Array {
  checkOptions('kelly', options, ['fraction', 'cap']);
  const fraction = checkBetween('kelly', 'fraction', options.fraction ?? 1, 0, 1);
  const cap = options.cap === undefined ? Infinity : checkPositive('kelly', 'cap', options.cap);
  if (typeof bet !== 'object' || bet === null) {
    throw new OptionError(`kelly: needs a bet, an asset or several assets, received ${String(bet)}`);
  }
  if ('drifts' in bet) return limited(assetWeights(bet), fraction, cap);
  return limited(Float64Array.of('drift' in bet ? assetSize(bet) : betSize(bet)), fraction, cap)[0]!;
}

/** A share of the weights, scaled down alike where together they are more than the cap. */
function limited(weights: Float64Array, fraction: number, cap: number): Float64Array {
  const gross = weights.reduce((total, weight) => total + Math.abs(weight), 0) * fraction;
  if (!Number.isFinite(gross)) throw new DataError('not-finite', 'kelly: the size is beyond all numbers');
  const scale = gross > cap ? (fraction * cap) / gross : fraction;
  return weights.map((weight) => weight * scale);
}

function betSize(bet: KellyBet): number {
  checkOptions('kelly', bet, ['probability', 'win', 'loss']);
  const probability = checkBetween('kelly', 'probability', bet.probability, 0, 1);
  const win = checkPositive('kelly', 'win', bet.win);
  const loss = checkPositive('kelly', 'loss', bet.loss ?? 1);
  // One division of the edge: exact cancellation where the odds are fair.
  return Math.max(0, (probability * win - (1 - probability) * loss) / (win * loss));
}

function assetSize(asset: KellyAsset): number {
  checkOptions('kelly', asset, ['drift', 'volatility', 'riskFreeRate']);
  const drift = checkDrift('drift', asset.drift);
  const rate = checkFinite('kelly', 'riskFreeRate', asset.riskFreeRate ?? 0);
  const volatility = measured('kelly', 'volatility', asset.volatility);
  return (drift - rate) / volatility / volatility;
}

function checkDrift(name: string, drift: number): number {
  if (Number.isFinite(drift)) return drift;
  throw new DataError('not-finite', `kelly: ${name} must be a finite number, received ${String(drift)}`);
}

function assetWeights(several: KellyAssets): Float64Array {
  checkOptions('kelly', several, ['drifts', 'covariance', 'riskFreeRate']);
  const drifts = checkFiniteSeries('kelly', 'drifts', several.drifts, 1);
  const rate = checkFinite('kelly', 'riskFreeRate', several.riskFreeRate ?? 0);
  const assets = checkCovariance('kelly', several.covariance);
  const { count, deviations } = assets;
  if (drifts.length !== count) {
    throw new DataError('uneven', `kelly: needs a drift an asset, received ${drifts.length} for ${count}`);
  }
  const lower = checkPositiveDefinite('kelly', assets);
  const sharpe = Float64Array.from(deviations, (deviation, i) => (drifts[i]! - rate) / deviation);
  return solve(lower, sharpe).map((weight, i) => weight / deviations[i]!);
}
