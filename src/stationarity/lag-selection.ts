import type { DickeyFuller } from './dickey-fuller.js';

/** How many lags: the smallest Akaike or Bayes criterion, or down from the longest until the last lag is significant. */
export type LagRule = 'aic' | 'bic' | 't-stat';

export const LAG_RULES: readonly LagRule[] = ['aic', 'bic', 't-stat'];

export interface LagChoice {
  readonly lags: number;
  /** The criterion of the chosen model, or the |t| at which the search stopped. */
  readonly criterion: number;
}

// The 95 % point of the normal distribution.
const SIGNIFICANT = 1.6448536269514722;

/** ⌈12·(n/100)^¼⌉ lags: Schwert (1989), Journal of Business & Economic Statistics 7, 147–159. */
export function schwertLags(observations: number): number {
  return Math.ceil(12 * Math.sqrt(Math.sqrt(observations / 100)));
}

/** The number of lags from 0 to `maxLags` that the rule prefers; all are fitted to the rows that `maxLags` leaves. */
export function chooseLags(regression: DickeyFuller, maxLags: number, rule: LagRule): LagChoice {
  const { along, rank, residual } = regression.search(maxLags);
  const rows = regression.rows(maxLags);
  const shortest = regression.regressors(0);
  const leftAfter = new Float64Array(maxLags + 1);
  let left = residual;
  for (let lags = maxLags; lags >= 0; lags--) {
    leftAfter[lags] = left;
    if (lags > 0) left += along[shortest + lags - 1]! ** 2;
  }
  // A model with as many regressors as rows fits whatever it is given.
  let longest = maxLags;
  while (longest > 0 && rank[shortest + longest]! >= rows) longest--;
  regression.checkResidual(leftAfter[longest]!, maxLags);

  if (rule === 't-stat') {
    for (let lags = longest; ; lags--) {
      const k = rank[shortest + lags]!;
      const t = Math.abs(along[shortest + lags - 1]!) / Math.sqrt(leftAfter[lags]! / (rows - k));
      if (t >= SIGNIFICANT || lags === 0) return { lags, criterion: t };
    }
  }
  const penalty = rule === 'aic' ? 2 : Math.log(rows);
  const unit = 2 * Math.log(regression.unit);
  let best: LagChoice = { lags: 0, criterion: Infinity };
  for (let lags = 0; lags <= longest; lags++) {
    const deviance = rows * (Math.log(2 * Math.PI) + Math.log(leftAfter[lags]! / rows) + unit + 1);
    const criterion = deviance + penalty * rank[shortest + lags]!;
    if (criterion < best.criterion) best = { lags, criterion };
  }
  return best;
}
