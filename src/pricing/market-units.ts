import { checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';

/** Sensitivities as a desk quotes them. */
export interface MarketUnits {
  /** Money per percentage point of volatility. */
  readonly vegaPerPoint: number;
  /** Money per percentage point of rate. */
  readonly rhoPerPoint: number;
  /** Money per calendar day. */
  readonly thetaPerDay: number;
}

/**
 * The same value with vega and rho per percentage point and theta per calendar day (a year of 365) beside the raw ones.
 *
 * @throws DataError for what has no vega, rho and theta (`unreadable`)
 * @example
 * ```ts
 * const value = blackScholes({ type: 'call', spot: 100, strike: 100, years: 1, rate: 0.05, volatility: 0.2 });
 * value.vega; // → 37.5240346916938
 * inMarketUnits(value).vegaPerPoint; // → 0.375240346916938
 * inMarketUnits(value).thetaPerDay; // → -0.01757267820942
 * ```
 */
export function inMarketUnits<
  Value extends { readonly vega: number; readonly rho: number; readonly theta: number },
>(value: Value): Value & MarketUnits {
  const who = 'inMarketUnits';
  checkRecord(who, 'value', value);
  for (const name of ['vega', 'rho', 'theta'] as const) {
    if (typeof value[name] !== 'number')
      throw new DataError(
        'unreadable',
        `${who}: value.${name} must be a number, received ${String(value[name])}`,
      );
  }
  return {
    ...value,
    vegaPerPoint: value.vega / 100,
    rhoPerPoint: value.rho / 100,
    thetaPerDay: value.theta / 365,
  };
}
