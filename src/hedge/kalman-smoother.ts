import { checkLegs } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type ColumnsOf, type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { DriftingLine } from './drifting-line.js';
import type { Hedge } from './hedge.js';
import { checkKalman, type KalmanOptions } from './kalman-options.js';
import type { Factors, LineFilter } from './line-filter.js';

/** A drifting hedge as all of history tells it. */
export interface SmoothedHedge extends Hedge {
  /** Standard errors: the roots of the smoothed variances. */
  readonly ratioError: number;
  readonly interceptError: number;
}

/**
 * The drifting hedge of {@link kalmanHedge} with hindsight: at each time from all observations, later ones too. For
 * looking back at history, never for testing a strategy on it. Options are those of `kalmanHedge`.
 *
 * Source: Rauch, Tung & Striebel (1965), "Maximum likelihood estimates of linear dynamic systems", AIAA J. 3.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the legs differ in length (`uneven`), or a diffuse start never comes to a line because x never
 * moves (`degenerate`)
 * @example
 * ```ts
 * const pair = { y: [21, 25, 24, NaN, 27], x: [10, 12, 11, 12, 13] };
 * const { ratio } = kalmanSmoother(pair, { drift: 0, noise: 1 });
 * ratio; // → [1.9, 1.9, 1.9, 1.9, 1.9]
 * ols({ y: [21, 25, 24, 27], x: [10, 12, 11, 13] }).ratio; // → 1.9
 * ```
 */
export function kalmanSmoother(pair: SeriesOf<Pair>, options: KalmanOptions): ColumnsOf<SmoothedHedge> {
  const { drift, noise, prior } = checkKalman('kalmanSmoother', options);
  const length = checkLegs('kalmanSmoother', pair);
  const ys = toFloat64(pair.y);
  const xs = toFloat64(pair.x);
  const line = new DriftingLine(noise, drift, prior);
  const { now: filter } = line;
  const past: Filtered[] = [];
  for (let i = 0; i < length; i++) {
    line.push(ys[i]!, xs[i]!);
    past.push(filteredOf(filter));
  }
  if (length > 0 && filter.known < 2) {
    throw new DataError('degenerate', 'kalmanSmoother: x must move where both prices are finite');
  }

  const column = (): Float64Array => new Float64Array(length);
  const columns = { ratio: column(), intercept: column(), ratioError: column(), interceptError: column() };
  const q = matrixOf(drift);
  let now: State = { ratio: filter.ratio, intercept: filter.intercept, covariance: matrixOf(filter) };
  for (let i = length - 1; i >= 0; i--) {
    if (i < length - 1) now = before(now, past[i]!, drift, q);
    columns.ratio[i] = now.ratio;
    columns.intercept[i] = now.intercept;
    columns.ratioError[i] = Math.sqrt(now.covariance.rr);
    columns.interceptError[i] = Math.sqrt(now.covariance.ii);
  }
  return columns;
}

/** A symmetric matrix over [ratio, intercept]. */
interface Symmetric {
  readonly rr: number;
  readonly ri: number;
  readonly ii: number;
}

interface State extends Hedge {
  readonly covariance: Symmetric;
}

/** What the filter knew at one time. */
type Filtered = Factors &
  Hedge & {
    readonly known: number;
    readonly level: number;
    readonly levelVariance: number;
    readonly atX: number;
  };

function filteredOf({ d1, d2, u, ratio, intercept, known, level, levelVariance, atX }: LineFilter): Filtered {
  return { d1, d2, u, ratio, intercept, known, level, levelVariance, atX };
}

function matrixOf({ d1, d2, u }: Factors): Symmetric {
  return { rr: d1 + u * u * d2, ri: u * d2, ii: d2 };
}

/**
 * The smoothed state one step earlier. With M the filtered covariance P after the drift Q and N = Q M⁻¹, the state is
 * that after the step less N times what the step brought, and its covariance N P Nᵀ + (I − N)(P′ + Q)(I − N)ᵀ: sums of
 * what is not negative.
 */
function before(after: State, filtered: Filtered, drift: Factors, q: Symmetric): State {
  // The share N of the way back to the filtered state, P's part of the covariance, and how far away that state is.
  let n = { rr: 0, ri: 0, ir: 0, ii: 0 };
  let own: Symmetric = { rr: 0, ri: 0, ii: 0 };
  let change = { ratio: 0, intercept: 0 };
  if (filtered.known === 2) {
    const inverse = inverseOfSum(filtered, drift);
    n = product(q, inverse);
    own = sandwich(n, matrixOf(filtered));
    const [ratio, intercept] = [filtered.ratio - after.ratio, filtered.intercept - after.intercept];
    change = { ratio: n.rr * ratio + n.ri * intercept, intercept: n.ir * ratio + n.ii * intercept };
  } else if (filtered.known === 1) {
    // Only the level at one x was known: the step is judged by what it did to that.
    const { atX, level, levelVariance } = filtered;
    const [r, i] = [q.rr * atX + q.ri, q.ri * atX + q.ii];
    const variance = levelVariance + r * atX + i;
    n = { rr: (r * atX) / variance, ri: r / variance, ir: (i * atX) / variance, ii: i / variance };
    const weight = levelVariance / variance / variance;
    own = { rr: r * r * weight, ri: r * i * weight, ii: i * i * weight };
    const gap = (level - after.ratio * atX - after.intercept) / variance;
    change = { ratio: r * gap, intercept: i * gap };
  }
  const { covariance } = after;
  const grown = { rr: covariance.rr + q.rr, ri: covariance.ri + q.ri, ii: covariance.ii + q.ii };
  const rest = sandwich({ rr: 1 - n.rr, ri: -n.ri, ir: -n.ir, ii: 1 - n.ii }, grown);
  return {
    ratio: after.ratio + change.ratio,
    intercept: after.intercept + change.intercept,
    covariance: { rr: own.rr + rest.rr, ri: own.ri + rest.ri, ii: own.ii + rest.ii },
  };
}

/** (P + Q)⁻¹ from the factors of the sum; directions in which nothing is unsure are left out. */
function inverseOfSum(p: Factors, q: Factors): Symmetric {
  const d2 = p.d2 + q.d2;
  const gap = p.u - q.u;
  const u = d2 > 0 ? (p.u * p.d2 + q.u * q.d2) / d2 : 0;
  const d1 = p.d1 + q.d1 + (d2 > 0 ? gap * gap * (p.d2 / d2) * q.d2 : 0);
  const i1 = d1 > 0 ? 1 / d1 : 0;
  const i2 = d2 > 0 ? 1 / d2 : 0;
  return { rr: i1, ri: -u * i1, ii: u * u * i1 + i2 };
}

interface General extends Symmetric {
  readonly ir: number;
}

function product(a: Symmetric, b: Symmetric): General {
  return {
    rr: a.rr * b.rr + a.ri * b.ri,
    ri: a.rr * b.ri + a.ri * b.ii,
    ir: a.ri * b.rr + a.ii * b.ri,
    ii: a.ri * b.ri + a.ii * b.ii,
  };
}

/** a · s · aᵀ. */
function sandwich(a: General, s: Symmetric): Symmetric {
  const top = [a.rr * s.rr + a.ri * s.ri, a.rr * s.ri + a.ri * s.ii] as const;
  const bottom = [a.ir * s.rr + a.ii * s.ri, a.ir * s.ri + a.ii * s.ii] as const;
  return {
    rr: top[0] * a.rr + top[1] * a.ri,
    ri: top[0] * a.ir + top[1] * a.ii,
    ii: bottom[0] * a.ir + bottom[1] * a.ii,
  };
}
