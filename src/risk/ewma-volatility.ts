import { checkBetween, checkFinite, checkOptions, checkSeries } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import { open, pack, type Snapshot, unpack } from '../core/snapshot.js';

/** How fast the past is forgotten. */
export interface EwmaVolatilityOptions {
  /** The weight of yesterday's variance, above 0 and below 1; 0.94 of RiskMetrics unless said. */
  readonly decay?: number;
  /** The variance before the first return, per period; the first squared return unless said. */
  readonly initialVariance?: number;
}

/** RiskMetrics Technical Document (1996), for daily returns. */
export const DAILY_DECAY = 0.94;

export function checkDecay(who: string, value: unknown, standard: number): number {
  const decay = checkBetween(who, 'decay', value ?? standard, 0, 1);
  if (decay > 0 && decay < 1) return decay;
  throw new OptionError(`${who}: decay must be above 0 and below 1, received ${decay}`);
}

function checkEwma(who: string, options: EwmaVolatilityOptions): { decay: number; initialVariance: number } {
  checkOptions(who, options, ['decay', 'initialVariance']);
  const { initialVariance } = options;
  const initial = initialVariance === undefined ? NaN : checkFinite(who, 'initialVariance', initialVariance);
  if (initial < 0) {
    throw new OptionError(`${who}: initialVariance must not be negative, received ${initial}`);
  }
  return { decay: checkDecay(who, options.decay, DAILY_DECAY), initialVariance: initial };
}

/** The variance expected of the next return; one that is missing, or too large to square, changes nothing. */
export function ewmaStep(variance: number, decay: number, r: number): number {
  const square = r * r;
  if (square - square !== 0) return variance;
  return Number.isNaN(variance) ? square : decay * variance + (1 - decay) * square;
}

/**
 * The volatility expected of the next return, live, as RiskMetrics forecasts it: an exponentially weighted mean of
 * squared returns, their mean taken for zero. Per period; times √252 it is the volatility of a year of trading days.
 *
 * Source: J.P. Morgan/Reuters (1996), "RiskMetrics Technical Document", 4th ed., section 5.2.
 *
 * @example
 * ```ts
 * const volatility = new EwmaVolatility();
 * volatility.push(0.01); // → 0.01
 * volatility.push(-0.03); // → 0.012165525
 * ```
 */
export class EwmaVolatility implements Estimator<number, number> {
  value: number = NaN;
  private readonly decay: number;
  private readonly initialVariance: number;
  private variance: number;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: EwmaVolatilityOptions = {}) {
    const { decay, initialVariance } = checkEwma('EwmaVolatility', options);
    this.decay = decay;
    this.initialVariance = initialVariance;
    this.variance = initialVariance;
  }

  get ready(): boolean {
    return !Number.isNaN(this.value);
  }

  push(r: number): number {
    this.variance = ewmaStep(this.variance, this.decay, r);
    this.value = Math.sqrt(this.variance);
    return this.value;
  }

  snapshot(): Snapshot {
    const { decay, initialVariance, variance, value } = this;
    const state = {
      decay,
      initialVariance: pack(initialVariance),
      variance: pack(variance),
      value: pack(value),
    };
    return { kind: 'EwmaVolatility', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): EwmaVolatility {
    const { decay, initialVariance, variance, value } = open(snapshot, 'EwmaVolatility', 1);
    const initial = unpack(initialVariance);
    const options = { decay: unpack(decay) };
    const revived = new EwmaVolatility(
      Number.isNaN(initial) ? options : { ...options, initialVariance: initial },
    );
    revived.variance = unpack(variance);
    revived.value = unpack(value);
    return revived;
  }
}

/**
 * The volatility expected of the next return, after each: as long as the returns, per period. See {@link EwmaVolatility}.
 *
 * @throws OptionError where an option is unknown or out of range
 * @example
 * ```ts
 * ewmaVolatility([0.01, -0.03]); // → [0.01, 0.012165525]
 * ewmaVolatility([0.01, -0.03], { decay: 0.5, initialVariance: 0.0001 }); // → [0.01, 0.02236068]
 * ```
 */
export function ewmaVolatility(returns: Series, options: EwmaVolatilityOptions = {}): Float64Array {
  const { decay, initialVariance } = checkEwma('ewmaVolatility', options);
  const values = toFloat64(checkSeries('ewmaVolatility', 'returns', returns));
  const out = new Float64Array(values.length);
  let variance = initialVariance;
  for (let i = 0; i < out.length; i++) {
    variance = ewmaStep(variance, decay, values[i]!);
    out[i] = Math.sqrt(variance);
  }
  return out;
}
