import { choleskyFactor, choleskySolve } from './cholesky.js';
import { type GarchVector, garchLikelihood, garchLogLikelihood } from './garch-likelihood.js';

/** Parameters as a straight function of those that are free: base + Σ free[k] · directions[k]. */
export interface FreeParameters {
  readonly base: GarchVector;
  readonly directions: readonly GarchVector[];
  /** The least each may be. */
  readonly least: readonly number[];
  /** Whether alpha + beta is held just below 1; otherwise alpha and beta are the last two that are free. */
  readonly isEdge?: boolean;
}

export interface GarchOptimum {
  readonly parameters: GarchVector;
  readonly converged: boolean;
}

/** alpha + beta stays this far below 1. */
export const STATIONARY: number = 1 - 1e-8;

/** Variance stays above this share of the sample's. */
export const LEAST_OMEGA = 1e-10;

export function parametersAt({ base, directions }: FreeParameters, free: readonly number[]): GarchVector {
  return base.map((value, i) =>
    directions.reduce((total, direction, k) => total + free[k]! * direction[i]!, value),
  ) as unknown as GarchVector;
}

/** J' M J for the directions J. */
export function reduced(matrix: Float64Array, directions: readonly GarchVector[]): Float64Array {
  const size = directions.length;
  const out = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      let total = 0;
      for (let i = 0; i < 4; i++)
        for (let j = 0; j < 4; j++) total += directions[a]![i]! * matrix[4 * i + j]! * directions[b]![j]!;
      out[a * size + b] = total;
    }
  }
  return out;
}

/** The likeliest parameters: inside, or where the climb meets the edge of what is stationary, the best along that edge. */
export function summit(
  returns: Float64Array,
  space: FreeParameters,
  start: readonly number[],
  backcast: number | undefined,
): GarchOptimum {
  const found = climb(returns, space, start, backcast);
  const [, , alpha, beta] = found.parameters;
  if (alpha + beta < STATIONARY - 1e-12) return found;
  const { base, directions, least } = space;
  const ofBeta = directions[directions.length - 1]!;
  const edge: FreeParameters = {
    base: base.map((value, i) => value + STATIONARY * ofBeta[i]!) as unknown as GarchVector,
    directions: directions
      .slice(0, -1)
      .map((direction, k) =>
        k < directions.length - 2 ? direction : direction.map((value, i) => value - ofBeta[i]!),
      ) as unknown as GarchVector[],
    least: least.slice(0, -1),
    isEdge: true,
  };
  const first = 4 - directions.length;
  return climb(returns, edge, [...found.parameters].slice(first, 3), backcast);
}

/**
 * Climbs from a start to where the likelihood is greatest: Newton steps where the surface bends like a summit, scoring
 * steps elsewhere, shortened as Levenberg and Marquardt do until they gain. A parameter at its bound that would leave is held.
 */
function climb(
  returns: Float64Array,
  space: FreeParameters,
  start: readonly number[],
  backcast: number | undefined,
): GarchOptimum {
  const size = space.directions.length;
  let free = [...start];
  let damping = 1e-3;
  let small = 0;
  for (let round = 0; round < 300; round++) {
    const here = garchLikelihood(returns, parametersAt(space, free), backcast);
    const score = space.directions.map((direction) =>
      direction.reduce((s, d, i) => s + d * here.score[i]!, 0),
    );
    const held = free.map((value, k) => value <= space.least[k]! && score[k]! <= 0);
    const open = free.map((_, k) => k).filter((k) => !held[k]);
    if (open.length === 0) return { parameters: parametersAt(space, free), converged: true };
    const bends = [reduced(here.hessian, space.directions), reduced(here.information, space.directions)];
    let moved: number[] | undefined;
    for (let attempt = 0; attempt < 30 && !moved; attempt++) {
      const step = stepOf(bends, open, size, score, damping);
      const trial = inside(
        free.map((value, k) => Math.max(value + step[k]!, space.least[k]!)),
        space,
      );
      const gain = garchLogLikelihood(returns, parametersAt(space, trial), backcast) - here.logLikelihood;
      if (gain >= 0) {
        moved = trial;
        damping = Math.max(damping / 10, 1e-12);
      } else damping = Math.min(Math.max(damping, 1e-8) * 10, 1e12);
    }
    if (!moved) {
      // Nothing gains any more: at the summit a whole step promises nothing either.
      const promise = stepOf(bends, open, size, score, 0).reduce((sum, step, k) => sum + step * score[k]!, 0);
      return { parameters: parametersAt(space, free), converged: Math.abs(promise) < 1e-7 };
    }
    const change = Math.max(
      ...moved.map((value, k) => Math.abs(value - free[k]!) / Math.max(Math.abs(value), 1e-3)),
    );
    free = moved;
    small = change < 1e-10 ? small + 1 : 0;
    if (small >= 2) return { parameters: parametersAt(space, free), converged: true };
  }
  return { parameters: parametersAt(space, free), converged: false };
}

/** A damped step in the open parameters, by the first of the matrices that is positive definite. */
function stepOf(
  bends: readonly Float64Array[],
  open: readonly number[],
  size: number,
  score: readonly number[],
  damping: number,
): Float64Array {
  const out = new Float64Array(size);
  for (const [at, bend] of bends.entries()) {
    const part = new Float64Array(open.length ** 2);
    open.forEach((i, a) => {
      open.forEach((j, b) => {
        part[a * open.length + b] = bend[i * size + j]!;
      });
      const place = a * open.length + a;
      const own = Math.abs(part[place]!);
      part[place] = part[place]! + damping * own + (at === 1 ? 1e-9 : 0);
    });
    const lower = choleskyFactor(part, open.length);
    if (!lower) continue;
    const step = choleskySolve(
      lower,
      open.map((k) => score[k]!),
    );
    open.forEach((k, a) => {
      out[k] = step[a]!;
    });
    return out;
  }
  return out;
}

/** The same point, drawn back until alpha + beta is below 1. */
function inside(free: number[], { directions, isEdge }: FreeParameters): number[] {
  if (isEdge) {
    free[directions.length - 1] = Math.min(free[directions.length - 1]!, STATIONARY);
    return free;
  }
  const [a, b] = [directions.length - 2, directions.length - 1];
  const total = free[a]! + free[b]!;
  if (total > STATIONARY) {
    free[a] = (free[a]! * STATIONARY) / total;
    free[b] = (free[b]! * STATIONARY) / total;
  }
  return free;
}
