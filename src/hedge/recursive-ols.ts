import { checkBetween, checkLegs, checkOptions, checkPositive } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type ColumnsOf, type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { open, packDeep, type Snapshot, unpackDeep, unpackPart } from '../core/snapshot.js';
import type { Hedge } from './hedge.js';
import { LineFilter } from './line-filter.js';

export interface RecursiveOlsOptions {
  /** What an observation weighs less for each one after it: 1 (default) forgets nothing, 0.99 about the last hundred count. */
  readonly forgetting?: number;
  /** The variance of ratio and intercept about 0 at the start, in units of that of the noise; 1e12 unless said: anything may be. */
  readonly delta?: number;
}

/** The line through all pairs so far, and how the newest met it. */
export interface RecursiveOlsReading extends Hedge {
  /** y less what the line before it expected; NaN where a price was missing. */
  readonly innovation: number;
}

const NOTHING: RecursiveOlsReading = Object.freeze({ ratio: NaN, intercept: NaN, innovation: NaN });

function checkRecursive(who: string, options: RecursiveOlsOptions): Required<RecursiveOlsOptions> {
  checkOptions(who, options, ['forgetting', 'delta']);
  const forgetting = checkBetween(who, 'forgetting', options.forgetting ?? 1, 0, 1);
  if (forgetting === 0) throw new OptionError(`${who}: forgetting must be above 0, received 0`);
  return { forgetting, delta: checkPositive(who, 'delta', options.delta ?? 1e12) };
}

function startOf(delta: number): LineFilter {
  return new LineFilter({
    ratio: 0,
    intercept: 0,
    covariance: [
      [delta, 0],
      [0, delta],
    ],
  });
}

/** One pair more. One with a price that is not finite is passed over, and nothing is forgotten for it. */
function step(filter: LineFilter, y: number, x: number, forgetting: number): void {
  const { terms } = filter;
  filter.see(y, x, forgetting);
  if (filter.terms > terms) filter.forget(1 / forgetting);
}

/**
 * Least squares over all pairs so far, live: constant time and memory a pair, older pairs forgotten by a constant factor.
 *
 * P₀ = delta · I and line 0 at the start; held in factors that stay positive however long it runs.
 *
 * Source: Haykin, "Adaptive Filter Theory", chapter on recursive least squares.
 *
 * @example
 * ```ts
 * const hedge = new RecursiveOls();
 * hedge.push({ y: 3, x: 1 });
 * hedge.push({ y: 5, x: 2 });
 * hedge.push({ y: 8, x: 3 }).ratio; // → 2.50000000
 * hedge.value.innovation.toFixed(6); // → '1.000000'
 * ```
 */
export class RecursiveOls implements Estimator<Pair, RecursiveOlsReading> {
  value: RecursiveOlsReading = NOTHING;
  ready: boolean = false;
  private readonly options: Required<RecursiveOlsOptions>;
  private readonly filter: LineFilter;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: RecursiveOlsOptions = {}) {
    this.options = checkRecursive('RecursiveOls', options);
    this.filter = startOf(this.options.delta);
  }

  push({ y, x }: Pair): RecursiveOlsReading {
    const { filter } = this;
    step(filter, y, x, this.options.forgetting);
    this.ready ||= filter.terms > 0;
    const { ratio, intercept, innovation } = filter;
    this.value = this.ready ? { ratio, intercept, innovation } : NOTHING;
    return this.value;
  }

  snapshot(): Snapshot {
    const { options, ready, filter, value } = this;
    const state = { options: packDeep(options), ready, filter: filter.save(), value: packDeep(value) };
    return { kind: 'RecursiveOls', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RecursiveOls {
    const { options, ready, filter, value } = open(snapshot, 'RecursiveOls', 1);
    const revived = new RecursiveOls(unpackDeep(unpackPart(options)) as RecursiveOlsOptions);
    revived.ready = ready === true;
    revived.filter.load(filter!);
    revived.value = unpackDeep(unpackPart(value)) as RecursiveOlsReading;
    return revived;
  }
}

/**
 * What {@link RecursiveOls} would have shown at each time: columns as long as the input.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * const { ratio } = recursiveOls({ y: [3, 5, 8], x: [1, 2, 3] });
 * ratio[2]; // → 2.50000000
 * ```
 */
export function recursiveOls(
  pair: SeriesOf<Pair>,
  options: RecursiveOlsOptions = {},
): ColumnsOf<RecursiveOlsReading> {
  const { forgetting, delta } = checkRecursive('recursiveOls', options);
  const length = checkLegs('recursiveOls', pair);
  const ys = toFloat64(pair.y);
  const xs = toFloat64(pair.x);
  const filter = startOf(delta);
  const column = (): Float64Array => new Float64Array(length).fill(NaN);
  const columns = { ratio: column(), intercept: column(), innovation: column() };
  for (let i = 0; i < length; i++) {
    step(filter, ys[i]!, xs[i]!, forgetting);
    if (filter.terms === 0) continue;
    columns.ratio[i] = filter.ratio;
    columns.intercept[i] = filter.intercept;
    columns.innovation[i] = filter.innovation;
  }
  return columns;
}
