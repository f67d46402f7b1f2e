import { expSquare } from '../math/exp-square.js';
import { normalCdf } from '../math/normal.js';
import { eliminate, substitute } from './integral-elimination.js';
import { type Angles, gaussAngles, interpolation } from './integral-rule.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/** What the boundary of a put of strike 1 depends on. */
export interface Market {
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly volatility: number;
}

/** Where a put of strike 1 is exercised, as ln(B₀/B) at Chebyshev points of √time, from the longest time to 0. */
export interface Boundary {
  readonly years: number;
  /** The boundary the moment before expiry, B₀. */
  readonly start: number;
  readonly depth: Float64Array;
}

/** A boundary found, and how it moves with the market. */
export interface SolvedBoundary extends Boundary {
  /** The derivative of `depth` with respect to one part of the market. */
  along(part: 'rate' | 'dividendYield' | 'volatility'): Float64Array;
}

/** Points and angles of a size, and for every point and angle the weights that interpolate. */
interface Grid {
  readonly n: number;
  readonly angles: Angles;
  readonly roots: Float64Array;
  readonly weights: Float64Array;
}

const grids = new Map<number, Grid>();

function gridOf(n: number): Grid {
  const known = grids.get(n);
  if (known) return known;
  const quadrature = 2 * n;
  const angles = gaussAngles(quadrature);
  const roots = new Float64Array(n + 1);
  const weights = new Float64Array(n * quadrature * n);
  for (let i = 0; i < n; i++) {
    roots[i] = Math.sin((0.5 * Math.PI * (n - i)) / n) ** 2;
    for (let j = 0; j < quadrature; j++) {
      interpolation(weights, (i * quadrature + j) * n, n, roots[i]! * angles.sine[j]!);
    }
  }
  const grid = { n, angles, roots, weights };
  grids.set(n, grid);
  return grid;
}

/** The boundary the moment before expiry: where interest on the strike is worth the yield of the underlying, or the strike. */
export function startOf(rate: number, dividendYield: number): number {
  return dividendYield > rate && rate > 0 ? rate / dividendYield : 1;
}

/**
 * A first guess at ln(B₀/B): from the law of small times towards the boundary that holds for ever, as Bjerksund &
 * Stensland (1993) bend it.
 */
function guess({ rate, dividendYield, volatility }: Market, years: number): number {
  const variance = volatility * volatility;
  const a = (rate - dividendYield) / variance - 0.5;
  const power = -a - Math.sqrt(a * a + (2 * rate) / variance);
  const start = 1 / startOf(rate, dividendYield);
  const gap = Math.max(power < 0 ? (power - 1) / power - start : Infinity, 1e-9 * start);
  const root = volatility * Math.sqrt(years);
  const speed = (rate - dividendYield) / volatility;
  const pull = 8 * Math.PI * years * Math.max(speed * speed, 4 * Math.PI * rate * rate * years);
  const early = dividendYield > rate ? 1 : Math.max(-Math.log(pull), 4);
  const reach = Math.max((dividendYield - rate) * years, -0.5 * root) + root * Math.sqrt(early);
  const rise = gap < Infinity ? -gap * Math.expm1((-reach * start) / gap) : reach * start;
  return Math.log1p(rise / start);
}

/**
 * Writes how far the slope of the option's value is from −1 at every point, and the derivatives of that by the depth at
 * every point into `matrix`, if there is one.
 */
function residuals(
  grid: Grid,
  { years, rate, dividendYield, volatility }: Market,
  start: number,
  depth: Float64Array,
  out: Float64Array,
  matrix?: Float64Array,
): void {
  const { n, angles, roots, weights } = grid;
  const { sine, cosine, weight } = angles;
  const quadrature = sine.length;
  const carry = (rate - dividendYield) / volatility;
  const up = carry + 0.5 * volatility;
  const down = carry - 0.5 * volatility;
  const logStart = Math.log(start);
  const squares = depth.map((d) => d * d);
  const topGradient = new Float64Array(n);
  const bottomGradient = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const root = Math.sqrt(years) * roots[i]!;
    const time = root * root;
    const own = depth[i]!;
    const inverse = Math.exp(own) / start;
    const first = (logStart - own) / (volatility * root) + up * root;
    const yieldFactor = Math.exp(-dividendYield * time);
    // top: the chance of ending above and what the yield brings; bottom: what interest brings
    let top = yieldFactor * normalCdf(first);
    let topOwn = (-yieldFactor * ONE_OVER_SQRT_2_PI * expSquare(-0.5, first)) / (volatility * root);
    let bottom = 0;
    let bottomOwn = 0;
    topGradient.fill(0);
    bottomGradient.fill(0);
    for (let j = 0; j < quadrature; j++) {
      const offset = (i * quadrature + j) * n;
      let square = 0;
      for (let k = 0; k < n; k++) square += weights[offset + k]! * squares[k]!;
      // near expiry a wave of the polynomial may dip below what a boundary can be
      const least = 0.3 * Math.min(volatility * root * sine[j]!, depth[0]!);
      const isKnown = square > least * least;
      const then = isKnown ? Math.sqrt(square) : least;
      const left = root * cosine[j]!;
      const scale = 1 / (volatility * left);
      const gap = (then - own) * scale;
      const plus = gap + up * left;
      const minus = gap + down * left;
      const share = weight[j]! * time;
      const interest = rate * Math.exp(-rate * left * left) * inverse * share;
      const lower = interest * scale * ONE_OVER_SQRT_2_PI * expSquare(-0.5, minus);
      bottom += lower;
      bottomOwn += lower + lower * minus * scale;
      let bottomFactor = (-lower * minus * scale) / then;
      let topFactor = 0;
      if (dividendYield !== 0) {
        const yields = dividendYield * Math.exp(-dividendYield * left * left) * share;
        const density = yields * ONE_OVER_SQRT_2_PI * expSquare(-0.5, plus);
        const part = yields * normalCdf(plus) + density * scale;
        const slope = (density - density * plus * scale) * scale;
        // what a negative yield costs counts like interest, so that both sides are positive
        if (dividendYield > 0) {
          top += part;
          topOwn -= slope;
          topFactor = slope / then;
        } else {
          bottom -= part;
          bottomOwn += slope;
          bottomFactor -= slope / then;
        }
      }
      if (!matrix || !isKnown) continue;
      for (let k = 0; k < n; k++) {
        const w = weights[offset + k]! * depth[k]!;
        bottomGradient[k]! += w * bottomFactor;
        topGradient[k]! += w * topFactor;
      }
    }
    topGradient[i]! += topOwn;
    bottomGradient[i]! += bottomOwn;
    // the logarithm of their ratio, since either may be the exponential of a square
    out[i] = Math.log(top / bottom);
    if (!matrix) continue;
    for (let k = 0; k < n; k++) {
      matrix[i * n + k] = topGradient[k]! / top - bottomGradient[k]! / bottom;
    }
  }
}

/**
 * The boundary of a put of strike 1, or nothing when it could not be found: on it the slope of the option's value is −1
 * (smooth pasting). The equation of the slope is of the second kind and well conditioned; Newton's method on all points at
 * once meets it to the last digits in four to seven steps.
 *
 * Source: Andersen, Lake & Offengenden (2016), "High-performance American option pricing", J. Comp. Finance 20(1): the
 * equation is their system A, ln² of the boundary at Chebyshev points of √time their section 5.
 */
export function solveBoundary(market: Market, size: number): SolvedBoundary | undefined {
  const grid = gridOf(size);
  const { n, roots } = grid;
  const { years, volatility } = market;
  const isRatio = market.dividendYield > market.rate && market.rate > 0;
  const start = startOf(market.rate, market.dividendYield);
  const depth = roots.map((root) => (root === 0 ? 0 : guess(market, years * root * root)));
  const matrix = new Float64Array(n * n);
  const rows = new Int32Array(n);
  const right = new Float64Array(n);
  let moved = Infinity;
  for (let round = 0; round < 60 && moved > 1e-11; round++) {
    residuals(grid, market, start, depth, right, matrix);
    eliminate(matrix, rows, n);
    substitute(matrix, rows, right, n);
    moved = 0;
    for (let i = 0; i < n; i++) {
      const old = depth[i]!;
      const next = Math.min(Math.max(old - right[i]!, 0.3 * old), 3 * old);
      if (!Number.isFinite(next)) return undefined;
      moved = Math.max(moved, Math.abs(next - old) / (old + 1e-3));
      depth[i] = next;
    }
  }
  if (!(moved <= 1e-9)) return undefined;

  function along(part: 'rate' | 'dividendYield' | 'volatility'): Float64Array {
    const step =
      part === 'volatility' ? 1e-5 * volatility : 1e-4 * rateScale(market, { years, start, depth });
    const above = new Float64Array(n);
    const below = new Float64Array(n);
    for (const [out, move] of [
      [above, step],
      [below, -step],
    ] as const) {
      const moved = { ...market, [part]: market[part] + move };
      residuals(grid, moved, isRatio ? moved.rate / moved.dividendYield : 1, depth, out);
    }
    const slope = new Float64Array(n + 1);
    for (let i = 0; i < n; i++) slope[i] = (below[i]! - above[i]!) / (2 * step);
    substitute(matrix, rows, slope, n);
    return slope;
  }
  return { years, start, depth, along };
}

/**
 * Over which change of a rate the boundary hardly bends: it hangs on the logarithm of what early exercise earns there, interest on
 * the strike and a negative yield on so much of it.
 */
export function rateScale({ rate, dividendYield }: Market, { start, depth }: Boundary): number {
  return Math.min(1e-2, rate + Math.max(-dividendYield, 0) * start * Math.exp(-depth[0]!));
}

/**
 * The boundary of a put of strike 1 that lasts for ever, which holds at all times but the last where certainty outweighs
 * volatility; nothing where it takes long to come near it. Source: Merton (1973), section 8.
 */
export function lastingBoundary(market: Market, size: number): SolvedBoundary | undefined {
  const { years, rate, dividendYield, volatility } = market;
  if (!(rate > 0 && ((rate - dividendYield) / volatility) ** 2 * years > 200)) return undefined;
  const start = startOf(rate, dividendYield);
  const depthOf = (of: Market): number => {
    const variance = of.volatility * of.volatility;
    const a = (of.rate - of.dividendYield) / variance - 0.5;
    const root = Math.sqrt(a * a + (2 * of.rate) / variance);
    const power = a < 0 ? (-2 * of.rate) / variance / (root - a) : -a - root;
    return Math.log1p(-1 / power) + Math.log(startOf(of.rate, of.dividendYield));
  };
  const depth = new Float64Array(size + 1).fill(Math.max(depthOf(market), 0), 0, size);
  function along(part: 'rate' | 'dividendYield' | 'volatility'): Float64Array {
    const step = 1e-4 * (part === 'volatility' ? volatility : rate);
    const moved = (by: number): number => depthOf({ ...market, [part]: market[part] + by });
    return new Float64Array(size + 1).fill((moved(step) - moved(-step)) / (2 * step), 0, size);
  }
  return { years, start, depth, along };
}

/** The boundary of a put of strike 1 with so much time left, at most `years` of the boundary. */
export function boundaryAt(boundary: Boundary, years: number): number {
  const n = boundary.depth.length - 1;
  if (years === 0) return boundary.start;
  const row = new Float64Array(n);
  interpolation(row, 0, n, Math.sqrt(years / boundary.years));
  let square = 0;
  for (let k = 0; k < n; k++) square += row[k]! * boundary.depth[k]! ** 2;
  return boundary.start * Math.exp(-Math.sqrt(Math.max(square, 0)));
}
