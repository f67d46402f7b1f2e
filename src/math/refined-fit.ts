import type { Series } from '../core/series.js';
import { productError, sumError } from './error-free.js';
import type { Orthogonal } from './orthogonal.js';

/** A column known to twice the working precision: `high + low`. */
export interface Precise {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/**
 * The solution of designᵀ · design · b = designᵀ · y + slant, to twice the working precision: least squares when there
 * is no slant. Solved by orthogonal columns, then refined: residuals in twice the working precision drive corrections
 * through the same decomposition, until the answer is that of the doubles given. Columns are of a size near 1.
 *
 * Source: Björck (1967), "Iterative refinement of linear least squares solutions I", BIT 7.
 */
export function solveRefined(
  design: readonly Precise[],
  orthogonal: Orthogonal,
  y: Precise,
  slant: Series = new Float64Array(design.length),
): Precise {
  const solution = { high: new Float64Array(design.length), low: new Float64Array(design.length) };
  const residuals = new Float64Array(y.high.length);
  let last = Infinity;
  for (let round = 0; round < 8; round++) {
    // The augmented system: residuals + design · b = y and designᵀ · residuals = −slant.
    const lacking = remainder(design, solution, y, residuals);
    const slanted = design.map((column, j) => -slant[j]! - preciseDot(column, residuals));
    const change = addTo(solution, correct(orthogonal, lacking, slanted, residuals));
    // Each round gains about as many digits as the one before: below 2⁻³⁰ nothing is left to gain.
    if (round > 0 && (change < 2 ** -30 || change >= last)) break;
    last = change;
  }
  return withoutNoise(solution);
}

/** A share of the fit this far below the last digit of y is the noise of a zero. */
function withoutNoise({ high, low }: Precise): Precise {
  const noise = high.reduce((most, b) => Math.max(most, Math.abs(b)), 0) * 2 ** -80;
  const kept = (part: Float64Array) => part.map((b, j) => (Math.abs(high[j]!) < noise ? 0 : b));
  return { high: kept(high), low: kept(low) };
}

/** What the design leaves of y; exactly zero where only the noise of the twofold precision is left. */
export function residualsOf(design: readonly Precise[], coefficients: Precise, y: Precise): Float64Array {
  const residuals = remainder(design, coefficients, y);
  // No column holds anything as large as 2.
  const size = coefficients.high.reduce((total, b) => total + 2 * Math.abs(b), 2);
  for (let i = 0; i < residuals.length; i++) if (Math.abs(residuals[i]!) < size * 2 ** -90) residuals[i] = 0;
  return residuals;
}

/** y − residuals − design · coefficients, rounded once. */
function remainder(
  design: readonly Precise[],
  coefficients: Precise,
  y: Precise,
  residuals?: Float64Array,
): Float64Array {
  const high = y.high.slice();
  const low = y.low.slice();
  if (residuals) {
    for (let i = 0; i < high.length; i++) {
      const next = high[i]! - residuals[i]!;
      low[i] = low[i]! + sumError(high[i]!, -residuals[i]!, next);
      high[i] = next;
    }
  }
  design.forEach((column, j) => {
    const b = coefficients.high[j]!;
    const bLow = coefficients.low[j]!;
    for (let i = 0; i < high.length; i++) {
      const x = column.high[i]!;
      const product = b * x;
      const next = high[i]! - product;
      low[i] =
        low[i]! +
        sumError(high[i]!, -product, next) -
        productError(b, x, product) -
        (b * column.low[i]! + bLow * x);
      high[i] = next;
    }
  });
  for (let i = 0; i < high.length; i++) high[i] = high[i]! + low[i]!;
  return high;
}

/** Σ column · other to twice the working precision, rounded once. */
function preciseDot(column: Precise, other: Float64Array): number {
  let high = 0;
  let low = 0;
  for (let i = 0; i < other.length; i++) {
    const product = column.high[i]! * other[i]!;
    const next = high + product;
    low +=
      sumError(high, product, next) +
      productError(column.high[i]!, other[i]!, product) +
      column.low[i]! * other[i]!;
    high = next;
  }
  return high + low;
}

/** Solves the augmented system for what is lacking; corrects the residuals and returns the step in the coefficients. */
function correct(
  { orthonormal, triangle }: Orthogonal,
  lacking: Float64Array,
  slanted: readonly number[],
  residuals: Float64Array,
): Float64Array {
  const along = solveTransposed(triangle, slanted);
  const step = Float64Array.from(orthonormal, (q, k) => {
    let dot = 0;
    for (let i = 0; i < lacking.length; i++) dot += q[i]! * lacking[i]!;
    return dot - along[k]!;
  });
  for (let i = 0; i < lacking.length; i++) residuals[i] = residuals[i]! + lacking[i]!;
  orthonormal.forEach((q, k) => {
    const share = step[k]!;
    for (let i = 0; i < lacking.length; i++) residuals[i] = residuals[i]! - share * q[i]!;
  });
  for (let k = step.length - 1; k >= 0; k--) {
    for (let j = k + 1; j < step.length; j++) step[k] = step[k]! - triangle[k]![j]! * step[j]!;
    step[k] = step[k]! / triangle[k]![k]!;
  }
  return step;
}

/** The solution of triangleᵀ · z = right. */
export function solveTransposed(triangle: readonly Float64Array[], right: Series): Float64Array {
  const solution = Float64Array.from(right);
  for (let k = 0; k < solution.length; k++) {
    for (let j = 0; j < k; j++) solution[k] = solution[k]! - triangle[j]![k]! * solution[j]!;
    solution[k] = solution[k]! / triangle[k]![k]!;
  }
  return solution;
}

/** Adds a step to the coefficients; returns its size relative to theirs. */
function addTo({ high, low }: Precise, step: Float64Array): number {
  let moved = 0;
  let size = 0;
  for (let j = 0; j < step.length; j++) {
    const next = high[j]! + step[j]!;
    low[j] = low[j]! + sumError(high[j]!, step[j]!, next);
    high[j] = next;
    moved = Math.max(moved, Math.abs(step[j]!));
    size = Math.max(size, Math.abs(next));
  }
  return moved === 0 ? 0 : moved / size;
}
