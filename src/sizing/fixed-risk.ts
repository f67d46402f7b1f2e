import { checkBetween, checkOptions, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { measured } from './volatility-target.js';

/** How much may be lost, and where the trade is given up. */
export interface FixedRiskOptions {
  /** Money the loss is a share of. */
  readonly capital: number;
  /** Share of the capital lost when the stop is hit: 0.01 is one hundredth. */
  readonly risk: number;
  readonly entry: number;
  /** Below the entry for a long position, above it for a short one. */
  readonly stop: number;
  /** Money per unit and per point of price; 1 unless said. */
  readonly pointValue?: number;
}

/**
 * How many units lose exactly the share risked when the stop is hit; negative (short) where the stop is above the entry.
 *
 * Source: Vince (1990), "Portfolio Management Formulas", fixed fractional trading.
 *
 * @throws OptionError where an option is out of range; DataError where a price is none, or the stop is the entry
 * @example
 * ```ts
 * fixedRisk({ capital: 50_000, risk: 0.01, entry: 100, stop: 96 }); // → 125
 * fixedRisk({ capital: 50_000, risk: 0.01, entry: 100, stop: 102 }); // → -250
 * ```
 */
export function fixedRisk(options: FixedRiskOptions): number {
  const who = 'fixedRisk';
  checkOptions(who, options, ['capital', 'risk', 'entry', 'stop', 'pointValue']);
  const capital = checkPositive(who, 'capital', options.capital);
  const risk = checkBetween(who, 'risk', options.risk, 0, 1);
  const pointValue = checkPositive(who, 'pointValue', options.pointValue ?? 1);
  const { entry, stop } = options;
  for (const [name, price] of [
    ['entry', entry],
    ['stop', stop],
  ] as const) {
    if (!Number.isFinite(price)) {
      throw new DataError('not-finite', `${who}: ${name} must be a finite number, received ${price}`);
    }
  }
  if (entry === stop) {
    throw new DataError('degenerate', `${who}: stop must differ from entry, received ${stop} for both`);
  }
  return (capital * risk) / ((entry - stop) * pointValue);
}

/** How much may be lost for a move of so many average true ranges. */
export interface AtrUnitsOptions {
  /** Money the loss is a share of. */
  readonly capital: number;
  /** Share of the capital lost when price moves against the position by `multiple` ranges. */
  readonly risk: number;
  /** Average true range, in points of price. */
  readonly averageTrueRange: number;
  /** Ranges from the entry to the stop; 1 (default) is the unit of the Turtles, who stopped out at 2. */
  readonly multiple?: number;
  /** Money per unit and per point of price; 1 unless said. */
  readonly pointValue?: number;
}

/**
 * How many units make a move of one average true range worth the same share of capital in every market.
 *
 * Source: Faith (2003), "The Original Turtle Trading Rules", chapter 3.
 *
 * @throws OptionError where an option is out of range; DataError where the range is zero or none
 * @example
 * ```ts
 * // Heating oil in the rules: N of 0.0141, 42,000 gallons a contract, 1 % of 1,000,000.
 * Math.floor(atrUnits({ capital: 1e6, risk: 0.01, averageTrueRange: 0.0141, pointValue: 42_000 })); // → 16
 * ```
 */
export function atrUnits(options: AtrUnitsOptions): number {
  const who = 'atrUnits';
  checkOptions(who, options, ['capital', 'risk', 'averageTrueRange', 'multiple', 'pointValue']);
  const capital = checkPositive(who, 'capital', options.capital);
  const risk = checkBetween(who, 'risk', options.risk, 0, 1);
  const multiple = checkPositive(who, 'multiple', options.multiple ?? 1);
  const pointValue = checkPositive(who, 'pointValue', options.pointValue ?? 1);
  const range = measured(who, 'averageTrueRange', options.averageTrueRange);
  return (capital * risk) / (multiple * range * pointValue);
}
