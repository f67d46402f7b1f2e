import type { LognormalTerms } from './lognormal-terms.js';
import { logMoneyness } from './moneyness.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/**
 * The lognormal row where nothing is left to chance: no time, no volatility, a worthless underlying or a free strike. The
 * option is worth its intrinsic value, and the Greeks are their limits, infinite where the strike is met exactly.
 */
export function lognormalLimit(greeks: readonly Float64Array[], terms: LognormalTerms, i: number): void {
  const sign = terms.sign[i]!;
  const spot = terms.spot[i]!;
  const strike = terms.strike[i]!;
  const years = terms.years[i]!;
  const rate = terms.rate[i]!;
  const dividendYield = terms.dividendYield[i]!;
  const row = new Float64Array(greeks.length);
  const spotFactor = Math.exp(-dividendYield * years);
  const strikeFactor = Math.exp(-rate * years);
  const spotValue = spot * spotFactor;
  const strikeValue = strike * strikeFactor;
  const x =
    spot > 0 && strike > 0 ? logMoneyness(spot, strike, years, rate, dividendYield, 1e-300) : Infinity;
  const gap =
    rate === dividendYield || years === 0
      ? (spot - strike) * strikeFactor
      : Math.abs(x) < 0.1
        ? strikeValue * Math.expm1(x)
        : spotValue - strikeValue;
  const chance = sign * gap > 0 ? 1 : sign * gap < 0 ? 0 : 0.5;
  row[0] = Math.max(sign * gap, 0);
  row[1] = sign * spotFactor * chance;
  row[4] = sign * chance * (dividendYield * spotValue - rate * strikeValue);
  row[5] = sign * years * strikeValue * chance;
  row[8] = sign * dividendYield * spotFactor * chance;
  row[14] = -sign * strikeFactor * chance;
  row[16] = -sign * years * spotValue * chance;
  if (gap === 0 && spot > 0) atTheKink(row, terms, i, spotFactor);
  greeks.forEach((column, k) => {
    column[i] = row[k]! + 0;
  });
}

/** The same at the strike: the limit from small times where there is none left, else from small volatilities. */
function atTheKink(row: Float64Array, terms: LognormalTerms, i: number, spotFactor: number): void {
  const spot = terms.spot[i]!;
  const years = terms.years[i]!;
  const dividendYield = terms.dividendYield[i]!;
  const volatility = terms.volatility[i]!;
  const carry = terms.rate[i]! - dividendYield;
  row[2] = Infinity;
  row[15] = Infinity;
  row[10] = -Infinity;
  if (years === 0) {
    const drift = carry + 0.5 * volatility * volatility;
    const falls = carry + 1.5 * volatility * volatility;
    if (volatility > 0) row[4] = -Infinity;
    if (drift !== 0) row[8] = drift > 0 ? -Infinity : Infinity;
    if (falls !== 0) row[9] = falls > 0 ? -Infinity : Infinity;
    row[11] = Infinity;
    row[12] = -Infinity;
    return;
  }
  const root = Math.sqrt(years);
  const vega = spotFactor * spot * ONE_OVER_SQRT_2_PI * root;
  const pull = dividendYield + 0.5 * carry;
  const pulled = pull + 1 / (2 * years);
  row[3] = vega;
  row[6] = vega / (2 * spot);
  if (carry !== 0) row[8] = carry > 0 ? -Infinity : Infinity;
  row[9] = -Infinity;
  row[11] = pulled >= 0 ? Infinity : -Infinity;
  row[12] = vega * (pull - 1 / (2 * years));
  row[13] = (-vega * years) / 4;
}

/** The Bachelier row where nothing is left to chance. */
export function normalLimit(
  row: Float64Array,
  sign: number,
  distance: number,
  years: number,
  rate: number,
  volatility: number,
): void {
  const factor = Math.exp(-rate * years);
  const chance = sign * distance > 0 ? 1 : sign * distance < 0 ? 0 : 0.5;
  const price = factor * Math.max(sign * distance, 0);
  row.fill(0);
  row[0] = price;
  row[1] = sign * factor * chance;
  row[4] = rate * price;
  row[5] = -years * price;
  row[8] = rate * row[1];
  row[14] = -row[1];
  if (distance !== 0) return;
  const vega = factor * Math.sqrt(years) * ONE_OVER_SQRT_2_PI;
  row[2] = Infinity;
  row[3] = vega;
  if (years === 0 && volatility > 0) row[4] = -Infinity;
  row[10] = -Infinity;
  row[11] = years > 0 && rate + 1 / (2 * years) < 0 ? -Infinity : Infinity;
  row[12] = years > 0 ? vega * (rate - 1 / (2 * years)) : -Infinity;
  row[15] = Infinity;
}
