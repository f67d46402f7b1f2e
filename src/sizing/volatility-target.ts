import { checkFinite, checkOptions, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';

/** What is to be risked, on what. */
export interface VolatilityTargetOptions {
  /** Money the position is a share of. */
  readonly capital: number;
  /** Volatility wanted for that money, per year, decimal. */
  readonly target: number;
  /** Volatility of the instrument, per year, decimal. */
  readonly volatility: number;
  /** Price of one unit; 1 (default) gives an amount of money. */
  readonly price?: number;
  /** The largest position, in multiples of the capital; none unless said. */
  readonly maxLeverage?: number;
}

/**
 * How many units give the capital the volatility wanted: capital · target / (volatility · price). Positive; the side is
 * the strategy's. Not yet whole lots: see `roundToLot`.
 *
 * @throws OptionError where an option is out of range; DataError where the volatility is zero or none
 * @example
 * ```ts
 * volatilityTarget({ capital: 100_000, target: 0.1, volatility: 0.25, price: 50 }); // → 800
 * volatilityTarget({ capital: 100_000, target: 0.1, volatility: 0.02, price: 50, maxLeverage: 2 }); // → 4000
 * ```
 */
export function volatilityTarget(options: VolatilityTargetOptions): number {
  const who = 'volatilityTarget';
  checkOptions(who, options, ['capital', 'target', 'volatility', 'price', 'maxLeverage']);
  const capital = checkPositive(who, 'capital', options.capital);
  const target = checkFinite(who, 'target', options.target);
  const price = checkPositive(who, 'price', options.price ?? 1);
  if (target < 0) checkPositive(who, 'target', target);
  const volatility = measured(who, 'volatility', options.volatility);
  const leverage = target / volatility;
  const most =
    options.maxLeverage === undefined ? Infinity : checkPositive(who, 'maxLeverage', options.maxLeverage);
  return (capital * Math.min(leverage, most)) / price;
}

/** Something the market showed, above zero and finite; what divides a size. */
export function measured(who: string, name: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  const reason = Number.isFinite(value) ? 'degenerate' : 'not-finite';
  throw new DataError(reason, `${who}: ${name} must be a positive number, received ${String(value)}`);
}
