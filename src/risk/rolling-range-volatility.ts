import { checkInteger, checkOptions, checkRecord, checkSameLength } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type SeriesOf, toFloat64 } from '../core/series.js';
import { open as opened, pack, type Snapshot, unpack, unpackPart } from '../core/snapshot.js';
import { SlidingMean } from '../stats/sliding-mean.js';
import { SlidingMoments } from '../stats/sliding-moments.js';
import { type Range, type RangeMethod, rangeTerm, yangZhangWeight } from './range-terms.js';
import { checkRangeMethod } from './range-volatility.js';

/** Which volatility of bars, over how many. */
export interface RollingRangeVolatilityOptions {
  readonly method: RangeMethod;
  /** Bars in the window, the current one included; `'yang-zhang'` needs one more before it for its close. */
  readonly window: number;
}

/** The checked options. */
function checkRolling(who: string, options: RollingRangeVolatilityOptions): RollingRangeVolatilityOptions {
  checkOptions(who, options, ['method', 'window']);
  const method = checkRangeMethod(who, options.method);
  return { method, window: checkInteger(who, 'window', options.window, method === 'yang-zhang' ? 2 : 1) };
}

/**
 * The volatility of a bar from the ranges of the last `window`, live. See {@link rangeVolatility}. A bar with a price that
 * is missing or not above 0, or a high below its low, leaves NaN until it has left the window.
 *
 * @example
 * ```ts
 * const volatility = new RollingRangeVolatility({ method: 'rogers-satchell', window: 2 });
 * volatility.push({ open: 100, high: 103, low: 99, close: 102 }); // → NaN
 * volatility.push({ open: 102, high: 104, low: 101, close: 101 }); // → 0.0240498227467
 * ```
 */
export class RollingRangeVolatility implements Estimator<Range, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly method: RangeMethod;
  private readonly window: number;
  private readonly within: SlidingMean;
  private readonly gaps: SlidingMoments;
  private readonly bodies: SlidingMoments;
  private lastClose = NaN;
  private seen = 0;

  /** @throws OptionError where an option is missing, unknown or out of range */
  constructor(options: RollingRangeVolatilityOptions) {
    const { method, window } = checkRolling('RollingRangeVolatility', options);
    this.method = method;
    this.window = window;
    const size = { window: this.window, minimum: this.window };
    this.within = new SlidingMean(size);
    this.gaps = new SlidingMoments(this.method === 'yang-zhang' ? size : { window: 1, minimum: 1 });
    this.bodies = new SlidingMoments(this.method === 'yang-zhang' ? size : { window: 1, minimum: 1 });
  }

  push(bar: Range): number {
    const { method, window, within } = this;
    const isYangZhang = method === 'yang-zhang';
    const isGood = bar.open > 0 && bar.high >= bar.low && bar.low > 0 && bar.close > 0;
    within.push(isGood ? rangeTerm(method, bar) : NaN);
    if (isYangZhang) {
      this.gaps.push(isGood ? Math.log(bar.open / this.lastClose) : NaN);
      this.bodies.push(isGood ? Math.log(bar.close / bar.open) : NaN);
    }
    this.lastClose = bar.close > 0 ? bar.close : NaN;
    if (this.seen <= window) this.seen++;
    this.ready ||= this.seen >= window + Number(isYangZhang);
    return this.read();
  }

  private read(): number {
    const { window, within, gaps, bodies } = this;
    let variance = within.count === window ? within.mean : NaN;
    if (this.method === 'yang-zhang') {
      const weight = yangZhangWeight(window);
      const isFull = gaps.count === window && bodies.count === window;
      const between = (gaps.squares + weight * bodies.squares) / (window - 1);
      variance = isFull ? between + (1 - weight) * variance : NaN;
    }
    // Sums may end a rounding error below 0.
    this.value = Math.sqrt(variance < 0 ? 0 : variance);
    return this.value;
  }

  snapshot(): Snapshot {
    const { method, window, lastClose, seen, ready } = this;
    const state = {
      method,
      window,
      seen,
      ready,
      lastClose: pack(lastClose),
      within: this.within.save(),
      gaps: this.gaps.save(),
      bodies: this.bodies.save(),
    };
    return { kind: 'RollingRangeVolatility', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingRangeVolatility {
    const state = opened(snapshot, 'RollingRangeVolatility', 1);
    const { method, window, seen, ready, lastClose, within, gaps, bodies } = state;
    const revived = new RollingRangeVolatility({
      method,
      window,
    } as unknown as RollingRangeVolatilityOptions);
    if (typeof seen !== 'number' || typeof ready !== 'boolean') {
      throw new DataError(
        'unreadable',
        'RollingRangeVolatility.from: the snapshot does not say how much was seen',
      );
    }
    revived.within.load(unpackPart(within));
    revived.gaps.load(unpackPart(gaps));
    revived.bodies.load(unpackPart(bodies));
    revived.lastClose = unpack(lastClose);
    revived.seen = seen;
    revived.ready = ready;
    if (seen > 0) revived.read();
    return revived;
  }
}

/**
 * The volatility of a bar from the ranges of each window of bars, the current one included: as long as the bars, NaN until
 * the window is full. See {@link rangeVolatility}.
 *
 * @throws OptionError where an option is missing, unknown or out of range
 * @throws DataError where columns differ in length
 * @example
 * ```ts
 * const bars = { open: [100, 102, 101], high: [103, 104, 103], low: [99, 101, 100], close: [102, 101, 102] };
 * rollingRangeVolatility(bars, { method: 'parkinson', window: 3 }); // → [NaN, NaN, 0.0199164359212]
 * ```
 */
export function rollingRangeVolatility(
  bars: SeriesOf<Range>,
  options: RollingRangeVolatilityOptions,
): Float64Array {
  const who = 'rollingRangeVolatility';
  const live = new RollingRangeVolatility(checkRolling(who, options));
  const { open, high, low, close } = checkRecord(who, 'bars', bars);
  const out = new Float64Array(checkSameLength(who, { open, high, low, close }));
  const [opens, highs, lows, closes] = [toFloat64(open), toFloat64(high), toFloat64(low), toFloat64(close)];
  for (let i = 0; i < out.length; i++) {
    out[i] = live.push({ open: opens[i]!, high: highs[i]!, low: lows[i]!, close: closes[i]! });
  }
  return out;
}
