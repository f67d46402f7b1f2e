import { checkBetween, checkOptions, checkSeries, checkWindow } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { asNumber, type Series, toFloat64 } from '../core/series.js';
import { open, packAll, type Snapshot, unpack, unpackAll, unpackPart } from '../core/snapshot.js';
import { quantileInPlace } from '../math/quantile.js';
import { checkRolling, type RollingOptions, shortened } from './rolling.js';
import { SlidingRanks } from './sliding-ranks.js';

/** How far rolling quantiles look back, and which ones they are. */
export interface RollingQuantilesOptions extends RollingOptions {
  /** The shares of the window below each quantile, each from 0 to 1, in any order. */
  readonly probabilities: Series;
}

function checkProbabilities(who: string, probabilities: Series): Float64Array {
  if (typeof probabilities !== 'object' || probabilities === null || !(probabilities.length > 0)) {
    throw new OptionError(`${who}: probabilities must be an array of at least one number`);
  }
  return Float64Array.from(probabilities, (p, i) => checkBetween(who, `probabilities[${i}]`, p, 0, 1));
}

function checkQuantiles(
  who: string,
  options: RollingQuantilesOptions,
): Required<RollingOptions> & { readonly probabilities: Float64Array } {
  checkOptions(who, options, ['window', 'minimum', 'probabilities']);
  const { probabilities, ...rolling } = options;
  return { ...checkRolling(who, rolling), probabilities: checkProbabilities(who, probabilities) };
}

/**
 * Several quantiles of a series at once, in the order asked for: Hyndman & Fan (1996), type 7. NaN for an empty series or
 * one that holds a NaN.
 *
 * @throws OptionError where a probability is not from 0 to 1
 * @example
 * ```ts
 * quantiles([4, 1, 3, 2], [0, 0.5, 0.75]); // → [1, 2.5, 3.25]
 * ```
 */
export function quantiles(series: Series, probabilities: Series): Float64Array {
  const checked = checkProbabilities('quantiles', probabilities);
  const values = Float64Array.from(checkSeries('quantiles', 'series', series), asNumber);
  return checked.map((probability) => quantileInPlace(values, probability));
}

/**
 * Several quantiles of the last `window` observations, live, from one ordered window: a fresh array a reading, in the
 * order of the probabilities. Hyndman & Fan (1996), type 7.
 *
 * @example
 * ```ts
 * const range = new RollingQuantiles({ window: 3, probabilities: [0.25, 0.75] });
 * [4, 1, 3].map((x) => range.push(x)); // → [[NaN, NaN], [NaN, NaN], [2, 3.5]]
 * ```
 */
export class RollingQuantiles implements Estimator<number, readonly number[]> {
  value: readonly number[];
  ready: boolean = false;
  private readonly ranks: SlidingRanks;
  private readonly probabilities: Float64Array;

  /** @throws OptionError where the window is not a positive integer or a probability not from 0 to 1 */
  constructor(options: RollingQuantilesOptions) {
    const checked = checkQuantiles('RollingQuantiles', options);
    checkWindow('RollingQuantiles', 'window', checked.window);
    this.ranks = new SlidingRanks(checked);
    this.probabilities = checked.probabilities;
    this.value = Array.from(this.probabilities, () => NaN);
  }

  push(x: number): readonly number[] {
    this.ranks.push(x);
    return this.read();
  }

  private read(): readonly number[] {
    const { ranks } = this;
    this.ready ||= ranks.count >= ranks.minimum;
    this.value = Array.from(this.probabilities, (probability) => ranks.quantile(probability));
    return this.value;
  }

  snapshot(): Snapshot {
    const { ranks, ready } = this;
    const { window, minimum } = ranks;
    const probabilities = packAll(this.probabilities);
    return {
      kind: 'RollingQuantiles',
      version: 1,
      state: { window, minimum, probabilities, ready, sliding: ranks.save() },
    };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingQuantiles {
    const state = open(snapshot, 'RollingQuantiles', 1);
    const revived = new RollingQuantiles({
      window: unpack(state['window']),
      minimum: unpack(state['minimum']),
      probabilities: unpackAll(state['probabilities']),
    });
    revived.ranks.load(unpackPart(state['sliding']));
    revived.read();
    revived.ready = state['ready'] === true;
    return revived;
  }
}

/**
 * Several quantiles of each window, from one ordered window: a column for each probability, in their order, each as long
 * as the series and NaN until `minimum` observations are there. Hyndman & Fan (1996), type 7.
 *
 * @throws OptionError where the window is not a positive integer or a probability not from 0 to 1
 * @example
 * ```ts
 * const [low, high] = rollingQuantiles([4, 1, 3, 2], { window: 3, probabilities: [0.25, 0.75] });
 * low; // → [NaN, NaN, 2, 1.5]
 * high; // → [NaN, NaN, 3.5, 2.5]
 * ```
 */
export function rollingQuantiles(series: Series, options: RollingQuantilesOptions): Float64Array[] {
  const checked = checkQuantiles('rollingQuantiles', options);
  const values = toFloat64(checkSeries('rollingQuantiles', 'series', series));
  const ranks = new SlidingRanks(shortened(checked, values.length));
  const { probabilities } = checked;
  const columns = Array.from(probabilities, () => new Float64Array(values.length));
  for (let i = 0; i < values.length; i++) {
    ranks.push(values[i]!);
    for (let k = 0; k < columns.length; k++) columns[k]![i] = ranks.quantile(probabilities[k]!);
  }
  return columns;
}
