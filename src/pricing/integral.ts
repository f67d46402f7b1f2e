import { OptionError } from '../core/errors.js';
import type { American, Checked } from './american-terms.js';
import {
  type Boundary,
  boundaryAt,
  lastingBoundary,
  type Market,
  type SolvedBoundary,
  solveBoundary,
} from './integral-boundary.js';
import { premiumGreeks, premiumPrice } from './integral-premium.js';
import { lognormalInto } from './lognormal-into.js';

/**
 * An American option by the integral equation of its boundary. A call on S with strike K is a put on K with strike S, with
 * rate and yield exchanged (McDonald & Schroder, 1998), so there is one engine, for puts of strike 1.
 */
export function integralValue(who: string, terms: Checked, size: number): American {
  const { sign, spot, strike, years, rate, dividendYield, volatility } = terms;
  const isPut = sign < 0;
  const market = isPut
    ? { years, rate, dividendYield, volatility }
    : { years, rate: dividendYield, dividendYield: rate, volatility };
  const boundary = soundBoundary(market, size);
  if (!boundary) {
    throw new OptionError(
      `${who}: the boundary was not found with ${size} steps, received rate ${rate}, dividendYield ${dividendYield}, ` +
        `volatility ${volatility}, years ${years}; method 'leisen-reimer' needs none`,
    );
  }
  const critical = boundaryAt(boundary, years);
  const criticalSpot = isPut ? strike * critical : strike / critical;
  const row = new Float64Array(17);
  lognormalInto(row, sign, spot, strike, years, rate, dividendYield, volatility, true);
  const european = row[0]!;
  if (sign * (spot - criticalSpot) >= 0) return exercised(terms, european, criticalSpot);

  const unit = isPut ? strike : spot;
  const x = isPut ? spot / strike : strike / spot;
  const early = premiumGreeks(market, boundary, x);
  const slope = (price: number, slopeOfPut: number): number => (isPut ? slopeOfPut : price - x * slopeOfPut);
  const earlyExercisePremium = Math.max(unit * early.price, sign * (spot - strike) - european, 0);
  const price = european + earlyExercisePremium;
  const delta = row[1]! + slope(early.price, early.slope);
  const gamma = row[2]! + early.curvature * (isPut ? 1 / strike : (x * x) / spot);
  return {
    price,
    delta,
    gamma,
    vega: row[3]! + unit * early.byVolatility,
    // while it is held it earns the rate, as every other asset does
    theta: rate * price - (rate - dividendYield) * spot * delta - 0.5 * (volatility * spot) ** 2 * gamma,
    rho: row[5]! + unit * (isPut ? early.byRate : early.byYield),
    vanna: row[6]! + slope(early.byVolatility, early.slopeByVolatility),
    dividendRho: row[16]! + unit * (isPut ? early.byYield : early.byRate),
    earlyExercisePremium,
    criticalSpot,
  };
}

/** A boundary that falls off within less than a point of time may be found with other points only. */
const OTHER_SIZES = [48, 64, 24, 16, 12, 10];

/** The boundary of a put of strike 1, or nothing when no way to it passes the test. */
export function soundBoundary(market: Market, size: number): SolvedBoundary | undefined {
  for (const n of [size, ...OTHER_SIZES]) {
    const boundary = solveBoundary(market, n);
    if (boundary && isSound(market, boundary)) return boundary;
  }
  const lasting = lastingBoundary(market, 16);
  return lasting && isSound(market, lasting) ? lasting : undefined;
}

/**
 * Whether a boundary that meets the equation of the slope meets that of the value too, which it was not made to: at the boundary
 * the option is worth what exercise brings. A false root does not, nor does one that rises with time.
 */
function isSound(market: Market, boundary: Boundary): boolean {
  const { depth } = boundary;
  for (let i = 0; i + 1 < depth.length; i++) if (!(depth[i]! >= 0.9 * depth[i + 1]!)) return false;
  const critical = boundaryAt(boundary, boundary.years);
  const row = new Float64Array(17);
  const { years, rate, dividendYield, volatility } = market;
  lognormalInto(row, -1, critical, 1, years, rate, dividendYield, volatility, false);
  const gap = row[0]! + premiumPrice(market, boundary, critical) - (1 - critical);
  // fewer points than ten are asked for by those who want less
  const most = depth.length > 10 ? 1e-8 : 1e-3;
  return Math.abs(gap) <= (depth.length > 10 ? Math.min(most, 1e-5 * (1 - critical)) : most) + 1e-15;
}

/** An option that is best exercised now: it is the cash it brings. */
export function exercised({ sign, spot, strike }: Checked, european: number, criticalSpot: number): American {
  const price = sign * (spot - strike);
  return {
    price,
    delta: sign,
    gamma: 0,
    vega: 0,
    theta: 0,
    rho: 0,
    vanna: 0,
    dividendRho: 0,
    earlyExercisePremium: Math.max(price - european, 0),
    criticalSpot,
  };
}
