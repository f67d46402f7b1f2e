import { productError, sumError } from '../math/error-free.js';
import { quickLog } from '../math/quick-exp.js';
import { twofoldExp } from '../math/twofold-exp.js';

/** ln(spot/strike), with its digits where the two are near each other. */
function logRatio(spot: number, strike: number, deviation: number): number {
  const ratio = spot / strike;
  if (deviation > 0.05) return quickLog(ratio); // 2e-16 is too little to matter
  if (ratio > 0.5 && ratio < 2) return Math.log1p((spot - strike) / strike);
  return ratio > 1e-300 && ratio < 1e300 ? Math.log(ratio) : Math.log(spot) - Math.log(strike);
}

/**
 * ln(forward/strike) of an option whose forward is spot · e^((rate − dividendYield) · years), given the deviation of
 * the logarithm up to expiry. d1 is this over the deviation: where spot and carry nearly cancel and the deviation is small,
 * the rounding of a plain sum would show in the price, and the sum is taken in twofold precision.
 */
export function logMoneyness(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  deviation: number,
): number {
  const ratio = logRatio(spot, strike, deviation);
  if (rate === dividendYield) return ratio;
  const carry = (rate - dividendYield) * years;
  const sum = ratio + carry;
  const rounded = Math.abs(ratio) + Math.abs(carry);
  const cancels = rounded > 4 * Math.abs(sum) && Math.abs(carry) < 600;
  return cancels && rounded * (Math.abs(sum) + deviation) > 32 * deviation * deviation
    ? carefulMoneyness(spot, strike, years, rate, dividendYield)
    : sum;
}

function carefulMoneyness(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  const net = rate - dividendYield;
  const carry = net * years;
  const lost = productError(net, years, carry) + sumError(rate, -dividendYield, net) * years;
  const [growth, growthTail] = twofoldExp(carry, lost);
  const forward = spot * growth;
  const excess = forward - strike + (productError(spot, growth, forward) + spot * growthTail);
  return Math.log1p(excess / strike);
}
