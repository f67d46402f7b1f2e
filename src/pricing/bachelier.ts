import { checkFinite } from '../core/checks.js';
import { expSquare } from '../math/exp-square.js';
import { millsRatio } from '../math/mills-ratio.js';
import { millsSlope } from '../math/mills-slope.js';
import { type Greeks, greeksOf } from './greeks.js';
import { normalLimit } from './limits.js';
import { checkNonNegative, checkTerms, FORWARD_NAMES, type ForwardTerms, signOf } from './option.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/**
 * Writes the price and the Greeks of a European option on a normal price into `row`, in the order of GREEK_NAMES.
 * With h = |F − K|/s and s = σ√T, the out-of-the-money option is worth s φ(h) (1 − h R(h)), R the Mills ratio.
 */
export function bachelierRow(
  row: Float64Array,
  sign: number,
  forward: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number,
): void {
  const root = Math.sqrt(years);
  const s = volatility * root;
  const distance = forward - strike;
  if (!(s > 0)) {
    normalLimit(row, sign, distance, years, rate, volatility);
    return;
  }
  const factor = Math.exp(-rate * years);
  const h = Math.abs(distance) / s;
  const density = ONE_OVER_SQRT_2_PI * expSquare(-0.5, h);
  const outside = density === 0 ? 0 : density * millsRatio(h);
  const inside = sign * distance > 0;
  const chance = inside ? 1 - outside : outside;
  const time = density === 0 ? 0 : s * density * millsSlope(h);
  const price = factor * (inside ? time + Math.abs(distance) : time);
  const delta = sign * factor * chance;
  row.fill(0);
  row[0] = price;
  row[1] = delta;
  row[4] = rate * price;
  row[5] = -years * price;
  row[8] = rate * delta;
  row[14] = -delta;
  if (density === 0) return;

  const d = distance / s;
  const d2 = d * d;
  const gamma = (factor * density) / s;
  const vega = factor * root * density;
  row[2] = gamma;
  row[3] = vega;
  row[4] -= (0.5 * factor * density * volatility) / root;
  row[6] = (-factor * density * d) / volatility;
  row[7] = (vega * d2) / volatility;
  row[8] += (factor * density * d) / (2 * years);
  row[9] = (-gamma * d) / s;
  row[10] = (gamma * (d2 - 1)) / volatility;
  row[11] = gamma * (rate + (1 - d2) / (2 * years));
  row[12] = vega * (rate - (1 + d2) / (2 * years));
  row[13] = ((vega / volatility) * d2 * (d2 - 3)) / volatility;
  row[15] = gamma;
}

/**
 * The value of a European option on a future whose changes, not returns, are normal, with all its Greeks in one pass:
 * for spreads, rates, and crude oil when it may go below zero.
 *
 * Volatility is in units of price per year. Forward and strike may have any sign. Derivatives are with respect to the
 * forward; a change of the rate only discounts: rho is −years · price, and dividendRho is 0.
 *
 * Source: Bachelier (1900), "Théorie de la spéculation"; Haug (2007), chapter 1.3.1.
 *
 * @throws OptionError for an unknown name, a type other than 'call' or 'put', a forward, strike or rate that is not finite,
 * or negative or non-finite years or volatility
 * @example
 * ```ts
 * const put = bachelier({ type: 'put', forward: -37.63, strike: -40, years: 0.1, rate: 0, volatility: 30 });
 * put.price; // → 2.71718989433308
 * put.delta; // → -0.401363301219033
 * ```
 */
export function bachelier(terms: ForwardTerms): Greeks {
  const who = 'bachelier';
  checkTerms(who, terms, FORWARD_NAMES);
  const row = new Float64Array(17);
  bachelierRow(
    row,
    signOf(terms.type),
    checkFinite(who, 'forward', terms.forward),
    checkFinite(who, 'strike', terms.strike),
    terms.years,
    terms.rate,
    checkNonNegative(who, 'volatility', terms.volatility),
  );
  return greeksOf(row);
}
