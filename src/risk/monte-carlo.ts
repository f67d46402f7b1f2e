import { checkFiniteSeries, checkInteger, checkOptions, checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { NormalSource } from '../math/normal-source.js';
import { select } from '../math/order.js';
import { checkConfidence, placeOf, tailProbability } from './confidence.js';
import { historicalTail } from './historical.js';
import type { SquareMatrix } from './matrix.js';
import { type CheckedMarket, checkLaw, checkMarket, type LawOptions } from './portfolio.js';
import { roomFor } from './room-for.js';
import type { TailRisk } from './tail-risk.js';

/** Paths that are drawn from one stream of random numbers. */
const BLOCK = 1024;

/** Assets that move together, and what a portfolio of them gains when they do. */
export interface SimulatedPortfolio {
  /** What each asset is worth; or else `profit`. */
  readonly positions?: Series;
  /** The gain from the assets' returns, for what is not linear in them. It must not keep the array. */
  readonly profit?: (returns: Float64Array) => number;
  readonly covariance: SquareMatrix;
  readonly means?: Series;
}

export interface MonteCarloLossesOptions extends LawOptions {
  /** How many futures are drawn. */
  readonly paths: number;
  /** A safe integer: the same seed gives the same losses. */
  readonly seed: number;
  /** The first path, a multiple of 1024, where several threads share the work; 0 unless said. */
  readonly first?: number;
}

export interface MonteCarloOptions extends LawOptions {
  /** 0.99, not 0.01. */
  readonly confidence: number;
  readonly paths: number;
  readonly seed: number;
}

/** A tail that was drawn, and how far the draw may be off. */
export interface MonteCarloTail extends TailRisk {
  /** The standard error of the value at risk, from the order statistics around it. */
  readonly error: number;
}

/**
 * What a portfolio loses on paths drawn from the joint law of its assets, in order of paths: losses are positive.
 *
 * Correlated normal returns, or multivariate Student's t scaled to the covariances. Random numbers are drawn anew for each
 * block of 1,024 paths from the seed and the place of the block: `first` draws any later part, and parts drawn
 * on several threads are, end to end, what one thread draws.
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where parts of the portfolio do not fit or hold a number that is not finite, or covariances are not
 * positive semidefinite
 * @example
 * ```ts
 * const portfolio = { positions: [100, -50], covariance: [[0.0004, 0.0001], [0.0001, 0.0009]] };
 * const all = monteCarloLosses(portfolio, { paths: 3000, seed: 7 });
 * const rest = monteCarloLosses(portfolio, { paths: 952, seed: 7, first: 2048 });
 * all[2048] === rest[0]; // → true
 * ```
 */
export function monteCarloLosses(
  portfolio: SimulatedPortfolio,
  options: MonteCarloLossesOptions,
): Float64Array {
  const who = 'monteCarloLosses';
  checkOptions(who, options, ['paths', 'seed', 'first', 'distribution', 'degreesOfFreedom']);
  const first = checkInteger(who, 'first', options.first ?? 0, 0);
  if (first % BLOCK !== 0) {
    throw new OptionError(`${who}: first must be a multiple of ${BLOCK}, received ${first}`);
  }
  return drawLosses(who, portfolio, options, first / BLOCK);
}

function drawLosses(
  who: string,
  portfolio: SimulatedPortfolio,
  options: Omit<MonteCarloLossesOptions, 'first'>,
  firstBlock: number,
): Float64Array {
  const paths = checkInteger(who, 'paths', options.paths);
  if (!Number.isSafeInteger(options.seed)) {
    throw new OptionError(`${who}: seed must be a safe integer, received ${options.seed}`);
  }
  const df = checkLaw(who, options);
  checkOptions(who, checkRecord(who, 'portfolio', portfolio), ['positions', 'profit', 'covariance', 'means']);
  const { positions, profit } = portfolio;
  if ((positions === undefined) === (profit === undefined)) {
    throw new OptionError(`${who}: a portfolio has either positions or profit`);
  }
  if (profit !== undefined && typeof profit !== 'function') {
    throw new OptionError(`${who}: profit must be a function of returns, received ${typeof profit}`);
  }
  const market = checkMarket(who, portfolio, positions?.length);
  const { size } = market;
  const lossOf = positions
    ? linear(toFloat64(checkFiniteSeries(who, 'positions', positions, 1)), market)
    : general(profit!, market);
  const losses = roomFor(who, 'paths', paths);
  const normals = new Float64Array(BLOCK * size);
  for (let from = 0, block = firstBlock; from < paths; from += BLOCK, block++) {
    const count = Math.min(BLOCK, paths - from);
    const source = new NormalSource(options.seed, block);
    source.fill(normals, 0, count * size);
    lossOf(normals, count, df, source, losses, from);
    checkLosses(who, losses, from, from + count);
  }
  return losses;
}

/** A decision may not rest on a path whose profit is no number. */
function checkLosses(who: string, losses: Float64Array, from: number, to: number): void {
  for (let path = from; path < to; path++) {
    if (Number.isFinite(losses[path])) continue;
    throw new DataError(
      'not-finite',
      `${who}: profit must be a finite number, received ${-losses[path]!} on path ${path}`,
    );
  }
}

type BlockOfLosses = (
  normals: Float64Array,
  count: number,
  df: number,
  source: NormalSource,
  losses: Float64Array,
  from: number,
) => void;

/** Of a variance of 1: how much wilder this path is than a normal one. */
function wildness(df: number, source: NormalSource): number {
  return Math.sqrt((df - 2) / source.chiSquared(df));
}

/** positions · (means + L z) = positions · means + (Lᵀ positions) · z: one product a number. */
function linear(positions: Float64Array, { size, factor, means }: CheckedMarket): BlockOfLosses {
  const loads = new Float64Array(size);
  let expected = 0;
  for (let i = 0; i < size; i++) {
    expected += positions[i]! * means[i]!;
    for (let j = 0; j <= i; j++) loads[j] = loads[j]! + positions[i]! * factor[i * size + j]!;
  }
  return (normals, count, df, source, losses, from) => {
    for (let path = 0, at = 0; path < count; path++) {
      // Two sums, so that one need not wait for the other.
      let sum = 0;
      let other = 0;
      let j = 0;
      for (; j + 1 < size; j += 2, at += 2) {
        sum += loads[j]! * normals[at]!;
        other += loads[j + 1]! * normals[at + 1]!;
      }
      if (j < size) sum += loads[j]! * normals[at++]!;
      sum += other;
      losses[from + path] = -(expected + (df === Infinity ? sum : sum * wildness(df, source)));
    }
  };
}

function general(
  profit: (returns: Float64Array) => number,
  { size, factor, means }: CheckedMarket,
): BlockOfLosses {
  const returns = new Float64Array(size);
  return (normals, count, df, source, losses, from) => {
    for (let path = 0; path < count; path++) {
      const wild = df === Infinity ? 1 : wildness(df, source);
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += factor[i * size + j]! * normals[path * size + j]!;
        returns[i] = means[i]! + wild * sum;
      }
      losses[from + path] = -profit(returns);
    }
  };
}

/**
 * Value at risk and expected shortfall of a portfolio from paths drawn at random, in the units of its positions. See
 * {@link monteCarloLosses} for the law and for sharing the work.
 *
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where parts of the portfolio do not fit, or covariances are not positive semidefinite
 * @example
 * ```ts
 * const covariance = [[0.0004, 0.0001], [0.0001, 0.0009]];
 * const { valueAtRisk: drawn, error } = monteCarloValueAtRisk(
 *   { positions: [100, -50], covariance },
 *   { confidence: 0.99, paths: 100_000, seed: 1 },
 * );
 * const { valueAtRisk: exact } = componentValueAtRisk({ positions: [100, -50], covariance }, { confidence: 0.99 });
 * Math.abs(drawn - exact) < 4 * error; // → true
 * ```
 */
export function monteCarloValueAtRisk(
  portfolio: SimulatedPortfolio,
  options: MonteCarloOptions,
): MonteCarloTail {
  const who = 'monteCarloValueAtRisk';
  checkOptions(who, options, ['confidence', 'paths', 'seed', 'distribution', 'degreesOfFreedom']);
  const p = tailProbability(checkConfidence(who, options.confidence));
  const gains = drawLosses(who, portfolio, options, 0);
  for (let i = 0; i < gains.length; i++) gains[i] = -gains[i]!;
  const tail = historicalTail(who, gains, p, 'tail-mean');
  const last = gains.length - 1;
  const place = placeOf(last, p);
  const reach = Math.sqrt(gains.length * p * (1 - p));
  const high = select(gains, Math.min(last, Math.ceil(place + reach)));
  const low = select(gains, Math.max(0, Math.floor(place - reach)));
  return { ...tail, error: (high - low) / 2 };
}
