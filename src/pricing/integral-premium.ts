import { expSquare } from '../math/exp-square.js';
import { normalCdf } from '../math/normal.js';
import { type Boundary, type Market, rateScale, type SolvedBoundary, startOf } from './integral-boundary.js';
import { type Angles, angles, interpolation } from './integral-rule.js';

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

interface Samples extends Angles {
  readonly interpolate: Float64Array;
}

const known = new Map<number, Samples>();

function samplesOf(n: number): Samples {
  const held = known.get(n);
  if (held) return held;
  const rule = angles(60);
  const interpolate = new Float64Array(n * rule.sine.length);
  for (let j = 0; j < rule.sine.length; j++) interpolation(interpolate, j * n, n, rule.sine[j]!);
  const samples = { ...rule, interpolate };
  known.set(n, samples);
  return samples;
}

/**
 * The premium at a spot above the boundary: interest on the strike less the yield of the underlying over all the time that
 * the option would be exercised. Source: Kim (1990), "The analytic valuation of American options", Rev. Fin. Studies 3.
 */
export function premium(
  { rate, dividendYield, volatility }: Market,
  { years, start, depth }: Boundary,
  spot: number,
): Premium {
  const n = depth.length - 1;
  const { sine, cosine, weight, interpolate } = samplesOf(n);
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
 * The premium with its derivatives by the market. The boundary's own derivatives come from its equation, exactly; the
 * premium is then differenced along them (four points, steps of a thousandth), which costs no further boundary.
 */
export function premiumGreeks(market: Market, boundary: SolvedBoundary, spot: number): PremiumGreeks {
  const isRatio = boundary.start < 1;
  function derivative(part: 'rate' | 'dividendYield' | 'volatility'): readonly [number, number] {
    const along = boundary.along(part);
    const step = part === 'volatility' ? 1e-3 * market.volatility : 1e-2 * rateScale(market);
    const at = (by: number): Premium => {
      const moved = { ...market, [part]: market[part] + by };
      return premium(
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
    ...premium(market, boundary, spot),
    byRate: derivative('rate')[0],
    byYield: derivative('dividendYield')[0],
    byVolatility,
    slopeByVolatility,
  };
}
