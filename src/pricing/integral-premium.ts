import { expSquare } from '../math/exp-square.js';
import { normalCdf } from '../math/normal.js';
import {
  type Boundary,
  boundaryAt,
  type Market,
  rateScale,
  type SolvedBoundary,
  startOf,
} from './integral-boundary.js';
import { type Angles, angles, gaussLegendre, interpolation } from './integral-rule.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/** What the right to exercise a put of strike 1 early adds to its price, and derivatives of that. */
export interface Premium {
  readonly price: number;
  /** By the spot. */
  readonly slope: number;
  readonly curvature: number;
}

export interface PremiumGreeks extends Premium {
  readonly byRate: number;
  readonly byYield: number;
  readonly byVolatility: number;
  /** Derivative of `slope` by the volatility. */
  readonly slopeByVolatility: number;
}

/** Angles, and for each the weights that interpolate the boundary there. */
interface Samples extends Angles {
  readonly interpolate: Float64Array;
}

const known = new Map<number, Samples>();

function interpolated(n: number, rule: Angles): Samples {
  const interpolate = new Float64Array(n * rule.sine.length);
  for (let j = 0; j < rule.sine.length; j++) interpolation(interpolate, j * n, n, rule.sine[j]!);
  return { ...rule, interpolate };
}

/** A rule that serves wherever the market is not much more certain than volatile, made once for each size. */
function usual(n: number, half: number): Samples {
  const key = n * 1000 + half;
  const samples = known.get(key) ?? interpolated(n, angles(half));
  known.set(key, samples);
  return samples;
}

/** The price alone of the premium at a spot at or above the boundary. */
export function premiumPrice(market: Market, boundary: Boundary, spot: number): number {
  return premiumOn(samplesFor(market, boundary, spot, true), market, boundary, spot).price;
}

/**
 * The premium at a spot above the boundary: interest on the strike less the yield of the underlying over all the time that
 * the option would be exercised. Source: Kim (1990), "The analytic valuation of American options", Rev. Fin. Studies 3.
 */
function premiumOn(
  { sine, cosine, weight, interpolate }: Samples,
  { rate, dividendYield, volatility }: Market,
  { years, start, depth }: Boundary,
  spot: number,
): Premium {
  const n = depth.length - 1;
  const up = (rate - dividendYield) / volatility + 0.5 * volatility;
  const x = Math.log(spot / start);
  let price = 0;
  let slope = 0;
  let curvature = 0;
  for (let j = 0; j < sine.length; j++) {
    const left = Math.sqrt(years) * cosine[j]!;
    const share = weight[j]! * years;
    if (!(share > 0 && left > 0)) continue;
    let square = 0;
    for (let k = 0; k < n; k++) square += interpolate[j * n + k]! * depth[k]! * depth[k]!;
    const scale = 1 / (volatility * left);
    const plus = (x + Math.sqrt(Math.max(square, 0))) * scale + up * left;
    const minus = plus - volatility * left;
    const interest = share * rate * Math.exp(-rate * left * left);
    const lower = interest * ONE_OVER_SQRT_2_PI * expSquare(-0.5, minus) * scale;
    price += interest * normalCdf(-minus);
    slope -= lower / spot;
    if (lower > 0) curvature += ((lower / spot) * (1 + minus * scale)) / spot;
    if (dividendYield === 0) continue;
    const yields = share * dividendYield * Math.exp(-dividendYield * left * left);
    const upper = yields * ONE_OVER_SQRT_2_PI * expSquare(-0.5, plus) * scale;
    const below = yields * normalCdf(-plus);
    price -= spot * below;
    slope += upper - below;
    if (upper !== 0) curvature += (upper * (1 - plus * scale)) / spot;
  }
  return { price, slope, curvature };
}

/**
 * The usual rule, if half its points agree with it: each doubling squares what is missing. Where drift carries the spot to
 * the boundary at a time that is nearly known, the integrand is a step there, and the rule is made to measure.
 */
function samplesFor(market: Market, boundary: Boundary, spot: number, isPriceOnly = false): Samples {
  const n = boundary.depth.length - 1;
  const whole = usual(n, 60);
  const fine = premiumOn(whole, market, boundary, spot);
  const coarse = premiumOn(usual(n, 30), market, boundary, spot);
  const isNear = (key: keyof Premium, share: number): boolean =>
    Math.abs(fine[key] - coarse[key]) <= share * Math.abs(fine[key]);
  const isNothing = fine.price === 0 && fine.slope === 0 && !hasStep(market, boundary, spot);
  const areSlopesNear = isPriceOnly || (isNear('slope', 1e-6) && isNear('curvature', 1e-5));
  return isNothing || (isNear('price', 1e-7) && areSlopesNear)
    ? whole
    : measured(market, boundary, spot, isPriceOnly);
}

/** How far above the boundary, in logarithms, drift alone leaves the spot when an angle is left. */
function ahead({ rate, dividendYield }: Market, boundary: Boundary, spot: number, angle: number): number {
  const left = boundary.years * Math.sin(angle) ** 2;
  const then = boundaryAt(boundary, boundary.years * Math.cos(angle) ** 2);
  return Math.log(spot / then) + (rate - dividendYield) * left;
}

const SCAN = 64;
const QUARTER = 0.5 * Math.PI;

function hasStep(market: Market, boundary: Boundary, spot: number): boolean {
  return stepsOf(market, boundary, spot).length > 0;
}

/** The angles left at which drift alone meets the boundary. */
function stepsOf(market: Market, boundary: Boundary, spot: number): number[] {
  const found: number[] = [];
  let before = ahead(market, boundary, spot, 0);
  for (let i = 1; i <= SCAN; i++) {
    const after = ahead(market, boundary, spot, (QUARTER * i) / SCAN);
    if (before > 0 !== after > 0) {
      let [low, high] = [(QUARTER * (i - 1)) / SCAN, (QUARTER * i) / SCAN];
      for (let round = 0; round < 60; round++) {
        const middle = 0.5 * (low + high);
        if (ahead(market, boundary, spot, middle) > 0 === before > 0) low = middle;
        else high = middle;
      }
      found.push(0.5 * (low + high));
    }
    before = after;
  }
  return found;
}

/** A panel of angles left, with what it holds of the premium. */
interface Panel {
  readonly from: number;
  readonly to: number;
  readonly samples: Samples;
  readonly value: Premium;
}

/** Gauss–Legendre panels with edges at and around every step, halved until each agrees with its halves. */
function measured(market: Market, boundary: Boundary, spot: number, isPriceOnly: boolean): Samples {
  const n = boundary.depth.length - 1;
  const panel = (from: number, to: number): Panel => {
    const { points, weights } = gaussLegendre(16);
    const at = points.map((x) => from + (to - from) * x);
    const [sine, cosine] = [at.map(Math.cos), at.map(Math.sin)];
    const weight = weights.map((w, i) => (to - from) * w * 2 * sine[i]! * cosine[i]!);
    const samples = interpolated(n, { sine, cosine, weight });
    return { from, to, samples, value: premiumOn(samples, market, boundary, spot) };
  };
  const edges = [0, QUARTER];
  for (const step of stepsOf(market, boundary, spot)) {
    // how many angles wide the step is: a panel that is much wider would see none of it
    const drift = 2 * Math.abs(market.rate - market.dividendYield) * Math.sqrt(market.years) * Math.cos(step);
    for (const deviations of [-12, -4, 0, 4, 12]) {
      const edge = step + (deviations * market.volatility) / drift;
      if (edge > 0 && edge < QUARTER) edges.push(edge);
    }
  }
  edges.sort((a, b) => a - b);
  const open: Panel[] = [];
  for (let i = 0; i + 1 < edges.length; i++) open.push(panel(edges[i]!, edges[i + 1]!));
  const total = { price: 0, slope: 0, curvature: 0 };
  const keys = ['price', 'slope', 'curvature'] as const;
  for (const key of keys) for (const { value } of open) total[key] += Math.abs(value[key]);
  const done: Samples[] = [];
  while (open.length > 0) {
    const { from, to, samples, value } = open.pop()!;
    const middle = 0.5 * (from + to);
    const [left, right] = [panel(from, middle), panel(middle, to)];
    for (const key of keys) {
      total[key] += Math.abs(left.value[key]) + Math.abs(right.value[key]) - Math.abs(value[key]);
    }
    const isNear = (key: keyof Premium, share: number): boolean =>
      Math.abs(value[key] - left.value[key] - right.value[key]) <= share * total[key];
    const areSlopesNear = isPriceOnly || (isNear('slope', 1e-12) && isNear('curvature', 1e-10));
    if ((isNear('price', 1e-14) && areSlopesNear) || to - from < 1e-12 || done.length + open.length > 300)
      // rounding may keep a panel from agreeing with its halves: there is an end to it
      done.push(samples);
    else open.push(left, right);
  }
  return joined(done);
}

function joined(parts: readonly Samples[]): Samples {
  const all = (key: keyof Samples): Float64Array => {
    const out = new Float64Array(parts.reduce((sum, part) => sum + part[key].length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part[key], at);
      at += part[key].length;
    }
    return out;
  };
  return { sine: all('sine'), cosine: all('cosine'), weight: all('weight'), interpolate: all('interpolate') };
}

/**
 * The premium with its derivatives by the market. The boundary's own derivatives come from its equation, exactly; the
 * premium is then differenced along them (four points, steps of a thousandth), which costs no further boundary.
 */
export function premiumGreeks(market: Market, boundary: SolvedBoundary, spot: number): PremiumGreeks {
  const isRatio = boundary.start < 1;
  const samples = samplesFor(market, boundary, spot);
  function derivative(part: 'rate' | 'dividendYield' | 'volatility'): readonly [number, number] {
    const along = boundary.along(part);
    const step = part === 'volatility' ? 1e-3 * market.volatility : 1e-2 * rateScale(market, boundary);
    const at = (by: number): Premium => {
      const moved = { ...market, [part]: market[part] + by };
      return premiumOn(
        samples,
        moved,
        {
          years: boundary.years,
          start: isRatio ? moved.rate / moved.dividendYield : startOf(1, 0),
          depth: boundary.depth.map((d, i) => d + by * along[i]!),
        },
        spot,
      );
    };
    const [a, b, c, d] = [at(step), at(-step), at(2 * step), at(-2 * step)];
    const slope = (key: 'price' | 'slope'): number =>
      (8 * (a![key] - b![key]) - (c![key] - d![key])) / (12 * step);
    return [slope('price'), slope('slope')];
  }
  const [byVolatility, slopeByVolatility] = derivative('volatility');
  return {
    ...premiumOn(samples, market, boundary, spot),
    byRate: derivative('rate')[0],
    byYield: derivative('dividendYield')[0],
    byVolatility,
    slopeByVolatility,
  };
}
