import { checkChoice, checkFiniteSeries, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { autoProducts, longRunVariance } from './autocovariance.js';
import type { CriticalValues } from './critical-values.js';
import { detrendedOrRefused, inUnit } from './detrended.js';
import { schwertLags } from './lag-selection.js';

export interface KpssOptions {
  /** What the series is stationary about under the null hypothesis: a level (default) or a line. */
  readonly trend?: 'constant' | 'linear';
  /** Neighbours that count in the long-run variance: a rule, or their number. Default `'auto'`. */
  readonly lags?: 'auto' | 'legacy' | number;
}

export interface Kpss {
  /** The larger, the more the series wanders. */
  readonly statistic: number;
  /** How often a stationary series would give a statistic this high, from 0.01 to 0.10. */
  readonly pValue: number;
  /** Whether the statistic lies beyond the table: the p-value is then below 0.01, or above 0.10. */
  readonly clipped: boolean;
  readonly lags: number;
  readonly observations: number;
  readonly criticalValues: CriticalValues;
}

// Kwiatkowski and others (1992), table 1: exceeded in 10, 5, 2.5 and 1 of 100 stationary series.
const PROBABILITIES = [0.1, 0.05, 0.025, 0.01] as const;
const QUANTILES = {
  constant: [0.347, 0.463, 0.574, 0.739],
  linear: [0.119, 0.146, 0.176, 0.216],
} as const;

/**
 * The KPSS test: does the series stay about its level or line? The other way round from {@link adf}: the null hypothesis
 * is that it is stationary, and a small p-value speaks for wandering.
 *
 * `'auto'` counts as many neighbours as the series itself calls for (Hobijn, Franses & Ooms); `'legacy'`
 * ⌈12 (n/100)^¼⌉. The paper tabulates four quantiles; between them p is interpolated, beyond them it is clipped and
 * says so.
 *
 * Sources: Kwiatkowski, Phillips, Schmidt & Shin (1992), Journal of Econometrics 54, 159–178; Hobijn, Franses & Ooms
 * (2004), Statistica Neerlandica 58, 483–502.
 *
 * @param series - finite numbers in order of time, in any unit.
 * @throws DataError when the series is too short, holds a number that is not finite, or is nothing but its trend.
 * @throws OptionError for an unknown or impossible option.
 * @example
 * ```ts
 * const prices = [1, 2, 4, 3, 5, 6, 8, 7, 9, 10];
 * kpss(prices, { lags: 1 }).statistic; // → 0.59087523277467
 * kpss(prices, { lags: 1 }).pValue; // → 0.02346588792958
 * kpss(prices, { trend: 'linear', lags: 1 }).clipped; // → true
 * kpss(prices).lags; // → 1
 * ```
 */
export function kpss(series: Series, options: KpssOptions = {}): Kpss {
  checkOptions('kpss', options, ['trend', 'lags']);
  const trend = checkChoice('kpss', 'trend', options.trend ?? 'constant', ['constant', 'linear']);
  const { lags = 'auto' } = options;
  if (typeof lags === 'number') checkInteger('kpss', 'lags', lags, 0);
  else checkChoice('kpss', 'lags', lags, ['auto', 'legacy']);

  const values = toFloat64(checkFiniteSeries('kpss', 'series', series, trend === 'constant' ? 3 : 4));
  const n = values.length;
  if (typeof lags === 'number' && lags >= n)
    throw new DataError(
      'too-short',
      `kpss: needs at least ${lags + 1} observations for ${lags} lags, received ${n}`,
    );
  const residuals = detrendedOrRefused('kpss', inUnit(values), trend);
  const wanted = lags === 'auto' ? hobijnLags(residuals) : lags === 'legacy' ? schwertLags(n) : lags;
  const used = Math.min(wanted, n - 1);

  let sum = 0;
  let squares = 0;
  for (let t = 0; t < n; t++) {
    sum += residuals[t]!;
    squares += sum * sum;
  }
  const statistic = squares / (n * n) / longRunVariance(residuals, used).longRun;
  const quantiles = QUANTILES[trend];
  return {
    statistic,
    pValue: interpolated(statistic, quantiles),
    clipped: statistic < quantiles[0] || statistic > quantiles[3],
    lags: used,
    observations: n,
    criticalValues: { onePercent: quantiles[3], fivePercent: quantiles[1], tenPercent: quantiles[0] },
  };
}

/** Hobijn, Franses & Ooms (2004): ⌊1.1447 (s₁/s₀)^⅔ n^⅓⌋ from the first ⌊n^(2/9)⌋ autocovariances. */
function hobijnLags(residuals: Float64Array): number {
  const n = residuals.length;
  let depth = 1;
  // ⌊n^(2/9)⌋ in whole numbers: a power in doubles falls short of 4 at n = 512.
  while ((depth + 1) ** 9 <= n * n) depth++;
  const products = autoProducts(residuals, depth);
  let level = products[0]!;
  let slope = 0;
  for (let k = 1; k <= depth; k++) {
    level += 2 * products[k]!;
    slope += 2 * k * products[k]!;
  }
  const lags = Math.floor(1.1447 * Math.cbrt((slope / level) ** 2) * Math.cbrt(n));
  return Number.isNaN(lags) ? 0 : lags;
}

/** The probability of a statistic between the quantiles, on straight lines from one to the next. */
function interpolated(statistic: number, quantiles: readonly number[]): number {
  if (statistic <= quantiles[0]!) return PROBABILITIES[0];
  for (let i = 1; i < quantiles.length; i++) {
    const [low, high] = [quantiles[i - 1]!, quantiles[i]!];
    const [above, below] = [PROBABILITIES[i - 1]!, PROBABILITIES[i]!];
    if (statistic < high) return above + ((statistic - low) / (high - low)) * (below - above);
  }
  return PROBABILITIES[3];
}
