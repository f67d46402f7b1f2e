import { checkFinite, checkOptions, checkPositive, checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { semidefiniteFactor } from './cholesky.js';
import { directionsOf, unit } from './directions.js';
import { readSymmetric, type SquareMatrix } from './matrix.js';
import { type Revaluation, type Shock, valueUnder } from './stress.js';

export interface ReverseStressOptions<Factors extends Shock = Shock> {
  /** The loss to reach, in the units of the value; above 0. */
  readonly loss: number;
  /** What counts as one step of each factor, such as its standard deviation; above 0. */
  readonly deviations: { readonly [Factor in keyof Factors]: number };
  /** How the factors move together, in the order of the deviations; independent unless said. */
  readonly correlation?: SquareMatrix;
  /** How far to look, in deviations; 20 unless said. */
  readonly reach?: number;
}

/** The nearest way to lose so much. */
export interface ReverseStressed {
  readonly shock: Shock;
  /** How unlikely: the distance from no shock in standard deviations, correlations allowed for. */
  readonly distance: number;
  readonly loss: number;
}

/**
 * The smallest shock found that loses so much: of the moves of the factors that were searched the least improbable one,
 * nearest to no move in standard deviations (Mahalanobis), at which the loss is reached.
 *
 * It is a search, not a proof: it walks rays to where each first loses enough, each factor alone, every two and (up to
 * twelve) all of them together, each every way, and 256 drawn at random but always the same. From the best of them it turns to
 * the direction in which the loss grows fastest, until that no longer brings the point nearer. The value may be any
 * function that has no jumps; one that is linear in the factors is answered exactly, and a loss that no ray meets is missed.
 * The portfolio is valued some 30,000 times for a few factors, some 300,000 for twelve.
 *
 * Sources: Hasofer & Lind (1974) and Rackwitz & Fiessler (1978) for the nearest point of failure; Breuer, Jandačka, Rheinberger &
 * Summer (2009), "How to find plausible, severe, and useful stress scenarios".
 *
 * @param value - what the portfolio is worth under a shock
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where the correlation is none, the value is not finite, or no shock found within reach loses so much
 * @example
 * ```ts
 * const value = ({ equity, credit }: { equity: number; credit: number }) => 100 * equity - 50 * credit;
 * const { shock, distance } = reverseStress(value, { loss: 25, deviations: { equity: 0.2, credit: 0.3 } });
 * distance; // → 1
 * shock; // → { equity: -0.16, credit: 0.18 }
 * ```
 */
export function reverseStress<Factors extends Shock>(
  value: (shock: Factors) => number,
  options: ReverseStressOptions<Factors>,
): ReverseStressed {
  const who = 'reverseStress';
  checkOptions(who, options, ['loss', 'deviations', 'correlation', 'reach']);
  const goal = checkPositive(who, 'loss', options.loss);
  const reach = checkPositive(who, 'reach', options.reach ?? 20);
  const factors = Object.entries(checkRecord(who, 'deviations', options.deviations)) as [string, number][];
  if (factors.length === 0) throw new OptionError(`${who}: deviations must name at least one factor`);
  for (const [name, deviation] of factors) checkPositive(who, `deviations.${name}`, deviation);
  const size = factors.length;
  const lower = options.correlation && factorOf(who, options.correlation, size);

  const shockAt = (u: readonly number[]): Shock =>
    Object.fromEntries(
      factors.map(([name, deviation], i) => {
        const move = lower ? u.reduce((s, x, j) => s + lower[i * size + j]! * x, 0) : u[i]!;
        return [name, deviation * move];
      }),
    );
  const revalue = value as Revaluation;
  const valueAt = (u: readonly number[]): number => {
    const shock = shockAt(u);
    return valueUnder(who, revalue, shock, JSON.stringify(shock));
  };
  const before = checkFinite(who, 'value without a shock', valueAt(new Array<number>(size).fill(0)));
  const lossAt = (u: readonly number[]): number => before - valueAt(u);

  const starts = directionsOf(size, lower)
    .map((direction) => ({ direction, distance: firstReach(lossAt, direction, goal, reach) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance);
  if (starts.length === 0) {
    throw new DataError('degenerate', `${who}: no shock found within ${reach} deviations loses ${goal}`);
  }
  const best = starts
    .slice(0, DESCENTS)
    .map((start) => descend(lossAt, start, goal, reach))
    .reduce((a, b) => (b.distance < a.distance ? b : a));
  const point = scaled(best.direction, best.distance);
  return { shock: shockAt(point), distance: best.distance, loss: lossAt(point) };
}

/** Where a ray first loses enough. */
interface Reached {
  readonly direction: readonly number[];
  readonly distance: number;
}

/** From so many of the best rays the search goes on. */
const DESCENTS = 8;

/** From where a ray first loses enough to the nearest such point that the slope of the loss leads to. */
function descend(
  lossAt: (u: readonly number[]) => number,
  start: Reached,
  goal: number,
  reach: number,
): Reached {
  let best = start;
  for (let round = 0; round < 100; round++) {
    const uphill = slopeOf(lossAt, scaled(best.direction, best.distance));
    if (!uphill) break;
    // Straight to the steepest direction, or as much of the way as still comes nearer.
    let nearer: Reached | undefined;
    for (let share = 1; share > 1e-4 && !nearer; share /= 2) {
      const direction = unit(best.direction.map((x, i) => x + share * (uphill[i]! - x)));
      const distance = firstReach(lossAt, direction, goal, Math.min(reach, best.distance * 1.000001));
      if (distance < best.distance) nearer = { direction, distance };
    }
    if (!nearer) break;
    const gain = best.distance - nearer.distance;
    best = nearer;
    if (gain <= 1e-14 * best.distance) break;
  }
  return best;
}

function factorOf(who: string, correlation: SquareMatrix, size: number): Float64Array {
  const { data } = readSymmetric(who, 'correlation', correlation, size);
  const lower = semidefiniteFactor(data, size);
  if (lower && Array.from({ length: size }, (_, i) => data[i * size + i]!).every((own) => own === 1))
    return lower;
  throw new DataError(
    'degenerate',
    `${who}: correlation must have ones on its diagonal and be positive semidefinite; nearestCorrelation mends one that is not`,
  );
}

const scaled = (direction: readonly number[], length: number): number[] => direction.map((x) => x * length);

/** How far along a ray the loss is first reached: in steps, then by bisection; Infinity where it is not. */
function firstReach(
  lossAt: (u: readonly number[]) => number,
  direction: readonly number[],
  goal: number,
  reach: number,
): number {
  const steps = 64;
  let high = Infinity;
  let low = 0;
  for (let k = 1; k <= steps; k++) {
    const at = (reach * k) / steps;
    if (lossAt(scaled(direction, at)) >= goal) {
      high = at;
      break;
    }
    low = at;
  }
  if (high === Infinity) return Infinity;
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) break;
    if (lossAt(scaled(direction, middle)) >= goal) high = middle;
    else low = middle;
  }
  return high;
}

/** The direction in which the loss grows fastest, by central differences; undefined where it is flat. */
function slopeOf(lossAt: (u: readonly number[]) => number, u: readonly number[]): number[] | undefined {
  const step = 1e-5 * Math.max(1, Math.hypot(...u));
  const slope = u.map((_, i) => {
    const to = (by: number): number[] => u.map((x, j) => (j === i ? x + by : x));
    return lossAt(to(step)) - lossAt(to(-step));
  });
  return Math.hypot(...slope) > 0 ? unit(slope) : undefined;
}
