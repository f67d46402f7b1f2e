import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpackPart } from '../core/snapshot.js';
import {
  checkExponential,
  type ExponentialMeanOptions,
  loadExponential,
  saveExponential,
} from './exponential.js';
import { ExponentialWeights } from './exponential-weights.js';
import { MovingCentre } from './moving-centre.js';

/**
 * A mean that forgets, live: each observation weighs 1 − alpha as much as the one after it. A missing observation leaves
 * the reading as it was, while the weights of the earlier ones go on fading, as in pandas.
 *
 * @example
 * ```ts
 * const average = new ExponentialMean({ alpha: 0.5 });
 * average.push(1); // → 1
 * average.push(4); // → 3
 * average.push(NaN); // → 3
 * average.push(3); // → 3
 * ```
 */
export class ExponentialMean implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly weights: ExponentialWeights;
  private readonly centre: MovingCentre = new MovingCentre();

  /** @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range */
  constructor(options: ExponentialMeanOptions) {
    this.weights = new ExponentialWeights(checkExponential('ExponentialMean', options, false));
  }

  push(x: number): number {
    const { weights, centre } = this;
    if (x - x !== 0) {
      weights.skip();
      return this.value;
    }
    weights.step();
    const distance = centre.distance(x);
    if (distance - distance === 0) centre.move(weights.share * distance);
    // The first, or farther from the mean than a double reaches.
    else centre.start(weights.count === 1 ? x : weights.rest * centre.value + weights.share * x);
    return this.read();
  }

  private read(): number {
    this.ready = this.weights.enough;
    if (this.ready) this.value = this.centre.value;
    return this.value;
  }

  snapshot(): Snapshot {
    const { weights, centre } = this;
    const options = saveExponential(weights.options, false);
    return {
      kind: 'ExponentialMean',
      version: 1,
      state: { ...options, weights: weights.save(), centre: centre.save() },
    };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): ExponentialMean {
    const state = open(snapshot, 'ExponentialMean', 1);
    const revived = new ExponentialMean(loadExponential(state, false));
    revived.weights.load(unpackPart(state['weights']));
    revived.centre.load(unpackPart(state['centre']));
    revived.read();
    return revived;
  }
}

/**
 * The exponentially weighted mean up to each observation: same length out, NaN until `minimum` observations were there.
 *
 * Source: the definitions of pandas, `ewm(...).mean()` with weights that fade over missing values.
 *
 * @throws OptionError where not exactly one of alpha, span and halfLife is given, or one is out of range
 * @example
 * ```ts
 * exponentialMean([1, 4, NaN, 3], { alpha: 0.5 }); // → [1, 3, 3, 3]
 * exponentialMean([1, 4, 3], { span: 3, adjust: false }); // → [1, 2.5, 2.75]
 * exponentialMean([0, 1], { halfLife: 1 }); // → [0, 0.6666666666666666]
 * ```
 */
export function exponentialMean(series: Series, options: ExponentialMeanOptions): Float64Array {
  checkExponential('exponentialMean', options, false);
  const values = toFloat64(checkSeries('exponentialMean', 'series', series));
  const average = new ExponentialMean(options);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = average.push(values[i]!);
  return out;
}
