import { checkInteger, checkOptions, checkSeries, checkWindow } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type ColumnsOf, type Series, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpack, unpackPart } from '../core/snapshot.js';
import { laggedSums } from './lagged-sums.js';
import { type LjungBoxOptions, ljungBoxOf } from './ljung-box.js';
import { Recent } from './recent.js';

/** How far a rolling Ljung–Box test looks back, and how many autocorrelations it takes together. */
export interface RollingLjungBoxOptions extends LjungBoxOptions {
  /** Observations in the window, the current one included: more than `lags`. */
  readonly window: number;
}

/** The test of one window, at all its lags together. */
export interface LjungBoxReading {
  readonly statistic: number;
  readonly pValue: number;
}

function checkBox(who: string, options: RollingLjungBoxOptions): Required<RollingLjungBoxOptions> {
  checkOptions(who, options, ['window', 'lags', 'degreesOfFreedom']);
  const window = checkInteger(who, 'window', options.window);
  const lags = checkInteger(who, 'lags', options.lags);
  if (lags >= window) {
    throw new OptionError(`${who}: lags must be below the window of ${window}, received ${lags}`);
  }
  return {
    window,
    lags,
    degreesOfFreedom: checkInteger(who, 'degreesOfFreedom', options.degreesOfFreedom ?? 0, 0),
  };
}

/**
 * Is anything left to predict in the last `window` observations, live? Every reading looks at the whole window again, in
 * time that grows with window · lags. NaN while something in it is missing or all of it is one value.
 *
 * @example
 * ```ts
 * const test = new RollingLjungBox({ window: 6, lags: 1 });
 * for (const x of [9, 1, 2, 3, 4, 5, 6]) test.push(x);
 * test.value; // → { statistic: 2.4, pValue: 0.12133525035848 }
 * ```
 */
export class RollingLjungBox implements Estimator<number, LjungBoxReading> {
  value: LjungBoxReading = { statistic: NaN, pValue: NaN };
  ready: boolean = false;
  private readonly options: Required<RollingLjungBoxOptions>;
  private readonly recent: Recent;

  /** @throws OptionError where the window is not longer than the lags */
  constructor(options: RollingLjungBoxOptions) {
    this.options = checkBox('RollingLjungBox', options);
    this.recent = new Recent(checkWindow('RollingLjungBox', 'window', this.options.window));
  }

  push(x: number): LjungBoxReading {
    this.recent.push(x);
    return this.read();
  }

  private read(): LjungBoxReading {
    const { recent, options } = this;
    const { lags, degreesOfFreedom } = options;
    const values = recent.whole();
    this.ready = recent.full;
    this.value = { statistic: NaN, pValue: NaN };
    if (values) {
      const { statistic, pValue } = ljungBoxOf(laggedSums(values, lags), values.length, degreesOfFreedom);
      this.value = { statistic: statistic[lags - 1]!, pValue: pValue[lags - 1]! };
    }
    return this.value;
  }

  snapshot(): Snapshot {
    const state = { ...this.options, recent: this.recent.save() };
    return { kind: 'RollingLjungBox', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingLjungBox {
    const state = open(snapshot, 'RollingLjungBox', 1);
    const revived = new RollingLjungBox({
      window: unpack(state['window']),
      lags: unpack(state['lags']),
      degreesOfFreedom: unpack(state['degreesOfFreedom']),
    });
    revived.recent.load(unpackPart(state['recent']));
    revived.read();
    return revived;
  }
}

/**
 * The Ljung–Box test of each window at all its lags together: columns as long as the series, NaN until the window is
 * full, while something in it is missing and while it is flat.
 *
 * @throws OptionError where the window is not longer than the lags
 * @example
 * ```ts
 * rollingLjungBox([1, 2, 3, 4, 5, 6], { window: 6, lags: 1 }).statistic; // → [NaN, NaN, NaN, NaN, NaN, 2.4]
 * ```
 */
export function rollingLjungBox(series: Series, options: RollingLjungBoxOptions): ColumnsOf<LjungBoxReading> {
  const { window } = checkBox('rollingLjungBox', options);
  const values = toFloat64(checkSeries('rollingLjungBox', 'series', series));
  const statistic = new Float64Array(values.length).fill(NaN);
  const pValue = new Float64Array(values.length).fill(NaN);
  if (window > values.length) return { statistic, pValue };
  const live = new RollingLjungBox(options);
  for (let i = 0; i < values.length; i++) {
    const now = live.push(values[i]!);
    statistic[i] = now.statistic;
    pValue[i] = now.pValue;
  }
  return { statistic, pValue };
}
