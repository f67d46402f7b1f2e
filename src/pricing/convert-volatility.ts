import { checkOptions, checkPositive, checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { bachelierRow } from './bachelier.js';
import { checkLogarithmic } from './black-76.js';
import { impliedNormal, reasonOf } from './implied.js';
import { impliedLognormal } from './implied-rows.js';
import { lognormalRow } from './lognormal.js';
import { checkNonNegative } from './option.js';

/** A volatility and where on the smile it was seen. */
export interface VolatilityTerms {
  readonly forward: number;
  readonly strike: number;
  /** Time to expiry in years. */
  readonly years: number;
  readonly volatility: number;
}

/**
 * The Bachelier volatility, in units of price, that gives the price which a Black-76 volatility gives: exactly, not by an
 * expansion.
 *
 * @throws OptionError for an unknown name, a forward, strike or years that is not positive, or a negative volatility
 * @throws DataError where the price is too small for a number (`no-time-value`)
 * @example
 * ```ts
 * normalVolatility({ forward: 100, strike: 110, years: 0.5, volatility: 0.3 }); // → 31.4172621425037
 * ```
 */
export function normalVolatility(terms: VolatilityTerms): number {
  const { sign, forward, strike, years, volatility } = checked('normalVolatility', terms);
  if (volatility === 0) return 0;
  const price = lognormalRow(sign, forward, strike, years, 0, 0, volatility)[0]![0]!;
  return found('normalVolatility', impliedNormal(sign, forward, strike, years, 0, price), price);
}

/**
 * The Black-76 volatility that gives the price which a Bachelier volatility, in units of price, gives: the opposite of
 * {@link normalVolatility}.
 *
 * @throws OptionError for an unknown name, a forward, strike or years that is not positive, or a negative volatility
 * @throws DataError where the price is too small for a number (`no-time-value`), or more than a price that stays above zero
 * can explain (`above-bound`)
 * @example
 * ```ts
 * const volatility = normalVolatility({ forward: 100, strike: 110, years: 0.5, volatility: 0.3 });
 * lognormalVolatility({ forward: 100, strike: 110, years: 0.5, volatility }); // → 0.3
 * ```
 */
export function lognormalVolatility(terms: VolatilityTerms): number {
  const { sign, forward, strike, years, volatility } = checked('lognormalVolatility', terms);
  if (volatility === 0) return 0;
  const row = new Float64Array(17);
  bachelierRow(row, sign, forward, strike, years, 0, volatility);
  return found('lognormalVolatility', impliedLognormal(sign, forward, strike, years, 0, 0, row[0]!), row[0]!);
}

/** The terms, and the side on which the option is out of the money. */
function checked(who: string, terms: VolatilityTerms): VolatilityTerms & { readonly sign: number } {
  checkOptions(who, checkRecord(who, 'terms', terms), ['forward', 'strike', 'years', 'volatility']);
  checkLogarithmic(who, 'forward', terms.forward);
  checkLogarithmic(who, 'strike', terms.strike);
  checkPositive(who, 'years', terms.years);
  checkNonNegative(who, 'volatility', terms.volatility);
  return { ...terms, sign: terms.strike >= terms.forward ? 1 : -1 };
}

function found(who: string, volatility: number, price: number): number {
  const reason = reasonOf(volatility);
  if (reason) throw new DataError(reason, `${who}: no volatility gives the price ${price} (${reason})`);
  return volatility;
}
