import { GREEK_NAMES } from './greeks.js';
import { lognormalRows } from './lognormal.js';
import type { LognormalTerms } from './lognormal-terms.js';

type Cells = { readonly [Name in keyof LognormalTerms]: Float64Array };
let cells: { readonly terms: Cells; readonly greeks: readonly Float64Array[] } | undefined;

const cell = (): Float64Array => new Float64Array(1);

/** Made on first use. There is one: pricing never waits, so nobody else is in it. */
function sharedCells(): { readonly terms: Cells; readonly greeks: readonly Float64Array[] } {
  cells ??= {
    terms: {
      sign: cell(),
      spot: cell(),
      strike: cell(),
      years: cell(),
      rate: cell(),
      dividendYield: cell(),
      volatility: cell(),
    },
    greeks: GREEK_NAMES.map(cell),
  };
  return cells;
}

/**
 * The price and Greeks of one European option on a lognormal price, written into `row` in the order of GREEK_NAMES: the
 * numbers of `lognormalRow` without an allocation, for those who price thousands inside one option. Beyond the first six only
 * when `all` is set.
 */
export function lognormalInto(
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
  const { terms, greeks } = sharedCells();
  terms.sign[0] = sign;
  terms.spot[0] = spot;
  terms.strike[0] = strike;
  terms.years[0] = years;
  terms.rate[0] = rate;
  terms.dividendYield[0] = dividendYield;
  terms.volatility[0] = volatility;
  lognormalRows(terms, greeks, 1, all);
  const count = all ? greeks.length : 6;
  for (let k = 0; k < count; k++) row[k] = greeks[k]![0]!;
}
