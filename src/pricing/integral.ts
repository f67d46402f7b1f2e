import { OptionError } from '../core/errors.js';
import type { American, Checked } from './american-terms.js';
import { boundaryAt, solveBoundary } from './integral-boundary.js';
import { premiumGreeks } from './integral-premium.js';
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
  // A boundary that falls off within less than a point of time is found with fewer points, or not at all.
  const boundary = solveBoundary(market, size) ?? solveBoundary(market, 16) ?? solveBoundary(market, 10);
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
