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
 * The exponentially weighted standard deviation, live: never negative, exactly 0 on a flat tape. A missing observation
 * leaves the reading as it was, while the weights of the earlier ones go on fading, as in pandas; one beyond ±1e150,
 * whose square is no finite number, counts as missing.
 *
 * @example
 * ```ts
 * const spread = new ExponentialStandardDeviation({ alpha: 0.5 });
 * [1, 3, 3].map((x) => spread.push(x)); // → [NaN, 1.4142135623730951, 0.9258200997725514]
 * ```
 */
export class ExponentialStandardDeviation implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly moments: ExponentialMoments;

  /** @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range */
  constructor(options: ExponentialOptions) {
    this.moments = new ExponentialMoments(checkExponential('ExponentialStandardDeviation', options, true));
  }

  push(x: number): number {
    this.moments.push(x);
    return this.read();
  }

  private read(): number {
    const { weights } = this.moments;
    this.value = Math.sqrt(this.moments.variance());
    this.ready = weights.enough && (weights.options.bias || weights.count > 1);
    return this.value;
  }

  snapshot(): Snapshot {
    const { moments } = this;
    const options = saveExponential(moments.weights.options, true);
    return {
      kind: 'ExponentialStandardDeviation',
      version: 1,
      state: { ...options, moments: moments.save() },
    };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): ExponentialStandardDeviation {
    const state = open(snapshot, 'ExponentialStandardDeviation', 1);
    const revived = new ExponentialStandardDeviation(loadExponential(state, true));
    revived.moments.load(unpackPart(state['moments']));
    revived.read();
    return revived;
  }
}

/**
 * The exponentially weighted standard deviation up to each observation: same length out, NaN until `minimum` observations
 * were there, and below two unless the bias is left in.
 *
 * Source: the definitions of pandas, `ewm(...).std()` with weights that fade over missing values.
 *
 * @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range
 * @example
 * ```ts
 * exponentialStandardDeviation([1, 3, 3], { alpha: 0.5 }); // → [NaN, 1.4142135623730951, 0.9258200997725514]
 * exponentialStandardDeviation([1, 3], { alpha: 0.5, adjust: false, bias: true }); // → [0, 1]
 * ```
 */
export function exponentialStandardDeviation(series: Series, options: ExponentialOptions): Float64Array {
  const moments = new ExponentialMoments(checkExponential('exponentialStandardDeviation', options, true));
  const values = toFloat64(checkSeries('exponentialStandardDeviation', 'series', series));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    moments.push(values[i]!);
    out[i] = Math.sqrt(moments.variance());
  }
  return out;
}
