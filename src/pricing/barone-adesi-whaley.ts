import type { Checked } from './american-terms.js';
import { lognormalInto } from './lognormal-into.js';

/** What an approximation says: the price, and the spot from which on it exercises. */
export interface Approximation {
  readonly price: number;
  readonly criticalSpot: number;
}

/**
 * The quadratic approximation of Barone-Adesi & Whaley (1987), "Efficient analytic approximation of American option values",
 * J. Finance 42: the early-exercise premium obeys the pricing equation, short of a term that is small near and far.
 */
export function baroneAdesiWhaley(terms: Checked): Approximation {
  const { sign, spot, strike, years, rate, dividendYield, volatility } = terms;
  const variance = volatility * volatility;
  const row = new Float64Array(17);
  const european = (at: number): void =>
    lognormalInto(row, sign, at, strike, years, rate, dividendYield, volatility, false);
  const a = (2 * (rate - dividendYield)) / variance - 1;
  // 4M/k of the paper; its limit where there is no interest
  const quotient = (8 / variance) * (rate === 0 ? 1 / years : rate / -Math.expm1(-rate * years));
  const power = 0.5 * (-a + sign * Math.sqrt(a * a + quotient));
  // How much more a share less of the option is worth than the strike: rises through 0 at the critical spot of a call.
  const excess = (at: number): number => {
    european(at);
    return sign * (at - strike) - row[0]! - (sign * (1 - sign * row[1]!) * at) / power;
  };
  let low = sign > 0 ? strike : 0;
  let high = sign > 0 ? 2 * strike : strike;
  while (sign > 0 && high < 1e12 * strike && excess(high) < 0) {
    low = high;
    high *= 2;
  }
  for (let round = 0; round < 200 && high - low > 1e-15 * high; round++) {
    const middle = 0.5 * (low + high);
    if (sign * excess(middle) >= 0) high = middle;
    else low = middle;
  }
  const criticalSpot = 0.5 * (low + high);
  if (sign * (spot - criticalSpot) >= 0) return { price: sign * (spot - strike), criticalSpot };
  european(criticalSpot);
  const size = (sign * criticalSpot * (1 - sign * row[1]!)) / power;
  european(spot);
  return { price: row[0]! + size * (spot / criticalSpot) ** power, criticalSpot };
}
