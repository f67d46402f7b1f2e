import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpackPart } from '../core/snapshot.js';
import {
  checkExponential,
  type ExponentialOptions,
  loadExponential,
  saveExponential,
} from './exponential.js';
import { ExponentialMoments } from './exponential-moments.js';

/**
 * The exponentially weighted variance, live: never negative, exactly 0 on a flat tape. A missing observation
 * leaves the reading as it was, while the weights of the earlier ones go on fading, as in pandas; one beyond ±1e150,
 * whose square is no finite number, counts as missing.
 *
 * @example
 * ```ts
 * const spread = new ExponentialVariance({ alpha: 0.5 });
 * [1, 3, 3].map((x) => spread.push(x)); // → [NaN, 2, 0.857142857142857]
 * ```
 */
export class ExponentialVariance implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly moments: ExponentialMoments;

  /** @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range */
  constructor(options: ExponentialOptions) {
    this.moments = new ExponentialMoments(checkExponential('ExponentialVariance', options, true));
  }

  push(x: number): number {
    this.moments.push(x);
    return this.read();
  }

  private read(): number {
    const { weights } = this.moments;
    this.value = this.moments.variance();
    this.ready = weights.enough && (weights.options.bias || weights.count > 1);
    return this.value;
  }

  snapshot(): Snapshot {
    const { moments } = this;
    const options = saveExponential(moments.weights.options, true);
    return { kind: 'ExponentialVariance', version: 1, state: { ...options, moments: moments.save() } };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): ExponentialVariance {
    const state = open(snapshot, 'ExponentialVariance', 1);
    const revived = new ExponentialVariance(loadExponential(state, true));
    revived.moments.load(unpackPart(state['moments']));
    revived.read();
    return revived;
  }
}

/**
 * The exponentially weighted variance up to each observation: same length out, NaN until `minimum` observations
 * were there, and below two unless the bias is left in.
 *
 * Source: the definitions of pandas, `ewm(...).var()` with weights that fade over missing values.
 *
 * @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range
 * @example
 * ```ts
 * exponentialVariance([1, 3, 3], { alpha: 0.5 }); // → [NaN, 2, 0.857142857142857]
 * exponentialVariance([1, 3], { alpha: 0.5, adjust: false, bias: true }); // → [0, 1]
 * ```
 */
export function exponentialVariance(series: Series, options: ExponentialOptions): Float64Array {
  const moments = new ExponentialMoments(checkExponential('exponentialVariance', options, true));
  const values = toFloat64(checkSeries('exponentialVariance', 'series', series));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    moments.push(values[i]!);
    out[i] = moments.variance();
  }
  return out;
}
