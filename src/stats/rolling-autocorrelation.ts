import { checkInteger, checkOptions, checkSeries, checkWindow } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import {
  open,
  packAll,
  type Snapshot,
  unpack,
  unpackAll,
  unpackInteger,
  unpackPart,
} from '../core/snapshot.js';
import { shortened } from './rolling.js';
import { SlidingCoMoments } from './sliding-co-moments.js';

/** How far a rolling autocorrelation looks back, and with which lag. */
export interface RollingAutocorrelationOptions {
  /** Observations in the window, the current one included. */
  readonly window: number;
  /** Observations between the two of a pair; the window must hold at least two pairs. */
  readonly lag: number;
  /** Pairs that must not be missing for a reading; all window − lag of them unless said. */
  readonly minimum?: number;
}

function checkLagged(
  who: string,
  options: RollingAutocorrelationOptions,
): Required<RollingAutocorrelationOptions> {
  checkOptions(who, options, ['window', 'lag', 'minimum']);
  const window = checkInteger(who, 'window', options.window);
  const lag = checkInteger(who, 'lag', options.lag);
  if (lag > window - 2) {
    throw new OptionError(`${who}: lag must leave two pairs in the window of ${window}, received ${lag}`);
  }
  const minimum = checkInteger(who, 'minimum', options.minimum ?? window - lag);
  if (minimum > window - lag) {
    throw new OptionError(
      `${who}: minimum must be at most the ${window - lag} pairs there are, received ${minimum}`,
    );
  }
  return { window, lag, minimum };
}

/**
 * Pearson's correlation of the last `window` observations with themselves `lag` earlier, live: both sides of each of the
 * window − lag pairs lie in the window, as pandas' `Series.autocorr` of the window has it. NaN while it is flat.
 *
 * @example
 * ```ts
 * const momentum = new RollingAutocorrelation({ window: 4, lag: 1 });
 * [1, 3, 2, 4].map((x) => momentum.push(x)); // → [NaN, NaN, NaN, -0.5]
 * ```
 */
export class RollingAutocorrelation implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly options: Required<RollingAutocorrelationOptions>;
  private readonly sliding: SlidingCoMoments;
  /** The last `lag` observations, the oldest at `slot`. */
  private readonly earlier: Float64Array;
  private slot = 0;

  /** @throws OptionError where the window cannot hold two pairs of that lag */
  constructor(options: RollingAutocorrelationOptions) {
    const { window, lag, minimum } = checkLagged('RollingAutocorrelation', options);
    checkWindow('RollingAutocorrelation', 'window', window);
    this.options = { window, lag, minimum };
    this.sliding = new SlidingCoMoments({ window: window - lag, minimum });
    this.earlier = new Float64Array(lag).fill(NaN);
  }

  push(x: number): number {
    this.sliding.push(x, this.earlier[this.slot]!);
    this.earlier[this.slot] = x;
    this.slot = this.slot + 1 === this.earlier.length ? 0 : this.slot + 1;
    return this.read();
  }

  private read(): number {
    const { sliding } = this;
    this.ready ||= sliding.count >= sliding.minimum;
    this.value = sliding.read('correlation');
    return this.value;
  }

  snapshot(): Snapshot {
    const { options, ready, slot, sliding } = this;
    const state = { ...options, ready, slot, earlier: packAll(this.earlier), sliding: sliding.save() };
    return { kind: 'RollingAutocorrelation', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingAutocorrelation {
    const state = open(snapshot, 'RollingAutocorrelation', 1);
    const [window, lag, minimum] = [unpack(state['window']), unpack(state['lag']), unpack(state['minimum'])];
    const revived = new RollingAutocorrelation({ window, lag, minimum });
    revived.sliding.load(unpackPart(state['sliding']));
    revived.earlier.set(unpackAll(state['earlier'], lag));
    revived.slot = unpackInteger(state['slot'], 0, lag - 1);
    revived.read();
    revived.ready = state['ready'] === true;
    return revived;
  }
}

/**
 * Pearson's correlation of each window with itself `lag` earlier: same length out, NaN until the window is full. A flat
 * window has none.
 *
 * @throws OptionError where the window cannot hold two pairs of that lag
 * @example
 * ```ts
 * rollingAutocorrelation([1, 3, 2, 4, 3], { window: 4, lag: 1 }); // → [NaN, NaN, NaN, -0.5, -0.5]
 * ```
 */
export function rollingAutocorrelation(series: Series, options: RollingAutocorrelationOptions): Float64Array {
  const { window, lag, minimum } = checkLagged('rollingAutocorrelation', options);
  const values = toFloat64(checkSeries('rollingAutocorrelation', 'series', series));
  const earlier = new Float64Array(values.length).fill(NaN);
  earlier.set(values.subarray(0, Math.max(values.length - lag, 0)), Math.min(lag, values.length));
  const pairs = shortened({ window: window - lag, minimum }, values.length);
  return new SlidingCoMoments(pairs).over(values, earlier, 'correlation');
}
