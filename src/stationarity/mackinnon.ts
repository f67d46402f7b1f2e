import { checkBetween, checkChoice, checkInteger, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { normalCdf } from '../math/normal.js';
import type { CriticalValues } from './critical-values.js';
import { CRITICAL_SURFACES, PROBABILITY_CURVES } from './mackinnon-tables.js';
import { TRENDS, type Trend } from './trend.js';

/** Which distribution of the tau statistic: the trend of the regression and the number of series in it. */
export interface MackinnonOptions {
  /** Default `'constant'`. */
  readonly trend?: Trend;
  /** Series tested together: 1 (the default) for a unit root, 2 or more for residuals of a cointegrating regression. */
  readonly series?: number;
}

/** The same, and how many observations the regression had. */
export interface MackinnonCriticalOptions extends MackinnonOptions {
  /** Rows of the regression; the asymptotic values by default. */
  readonly observations?: number;
}

/** One row a number of series; refuses a number that the paper does not tabulate. */
function rowOf<Row>(
  who: string,
  table: Readonly<Record<Trend, readonly Row[]>>,
  options: MackinnonOptions,
): Row {
  const { trend = 'constant', series = 1 } = options;
  const rows = table[checkChoice(who, 'trend', trend, TRENDS)];
  if (checkInteger(who, 'series', series) <= rows.length) return rows[series - 1]!;
  throw new OptionError(
    `${who}: series must be at most ${rows.length} for trend '${trend}', received ${series}`,
  );
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient);
}

/**
 * How often a unit root alone would give a tau statistic this low: the p-value of a Dickey–Fuller or Engle–Granger
 * test, from the asymptotic distribution. NaN for a statistic that is NaN.
 *
 * Source: MacKinnon (1994), Journal of Business & Economic Statistics 12, 167–176: one to six series.
 *
 * @throws OptionError for an unknown trend, or more than six series.
 * @example
 * ```ts
 * mackinnonPValue(-2.86154, { trend: 'constant' }); // → 0.05000665
 * mackinnonPValue(-3.33613, { series: 2 }); // → 0.04995622
 * ```
 */
export function mackinnonPValue(statistic: number, options: MackinnonOptions = {}): number {
  checkOptions('mackinnonPValue', options, ['trend', 'series']);
  const { least, star, most, small, large } = rowOf('mackinnonPValue', PROBABILITY_CURVES, options);
  if (statistic < least) return 0;
  return statistic > most ? 1 : normalCdf(polynomial(statistic <= star ? small : large, statistic));
}

/**
 * The tau statistic that a unit root alone undercuts in 1, 5 and 10 samples of 100, at this number of observations.
 *
 * Source: MacKinnon (2010), Queen's Economics Department Working Paper 1227, tables 1–4: one series without a
 * constant, one to twelve otherwise.
 *
 * @throws OptionError for an unknown trend, an untabulated number of series, or observations below 1.
 * @example
 * ```ts
 * mackinnonCriticalValues({ observations: 100 }).fivePercent; // → -2.89090644
 * mackinnonCriticalValues({ series: 2 }).onePercent; // → -3.89644
 * ```
 */
export function mackinnonCriticalValues(options: MackinnonCriticalOptions = {}): CriticalValues {
  const who = 'mackinnonCriticalValues';
  checkOptions(who, options, ['trend', 'series', 'observations']);
  const { observations = Infinity } = options;
  const inverse = 1 / checkBetween(who, 'observations', observations, 1, Infinity);
  const [one, five, ten] = rowOf(who, CRITICAL_SURFACES, options).map((row) => polynomial(row, inverse));
  return { onePercent: one!, fivePercent: five!, tenPercent: ten! };
}
