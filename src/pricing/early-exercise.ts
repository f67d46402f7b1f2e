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
  /** Whether a dividend of that moment has been paid by then. */
  readonly isPaid: boolean;
}

/** Money that a share pays on the way. */
interface Payment {
  readonly years: number;
  readonly amount: number;
}

/**
 * The best discounted exercise of an option on a price that moves with certainty. Dividends in money are set aside: `spot` is
 * the share without the present value of those up to expiry, which the share is worth more until they are paid.
 */
export function certainValue(
  sign: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  dividends: readonly Payment[] = [],
): CertainValue {
  // a dividend is in the price up to the moment it is paid, and not from then on
  const at = (when: number, isPaid = true): number =>
    sign *
    (spot * Math.exp(-dividendYield * when) +
      dividends.reduce(
        (sum, { years: time, amount }) =>
          time > when || (time === when && !isPaid) ? sum + amount * Math.exp(-rate * time) : sum,
        0,
      ) -
      strike * Math.exp(-rate * when));
  const turn = Math.log((rate * strike) / (dividendYield * spot)) / (rate - dividendYield);
  let best = { price: Math.max(at(0), 0), when: at(0) > 0 ? 0 : years, isPaid: true };
  for (const when of [years, turn, ...dividends.map((dividend) => dividend.years)]) {
    for (const isPaid of [true, false]) {
      const price = when > 0 && when <= years ? at(when, isPaid) : 0;
      if (price > best.price) best = { price, when, isPaid };
    }
  }
  return best;
}
