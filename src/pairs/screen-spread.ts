import { DataError } from '../core/errors.js';
import { DickeyFuller } from '../stationarity/dickey-fuller.js';
import { checkLags, findLags } from '../stationarity/lag-order.js';
import { mackinnonPValue } from '../stationarity/mackinnon.js';
import { AT } from './screen-figures.js';
import type { ScreenRule } from './screen-options.js';

/**
 * The test of a row whose ratio is known, at lags that sums cannot do: over the spread itself, from legs about their
 * means. False where the spread cannot be tested.
 */
export function testSpread(
  y: Float64Array,
  x: Float64Array,
  { lags, maxLags }: ScreenRule,
  out: Float64Array,
  at: number,
): boolean {
  const ratio = out[at + AT.ratio]!;
  const spread = new Float64Array(y.length);
  for (let t = 0; t < spread.length; t++) spread[t] = y[t]! - ratio * x[t]!;
  const order = checkLags('screenPairs', maxLags === undefined ? { lags } : { lags, maxLags });
  try {
    const regression = new DickeyFuller('screenPairs', spread, 'none');
    const chosen = findLags(regression, spread.length, 0, order).lags;
    const statistic = regression.statistic(chosen);
    out[at + AT.statistic] = statistic;
    out[at + AT.pValue] = mackinnonPValue(statistic, { series: 2 });
    out[at + AT.lags] = chosen;
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
