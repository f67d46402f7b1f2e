import type { Series } from '../core/series.js';
import { measureTail } from './measure-tail.js';
import { checkReturns, checkTail, type TailOptions } from './tail-options.js';
import type { TailRisk } from './tail-risk.js';

/**
 * The loss that a position exceeds with a chance of only 1 − confidence, as a share of what it is worth. A loss is
 * positive; where even the bad outcomes are gains it is negative.
 *
 * Historical values are the type 7 quantile (Hyndman & Fan, 1996), as NumPy, R and Excel have it. Sources of the other methods:
 * Boudoukh, Richardson & Whitelaw (1998); RiskMetrics (1996); McNeil, Frey & Embrechts (2015), "Quantitative Risk
 * Management"; Favre & Galeano (2002) and Maillard (2012) for Cornish–Fisher; Barone-Adesi, Giannopoulos & Vosper (1999).
 *
 * @param returns - per period, simple, in order of time; a gain is positive
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where returns are too few, not finite, without the variation that the method needs, or beyond the domain
 * of the Cornish–Fisher expansion
 * @example
 * ```ts
 * const returns = [-0.03, -0.02, -0.01, 0, 0.01, 0.01, 0.02, 0.02, 0.03, 0.04, 0.05];
 * valueAtRisk(returns, { confidence: 0.9 }); // → 0.02
 * valueAtRisk(returns, { confidence: 0.99, method: 'normal' }); // → 0.0465046330505593
 * valueAtRisk(returns, { confidence: 0.99, method: 'student-t', degreesOfFreedom: 4 }); // → 0.0544797525511534
 * valueAtRisk([0.01, 0.02, 0.03], { confidence: 0.95 }); // → -0.011
 * ```
 */
export function valueAtRisk(returns: Series, options: TailOptions): number {
  const checked = checkTail('valueAtRisk', options);
  const values = checkReturns('valueAtRisk', returns, checked.method);
  return measureTail('valueAtRisk', values, checked).valueAtRisk;
}

/**
 * The mean loss in the worst share 1 − confidence of outcomes, as a share of what the position is worth: never less than
 * the {@link valueAtRisk} of the same options. A loss is positive.
 *
 * Of a historical sample it is the mean of all returns no better than the quantile (`'tail-mean'`), or with the worst
 * observation inside counted by the fraction that makes the share exact (`'acerbi'`; Acerbi & Tasche, 2002).
 *
 * @param returns - per period, simple, in order of time; a gain is positive
 * @throws OptionError and DataError as {@link valueAtRisk} does
 * @example
 * ```ts
 * const returns = [-0.03, -0.02, -0.01, 0, 0.01, 0.01, 0.02, 0.02, 0.03, 0.04, 0.05];
 * expectedShortfall(returns, { confidence: 0.9 }); // → 0.025
 * expectedShortfall(returns, { confidence: 0.9, definition: 'acerbi' }); // → 0.0290909090909
 * expectedShortfall(returns, { confidence: 0.99, method: 'normal' }); // → 0.0548677755895874
 * ```
 */
export function expectedShortfall(returns: Series, options: TailOptions): number {
  const checked = checkTail('expectedShortfall', options);
  const values = checkReturns('expectedShortfall', returns, checked.method);
  return measureTail('expectedShortfall', values, checked).expectedShortfall;
}

/**
 * Value at risk and expected shortfall together, in one look at the returns. See {@link valueAtRisk}.
 *
 * @param returns - per period, simple, in order of time; a gain is positive
 * @throws OptionError and DataError as {@link valueAtRisk} does
 * @example
 * ```ts
 * tailRisk([-0.03, 0.01, 0.02], { confidence: 0.5 }); // → { valueAtRisk: -0.01, expectedShortfall: 0.01 }
 * ```
 */
export function tailRisk(returns: Series, options: TailOptions): TailRisk {
  const checked = checkTail('tailRisk', options);
  return measureTail('tailRisk', checkReturns('tailRisk', returns, checked.method), checked);
}
