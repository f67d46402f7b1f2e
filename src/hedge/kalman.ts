import { checkLegs } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type ColumnsOf, type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { open, packDeep, type Snapshot, unpackDeep, unpackPart } from '../core/snapshot.js';
import { DriftingLine } from './drifting-line.js';
import type { Hedge } from './hedge.js';
import { checkKalman, type KalmanOptions } from './kalman-options.js';

/** A drifting hedge as the filter sees it, the newest observation included. */
export interface KalmanReading extends Hedge {
  /** Standard errors: the roots of the filtered variances. */
  readonly ratioError: number;
  readonly interceptError: number;
  /** y less what was expected of it before it was seen; NaN where it was missing. */
  readonly innovation: number;
  /** The standard deviation of that. */
  readonly innovationDeviation: number;
}

/** A drifting hedge at every observation. */
export interface KalmanColumns extends ColumnsOf<KalmanReading> {
  /** The Gaussian log-likelihood of y; of a diffuse start, given the observations that determine the line. */
  readonly logLikelihood: number;
}

const NOTHING: KalmanReading = Object.freeze({
  ratio: NaN,
  intercept: NaN,
  ratioError: NaN,
  interceptError: NaN,
  innovation: NaN,
  innovationDeviation: NaN,
});

/**
 * A hedge ratio that drifts, followed live by the Kalman filter: constant time and memory a pair.
 *
 * State [ratio, intercept], a random walk with steps of covariance `drift`; y = ratio · x + intercept + noise. The prior is
 * that of the first observation: nothing is added to it before. A y or x that is not finite is not seen, and the line is
 * known less surely after it. The covariance is held in factors that no rounding makes negative.
 *
 * Source: Kalman (1960); Chan (2013), "Algorithmic Trading", chapter 3, for its use on pairs: there the prior is 0 with
 * covariance 0, drift δ / (1 − δ) with δ = 1e-4, and noise 1e-3.
 *
 * @example
 * ```ts
 * const hedge = new KalmanHedge({ drift: 1e-5, noise: 1 });
 * hedge.push({ y: 21, x: 10 }).ratio; // → NaN
 * hedge.push({ y: 25, x: 12 }).ratio; // → 2
 * hedge.push({ y: 24, x: 11 }).innovation; // → 1
 * hedge.value.ratio; // → 1.999905
 * ```
 */
export class KalmanHedge implements Estimator<Pair, KalmanReading> {
  value: KalmanReading = NOTHING;
  private readonly line: DriftingLine;
  private started = false;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(private readonly options: KalmanOptions) {
    const { noise, drift, prior } = checkKalman('KalmanHedge', options);
    this.options = unpackDeep(packDeep(options)) as KalmanOptions;
    this.line = new DriftingLine(noise, drift, prior);
  }

  get ready(): boolean {
    return this.started && this.line.now.known === 2;
  }

  /** The log-likelihood of all that was seen; of a diffuse start, given the pairs that determine the line. */
  get logLikelihood(): number {
    return this.line.now.logLikelihood;
  }

  push({ y, x }: Pair): KalmanReading {
    const {
      line,
      line: { now },
    } = this;
    this.started = true;
    line.push(y, x);
    this.value = {
      ratio: now.ratio,
      intercept: now.intercept,
      ratioError: Math.sqrt(now.ratioVariance),
      interceptError: Math.sqrt(now.d2),
      innovation: now.innovation,
      innovationDeviation: Math.sqrt(now.innovationVariance),
    };
    return this.value;
  }

  snapshot(): Snapshot {
    const { options, started, line, value } = this;
    const state = { options: packDeep(options), started, line: line.save(), value: packDeep(value) };
    return { kind: 'KalmanHedge', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): KalmanHedge {
    const { options, started, line, value } = open(snapshot, 'KalmanHedge', 1);
    const revived = new KalmanHedge(unpackDeep(unpackPart(options)) as KalmanOptions);
    revived.started = started === true;
    revived.line.load(line!);
    revived.value = unpackDeep(unpackPart(value)) as KalmanReading;
    return revived;
  }
}

/**
 * What {@link KalmanHedge} would have shown at each time: columns as long as the input, each knowing only its past.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * const pair = { y: [21, 25, 24, NaN, 27], x: [10, 12, 11, 12, 13] };
 * const { ratio, innovation } = kalmanHedge(pair, { drift: 1e-5, noise: 1 });
 * ratio; // → [NaN, 2, 1.9999051, 1.9999051, 1.8998386]
 * innovation; // → [NaN, NaN, 1, NaN, -0.3337973]
 * ```
 */
export function kalmanHedge(pair: SeriesOf<Pair>, options: KalmanOptions): KalmanColumns {
  const { drift, noise, prior } = checkKalman('kalmanHedge', options);
  const length = checkLegs('kalmanHedge', pair);
  const ys = toFloat64(pair.y);
  const xs = toFloat64(pair.x);
  const line = new DriftingLine(noise, drift, prior);
  const column = (): Float64Array => new Float64Array(length);
  const columns = {
    ratio: column(),
    intercept: column(),
    ratioError: column(),
    interceptError: column(),
    innovation: column(),
    innovationDeviation: column(),
  };
  line.over(ys, xs, columns);
  return { ...columns, logLikelihood: line.now.logLikelihood };
}
