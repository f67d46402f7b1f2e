import { checkChoice, checkFinite, checkOptions, checkRecord } from '../core/checks.js';
import { OptionError } from '../core/errors.js';

/** The right to buy, or the right to sell. */
export type OptionType = 'call' | 'put';

/** A European option on something that is held: a share, an index, a coin, a currency. */
export interface SpotTerms {
  readonly type: OptionType;
  /** Price of the underlying now. */
  readonly spot: number;
  readonly strike: number;
  /** Time to expiry in years. */
  readonly years: number;
  /** Interest rate per year, continuously compounded. */
  readonly rate: number;
  /** Per year, as a fraction: 0.2 is 20 %. */
  readonly volatility: number;
  /** What holding the underlying pays per year, continuously compounded; a foreign interest rate for a currency. */
  readonly dividendYield?: number;
}

/** A European option on a future or forward. */
export interface ForwardTerms {
  readonly type: OptionType;
  /** Price of the future now. */
  readonly forward: number;
  readonly strike: number;
  /** Time to expiry in years. */
  readonly years: number;
  /** Interest rate per year, continuously compounded. */
  readonly rate: number;
  /** Per year: a fraction for Black-76, units of price for Bachelier. */
  readonly volatility: number;
}

export const OPTION_TYPES: readonly OptionType[] = ['call', 'put'];
export const SPOT_NAMES: readonly string[] = [
  'type',
  'spot',
  'strike',
  'years',
  'rate',
  'volatility',
  'dividendYield',
];
export const FORWARD_NAMES: readonly string[] = ['type', 'forward', 'strike', 'years', 'rate', 'volatility'];

/** 1 for a call and −1 for a put. */
export function signOf(type: OptionType): 1 | -1 {
  return type === 'call' ? 1 : -1;
}

/** A finite number of at least zero. */
export function checkNonNegative(who: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  const received = typeof value === 'string' ? `'${value}'` : String(value);
  throw new OptionError(`${who}: ${name} must be a non-negative number, received ${received}`);
}

/** Refuses terms that no option can have, whatever it is priced with. */
export function checkTerms(
  who: string,
  terms: { readonly type: OptionType; readonly years: number; readonly rate: number },
  names: readonly string[],
): void {
  checkOptions(who, checkRecord(who, 'terms', terms), names);
  checkChoice(who, 'type', terms.type, OPTION_TYPES);
  checkNonNegative(who, 'years', terms.years);
  checkFinite(who, 'rate', terms.rate);
}
