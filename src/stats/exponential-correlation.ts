import { checkLegs } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpackPart } from '../core/snapshot.js';
import {
  checkExponential,
  type ExponentialMeanOptions,
  loadExponential,
  saveExponential,
} from './exponential.js';
import { ExponentialCoMoments } from './exponential-co-moments.js';

/**
 * The exponentially weighted correlation of two legs, live: never beyond ±1, NaN while a side is flat. A pair with a side missing leaves the reading as it was,
 * while the weights of the earlier ones go on fading, as in pandas; a side beyond ±1e150, whose square is no finite
 * number, counts as missing.
 *
 * @example
 * ```ts
 * const joint = new ExponentialCorrelation({ alpha: 0.5 });
 * joint.push({ y: 1, x: 1 }); // → NaN
 * joint.push({ y: 3, x: 2 }); // → 1
 * ```
 */
export class ExponentialCorrelation implements Estimator<Pair, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly moments: ExponentialCoMoments;

  /** @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range */
  constructor(options: ExponentialMeanOptions) {
    this.moments = new ExponentialCoMoments(checkExponential('ExponentialCorrelation', options, false));
  }

  push({ y, x }: Pair): number {
    this.moments.push(y, x);
    return this.read();
  }

  private read(): number {
    const { weights } = this.moments;
    this.value = this.moments.correlation();
    this.ready = weights.enough && weights.count > 1;
    return this.value;
  }

  snapshot(): Snapshot {
    const { moments } = this;
    const options = saveExponential(moments.weights.options, false);
    return { kind: 'ExponentialCorrelation', version: 1, state: { ...options, moments: moments.save() } };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): ExponentialCorrelation {
    const state = open(snapshot, 'ExponentialCorrelation', 1);
    const revived = new ExponentialCorrelation(loadExponential(state, false));
    revived.moments.load(unpackPart(state['moments']));
    revived.read();
    return revived;
  }
}

/**
 * The exponentially weighted correlation of two legs up to each pair: same length out, NaN until `minimum` pairs were
 * there, below two, and while a side is flat.
 *
 * Source: the definitions of pandas, `ewm(...).corr()` with weights that fade over missing values.
 *
 * @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * exponentialCorrelation({ y: [1, 3, 3], x: [1, 2, 4] }, { alpha: 0.5 }); // → [NaN, 1, 0.683130051063973]
 * ```
 */
export function exponentialCorrelation(pair: SeriesOf<Pair>, options: ExponentialMeanOptions): Float64Array {
  const moments = new ExponentialCoMoments(checkExponential('exponentialCorrelation', options, false));
  checkLegs('exponentialCorrelation', pair);
  const [ys, xs] = [toFloat64(pair.y), toFloat64(pair.x)];
  const out = new Float64Array(ys.length);
  for (let i = 0; i < out.length; i++) {
    moments.push(ys[i]!, xs[i]!);
    out[i] = moments.correlation();
  }
  return out;
}
