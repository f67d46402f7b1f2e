import { checkChoice, checkInteger, checkOptions, checkSeries, checkWindow } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpack, unpackPart } from '../core/snapshot.js';
import { type PartialAutocorrelationOptions, partialAutocorrelation } from './partial-autocorrelation.js';
import { Recent } from './recent.js';

/** How far a rolling partial autocorrelation looks back, with which lag and how. */
export interface RollingPartialAutocorrelationOptions {
  /** Observations in the window, the current one included: at least 2 · lag + 2. */
  readonly window: number;
  /** The order whose last coefficient is read. */
  readonly lag: number;
  /** As of {@link partialAutocorrelation}. */
  readonly method?: 'yule-walker' | 'ols';
}

function checkPartial(
  who: string,
  options: RollingPartialAutocorrelationOptions,
): { readonly window: number; readonly whole: PartialAutocorrelationOptions } {
  checkOptions(who, options, ['window', 'lag', 'method']);
  const method = checkChoice(who, 'method', options.method ?? 'yule-walker', ['yule-walker', 'ols']);
  const lags = checkInteger(who, 'lag', options.lag);
  const window = checkInteger(who, 'window', options.window);
  if (window < 2 * lags + 2) {
    throw new OptionError(
      `${who}: window must be at least ${2 * lags + 2} for a lag of ${lags}, received ${window}`,
    );
  }
  return { window, whole: { lags, method } };
}

/**
 * What an observation `lag` steps back adds to those in between, in the last `window` observations, live. Every reading
 * looks at the whole window again, in time that grows with window · lag. NaN while something in it is missing.
 *
 * @example
 * ```ts
 * const order = new RollingPartialAutocorrelation({ window: 8, lag: 2 });
 * for (const x of [1, 3, 2, 5, 4, 6, 8, 7]) order.push(x);
 * order.value; // → 0.091236413043478
 * ```
 */
export class RollingPartialAutocorrelation implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly whole: PartialAutocorrelationOptions;
  private readonly recent: Recent;

  /** @throws OptionError where the window is too short for the lag */
  constructor(options: RollingPartialAutocorrelationOptions) {
    const { window, whole } = checkPartial('RollingPartialAutocorrelation', options);
    this.whole = whole;
    this.recent = new Recent(checkWindow('RollingPartialAutocorrelation', 'window', window));
  }

  push(x: number): number {
    this.recent.push(x);
    return this.read();
  }

  private read(): number {
    const { recent, whole } = this;
    const values = recent.whole();
    this.ready = recent.full;
    this.value = values ? partialAutocorrelation(values, whole)[whole.lags]! : NaN;
    return this.value;
  }

  snapshot(): Snapshot {
    const { recent, whole } = this;
    const { lags: lag, method } = whole;
    const state = { window: recent.window, lag, method: method!, recent: recent.save() };
    return { kind: 'RollingPartialAutocorrelation', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingPartialAutocorrelation {
    const state = open(snapshot, 'RollingPartialAutocorrelation', 1);
    const revived = new RollingPartialAutocorrelation({
      window: unpack(state['window']),
      lag: unpack(state['lag']),
      method: state['method'] as 'yule-walker' | 'ols',
    });
    revived.recent.load(unpackPart(state['recent']));
    revived.read();
    return revived;
  }
}

/**
 * What an observation `lag` steps back adds to those in between, in each window: same length out, NaN until the window is
 * full and while something in it is missing.
 *
 * @throws OptionError where the window is too short for the lag
 * @example
 * ```ts
 * rollingPartialAutocorrelation([1, 3, 2, 5, 4], { window: 4, lag: 1 }); // → [NaN, NaN, NaN, -0.352380952380952, -0.2]
 * ```
 */
export function rollingPartialAutocorrelation(
  series: Series,
  options: RollingPartialAutocorrelationOptions,
): Float64Array {
  const { window } = checkPartial('rollingPartialAutocorrelation', options);
  const values = toFloat64(checkSeries('rollingPartialAutocorrelation', 'series', series));
  const out = new Float64Array(values.length).fill(NaN);
  if (window > values.length) return out;
  const live = new RollingPartialAutocorrelation(options);
  for (let i = 0; i < out.length; i++) out[i] = live.push(values[i]!);
  return out;
}
