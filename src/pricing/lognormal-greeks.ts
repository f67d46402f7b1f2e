import type { LognormalTerms } from './lognormal-terms.js';

/** The Greeks of a row beyond the first six, from where it is and from those six. `+ 0` turns −0 into 0. */
export function higherGreeks(
  greeks: readonly Float64Array[],
  terms: LognormalTerms,
  i: number,
  moneyness: number,
  deviation: number,
  distance: number,
  mass: number,
): void {
  const [, delta, gamma, vega, , , vanna, volga, charm, speed, zomma, color, veta, ultima, , dualGamma] =
    greeks as Columns;
  const q = terms.dividendYield[i]!;
  if (mass === 0) {
    for (const column of [vanna, volga, speed, zomma, color, veta, ultima, dualGamma]) column[i] = 0;
    charm[i] = q * delta[i]! + 0;
    return;
  }
  const spot = terms.spot[i]!;
  const strike = terms.strike[i]!;
  const volatility = terms.volatility[i]!;
  const half = 0.5 * deviation;
  const d1 = moneyness > 0 ? distance + half : half - distance;
  const d2 = moneyness > 0 ? distance - half : -distance - half;
  const both = d1 * d2;
  const net = terms.rate[i]! - q;
  const pull = (net * d1) / deviation + q;
  const twice = 2 * terms.years[i]!;
  const perSpot = mass / spot;
  const curve = gamma[i]!;
  const kappa = vega[i]!;
  vanna[i] = (-perSpot * d2) / volatility + 0;
  volga[i] = (kappa * both) / volatility + 0;
  charm[i] = q * delta[i]! - perSpot * (net / deviation - d2 / twice) + 0;
  speed[i] = (-curve / spot) * (1 + d1 / deviation) + 0;
  zomma[i] = (curve * (both - 1)) / volatility + 0;
  color[i] = curve * (pull + (1 - both) / twice) + 0;
  veta[i] = kappa * (pull - (1 + both) / twice) + 0;
  ultima[i] = ((kappa / volatility) * (both * (both - 1) - d1 * d1 - d2 * d2)) / volatility + 0;
  dualGamma[i] = mass / strike / (strike * deviation);
}

type C = Float64Array;
type Columns = readonly [C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C];
