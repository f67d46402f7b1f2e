import { checkFinite, checkSameLength } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type ColumnsOf, type Pair, type SeriesOf, toFloat64 } from '../core/series.js';

/** How much of `x` offsets one unit of `y`, and the level at which the two are even: y ≈ intercept + ratio · x. */
export interface Hedge {
  readonly ratio: number;
  readonly intercept: number;
}

/**
 * What is left of `y` after its hedge: y − ratio · x − intercept, in units of y. NaN when a price is NaN.
 *
 * @example
 * ```ts
 * spread({ y: 105, x: 50 }, { ratio: 2, intercept: 1 }); // → 4
 * ```
 */
export function spread(now: Pair, hedge: Hedge): number {
  return now.y - hedge.ratio * now.x - hedge.intercept;
}

/**
 * The spread at every observation, against one hedge throughout or against a hedge of its own each time.
 *
 * @param pair - two series of prices, `{ y, x }`
 * @param hedge - one `{ ratio, intercept }`, or the columns of a rolling or filtered hedge
 * @throws DataError when the series, or the hedge's columns, differ in length; OptionError when a single hedge is not
 * of finite numbers.
 * @example
 * ```ts
 * spreads({ y: [105, 107], x: [50, 52] }, { ratio: 2, intercept: 1 }); // → [4, 2]
 * spreads({ y: [105, 107], x: [50, 52] }, { ratio: Float64Array.of(2, 1), intercept: Float64Array.of(1, 3) }); // → [4, 52]
 * ```
 */
export function spreads(pair: SeriesOf<Pair>, hedge: Hedge | ColumnsOf<Hedge>): Float64Array {
  if (typeof pair !== 'object' || pair === null || typeof hedge !== 'object' || hedge === null) {
    throw new DataError('unreadable', 'spreads: needs a pair { y, x } and a hedge { ratio, intercept }');
  }
  const { ratio, intercept } = hedge;
  if (typeof ratio === 'object' && typeof intercept === 'object') {
    const out = new Float64Array(checkSameLength('spreads', { y: pair.y, x: pair.x, ratio, intercept }));
    for (let i = 0; i < out.length; i++) out[i] = pair.y[i]! - ratio[i]! * pair.x[i]! - intercept[i]!;
    return out;
  }
  const [slope, level] = [
    checkFinite('spreads', 'ratio', ratio),
    checkFinite('spreads', 'intercept', intercept),
  ];
  const out = new Float64Array(checkSameLength('spreads', { y: pair.y, x: pair.x }));
  const y = toFloat64(pair.y);
  const x = toFloat64(pair.x);
  for (let i = 0; i < out.length; i++) out[i] = y[i]! - slope * x[i]! - level;
  return out;
}
