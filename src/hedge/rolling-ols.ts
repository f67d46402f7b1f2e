import { checkBoolean, checkInteger, checkLegs, checkOptions, checkWindow } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type ColumnsOf, type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { open, type Snapshot, unpackPart } from '../core/snapshot.js';
import { shortened } from '../stats/rolling.js';
import { SlidingCoMoments } from '../stats/sliding-co-moments.js';
import type { Hedge } from './hedge.js';

/** How a rolling regression looks back. */
export interface RollingOlsOptions {
  /** Pairs in the window, the current one included; live at most 67,108,864. */
  readonly window: number;
  /** Pairs that must not be missing for a reading; the window's length unless said. */
  readonly minimum?: number;
  /** Whether the line has an intercept; it has unless said. */
  readonly intercept?: boolean;
}

/** The line through the pairs of one window, and how well it holds. */
export interface RollingOlsReading extends Hedge {
  readonly rSquared: number;
  /** Standard errors. */
  readonly ratioError: number;
  readonly interceptError: number;
  /** The standard deviation of the residuals, with the degrees of freedom that are left. */
  readonly residualDeviation: number;
}

const NOTHING: RollingOlsReading = Object.freeze({
  ratio: NaN,
  intercept: NaN,
  rSquared: NaN,
  ratioError: NaN,
  interceptError: NaN,
  residualDeviation: NaN,
});

function checkRollingOls(who: string, options: RollingOlsOptions): Required<RollingOlsOptions> {
  checkOptions(who, options, ['window', 'minimum', 'intercept']);
  const intercept = checkBoolean(who, 'intercept', options.intercept ?? true);
  const window = checkInteger(who, 'window', options.window, intercept ? 2 : 1);
  const minimum = checkInteger(who, 'minimum', options.minimum ?? window, intercept ? 2 : 1);
  if (minimum > window) {
    throw new OptionError(`${who}: minimum must be at most the window of ${window}, received ${minimum}`);
  }
  return { window, minimum, intercept };
}

/** The line through what a window holds; NaN throughout where x does not vary. */
function lineThrough(sliding: SlidingCoMoments, intercept: boolean): RollingOlsReading {
  const { count, meanY, meanX } = sliding;
  // Without an intercept the sums are about 0 instead of about the means.
  const about = intercept ? 0 : count;
  const squaresX = sliding.squaresX + about * meanX * meanX;
  const squaresY = sliding.squaresY + about * meanY * meanY;
  const products = sliding.products + about * meanX * meanY;
  if (!(squaresX > 0)) return NOTHING;
  const ratio = products / squaresX;
  // A flat y is hedged by nothing, exactly; how much of it that explains is no number.
  const explained = squaresY > 0 ? Math.min((products / squaresY) * ratio, 1) : NaN;
  // What a close fit leaves is lost in the rounding of what it explains: then the residuals themselves are summed.
  const close = 1 - explained < 1e-7;
  const level = intercept ? meanY - ratio * meanX : 0;
  const rest = close
    ? sliding.residualSquares({ ratio, intercept: level })
    : squaresY > 0
      ? squaresY * (1 - explained)
      : 0;
  const residualVariance = rest / (count - (intercept ? 2 : 1));
  return {
    ratio, // field by field: spreading an object here costs fifty times the rest
    intercept: level,
    rSquared: close ? 1 - rest / squaresY : explained,
    ratioError: Math.sqrt(residualVariance / squaresX),
    interceptError: intercept ? Math.sqrt(residualVariance * (1 / count + (meanX / squaresX) * meanX)) : NaN,
    residualDeviation: Math.sqrt(residualVariance),
  };
}

/**
 * The ordinary least squares line through the last `window` pairs, live: constant time a pair, and a pair that has left
 * leaves no trace. NaN until the window is full and while x does not vary in it.
 *
 * @example
 * ```ts
 * const hedge = new RollingOls({ window: 3 });
 * hedge.push({ y: 3, x: 1 }).ratio; // → NaN
 * hedge.push({ y: 5, x: 2 }).ratio; // → NaN
 * hedge.push({ y: 7, x: 3 }).ratio; // → 2
 * hedge.value.intercept; // → 1
 * ```
 */
export class RollingOls implements Estimator<Pair, RollingOlsReading> {
  value: RollingOlsReading = NOTHING;
  ready: boolean = false;
  private readonly sliding: SlidingCoMoments;
  private readonly intercept: boolean;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: RollingOlsOptions) {
    const { window, minimum, intercept } = checkRollingOls('RollingOls', options);
    checkWindow('RollingOls', 'window', window);
    this.sliding = new SlidingCoMoments({ window, minimum });
    this.intercept = intercept;
  }

  push({ y, x }: Pair): RollingOlsReading {
    this.sliding.push(y, x);
    return this.read();
  }

  private read(): RollingOlsReading {
    const enough = this.sliding.count >= this.sliding.minimum;
    this.ready ||= enough;
    this.value = enough ? lineThrough(this.sliding, this.intercept) : NOTHING;
    return this.value;
  }

  snapshot(): Snapshot {
    const { sliding, intercept, ready } = this;
    const { window, minimum } = sliding;
    const state = { window, minimum, intercept, ready, sliding: sliding.save() };
    return { kind: 'RollingOls', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RollingOls {
    const { window, minimum, intercept, ready, sliding } = open(snapshot, 'RollingOls', 1);
    const revived = new RollingOls({ window, minimum, intercept } as unknown as RollingOlsOptions);
    revived.sliding.load(unpackPart(sliding));
    revived.ready = ready === true;
    revived.read();
    return revived;
  }
}

/**
 * The ordinary least squares line through each window of pairs, the current one included: columns as long as the input.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * const { ratio, intercept } = rollingOls({ y: [3, 5, 7, 8], x: [1, 2, 3, 4] }, { window: 3 });
 * ratio; // → [NaN, NaN, 2, 1.5]
 * intercept; // → [NaN, NaN, 1, 2.1666666666666665]
 * ```
 */
export function rollingOls(pair: SeriesOf<Pair>, options: RollingOlsOptions): ColumnsOf<RollingOlsReading> {
  const { window, minimum, intercept } = checkRollingOls('rollingOls', options);
  const length = checkLegs('rollingOls', pair);
  const ys = toFloat64(pair.y);
  const xs = toFloat64(pair.x);
  const sliding = new SlidingCoMoments(shortened({ window, minimum }, length));
  const column = (): Float64Array => new Float64Array(length);
  const columns = {
    ratio: column(),
    intercept: column(),
    rSquared: column(),
    ratioError: column(),
    interceptError: column(),
    residualDeviation: column(),
  };
  for (let i = 0; i < length; i++) {
    sliding.push(ys[i]!, xs[i]!);
    const line = sliding.count >= minimum ? lineThrough(sliding, intercept) : NOTHING;
    columns.ratio[i] = line.ratio;
    columns.intercept[i] = line.intercept;
    columns.rSquared[i] = line.rSquared;
    columns.ratioError[i] = line.ratioError;
    columns.interceptError[i] = line.interceptError;
    columns.residualDeviation[i] = line.residualDeviation;
  }
  return columns;
}
