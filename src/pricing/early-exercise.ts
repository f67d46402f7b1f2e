/** When it may pay to exercise a put before expiry. For a call, exchange rate and yield. */
export type ExerciseRegion = 'never' | 'below' | 'between';

/**
 * Waiting with an exercised put earns rate · strike − yield · spot: never anything when neither is to be had, below one
 * boundary when the rate is not negative, between two boundaries when both are negative and the yield is the lower.
 */
export function exerciseRegion(rate: number, dividendYield: number): ExerciseRegion {
  if (rate < 0) return dividendYield < rate ? 'between' : 'never';
  // interest of 1e-16 a year is below the last digit of any price
  return rate < 1e-16 && dividendYield > -1e-16 ? 'never' : 'below';
}

/** What is known of an option for which nothing is left to chance. */
export interface CertainValue {
  readonly price: number;
  /** When to exercise, in years from now. */
  readonly when: number;
}

/** The best discounted exercise of an option on a price that moves with certainty. */
export function certainValue(
  sign: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): CertainValue {
  const at = (when: number): number =>
    sign * (spot * Math.exp(-dividendYield * when) - strike * Math.exp(-rate * when));
  const turn = Math.log((rate * strike) / (dividendYield * spot)) / (rate - dividendYield);
  let best = { price: Math.max(at(0), 0), when: at(0) > 0 ? 0 : years };
  for (const when of [years, turn]) {
    if (when > 0 && when <= years && at(when) > best.price) best = { price: at(when), when };
  }
  return best;
}
