import { millsRatio } from '../math/mills-ratio.js';
import { millsSlope } from '../math/mills-slope.js';
import { quickBell, quickExp } from '../math/quick-exp.js';
import { lognormalLimit } from './limits.js';
import { logMoneyness } from './moneyness.js';

/** A deviation up to expiry of no consequence, whose square is still a number. */
export const NOTHING = 1e-100;

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/**
 * Writes the price and the Greeks of a European option on a lognormal price into `row`, in the order of GREEK_NAMES;
 * beyond the first six only when `all` is set.
 *
 * With h = |ln(F/K)|/s, t = s/2 and s = σ√T, the out-of-the-money option of the two is worth
 * S e^(−qT) φ(d1) · (R(h − t) − R(h + t)), R the Mills ratio: no far tail is ever taken from another, and a price of
 * 1e-200 has its digits. The difference is summed as a series in t where t is small. The other option follows by parity.
 *
 * Source: Jäckel (2015), "Let's Be Rational", section 6, for the form; Haug (2007), chapter 2, for the Greeks.
 */
export function lognormalRow(
  row: Float64Array,
  sign: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  volatility: number,
  all: boolean,
): void {
  const root = Math.sqrt(years);
  const s = volatility * root;
  if (!(s > NOTHING && spot > 0 && strike > 0)) {
    lognormalLimit(row, sign, spot, strike, years, rate, dividendYield, volatility);
    return;
  }
  const strikeFactor = quickExp(-rate * years);
  const spotFactor = dividendYield === rate ? strikeFactor : quickExp(-dividendYield * years);
  const spotValue = spot * spotFactor;
  const strikeValue = strike * strikeFactor;
  const x = logMoneyness(spot, strike, years, rate, dividendYield, s);

  // Out of the money, the nearer of d1 and d2 to the centre is h − t from it, on the side of the smaller value.
  const h = Math.min(Math.abs(x) / s, 1e6); // beyond 40 nothing is left
  const t = 0.5 * s;
  const near = x > 0 ? strikeValue : spotValue;
  const far = x > 0 ? spotValue : strikeValue;
  const nearDensity = ONE_OVER_SQRT_2_PI * quickBell(h - t);
  const mass = near * nearDensity; // S e^(−qT) φ(d1) = K e^(−rT) φ(d2)
  let time: number; // value of the option that is out of the money
  let nearChance: number; // N(t − h)
  let nearRest: number; // N(h − t)
  let farChance: number; // N(−h − t)
  if (t < 0.1) {
    // R(h ∓ t) = Σ ±I_k tᵏ/k!, I_k = (−1)ᵏ R⁽ᵏ⁾(h) > 0, I_{k+2} = (2k + 1 + h²) I_k − k (k − 1) I_{k−2}
    const t2 = t * t;
    const h2 = h * h;
    const i0 = millsRatio(h);
    const i1 = millsSlope(h);
    const i2 = i0 - h * i1;
    const i3 = (3 + h2) * i1 - 1;
    const i4 = (5 + h2) * i2 - 2 * i0;
    const i5 = (7 + h2) * i3 - 6 * i1;
    const i6 = (9 + h2) * i4 - 12 * i2;
    const i7 = (11 + h2) * i5 - 20 * i3;
    const i8 = (13 + h2) * i6 - 30 * i4;
    const i9 = (15 + h2) * i7 - 42 * i5;
    const i10 = (17 + h2) * i8 - 56 * i6;
    const i11 = (19 + h2) * i9 - 72 * i7;
    const oddRest = i7 / 5040 + t2 * (i9 / 362880 + (t2 * i11) / 39916800);
    const evenRest = i6 / 720 + t2 * (i8 / 40320 + (t2 * i10) / 3628800);
    const odd = t * (i1 + t2 * (i3 / 6 + t2 * (i5 / 120 + t2 * oddRest)));
    const even = i0 + t2 * (i2 / 2 + t2 * (i4 / 24 + t2 * evenRest));
    time = 2 * mass * odd;
    nearChance = nearDensity * (even + odd);
    nearRest = 1 - nearChance;
    farChance = (mass / far) * (even - odd);
  } else {
    const farRatio = millsRatio(h + t);
    const nearRatio = millsRatio(Math.abs(h - t));
    farChance = (mass / far) * farRatio;
    if (h >= t) {
      time = mass * (nearRatio - farRatio);
      nearChance = nearDensity * nearRatio;
      nearRest = 1 - nearChance;
    } else {
      nearRest = nearDensity * nearRatio;
      nearChance = 1 - nearRest;
      time = near * nearChance - mass * farRatio;
    }
  }
  const isCall = sign > 0;
  // N(±d1) and N(±d2) of this option
  const farRest = 1 - farChance;
  const chance1 = x > 0 ? (isCall ? farRest : farChance) : isCall ? nearChance : nearRest;
  const chance2 = x > 0 ? (isCall ? nearRest : nearChance) : isCall ? farChance : farRest;
  const inside = isCall === x > 0;
  const gap =
    rate === dividendYield
      ? (spot - strike) * strikeFactor
      : s < 0.02 && Math.abs(x) < 0.1
        ? strikeValue * Math.expm1(x)
        : spotValue - strikeValue;
  const price = inside ? time + Math.abs(gap) : time;

  const perSpot = mass / spot;
  const gamma = perSpot > 0 ? perSpot / (spot * s) : 0;
  const vega = mass * root;
  const spotPart = sign * spotValue * chance1;
  const strikePart = sign * strikeValue * chance2;
  row[0] = price;
  row[1] = sign * spotFactor * chance1;
  row[2] = gamma;
  row[3] = vega;
  row[4] = (-0.5 * mass * volatility) / root - rate * strikePart + dividendYield * spotPart;
  row[5] = years * strikePart;
  if (!all) return;

  row[14] = -sign * strikeFactor * chance2;
  row[16] = -years * spotPart;
  if (mass === 0) {
    row.fill(0, 6, 14);
    row[8] = sign * dividendYield * spotFactor * chance1;
    row[15] = 0;
    return;
  }
  const d1 = x > 0 ? h + t : t - h;
  const d2 = x > 0 ? h - t : -h - t;
  const both = d1 * d2;
  const pull = ((rate - dividendYield) * d1) / s + dividendYield;
  row[6] = (-perSpot * d2) / volatility;
  row[7] = (vega * both) / volatility;
  row[8] =
    sign * dividendYield * spotFactor * chance1 - perSpot * ((rate - dividendYield) / s - d2 / (2 * years));
  row[9] = (-gamma / spot) * (1 + d1 / s);
  row[10] = (gamma * (both - 1)) / volatility;
  row[11] = gamma * (pull + (1 - both) / (2 * years));
  row[12] = vega * (pull - (1 + both) / (2 * years));
  row[15] = mass / strike / (strike * s);
  row[13] = ((vega / volatility) * (both * (both - 1) - d1 * d1 - d2 * d2)) / volatility;
}
