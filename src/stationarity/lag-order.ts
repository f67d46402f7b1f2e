import { checkChoice, checkInteger } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { DickeyFuller } from './dickey-fuller.js';
import { chooseLags, LAG_RULES, type LagChoice, type LagRule, schwertLags } from './lag-selection.js';

export interface LagOptions {
  /** Lagged differences in the regression: a rule that chooses them, or their number. Default `'aic'`. */
  readonly lags?: LagRule | number;
  /** The most lags a rule may choose. Default min(⌊n/2⌋ − trend terms − 1, ⌈12 (n/100)^¼⌉). */
  readonly maxLags?: number;
}

/** How the lags of a Dickey–Fuller regression are found: given, or by a rule up to a bound. */
export interface LagOrder {
  readonly fixed: number | undefined;
  readonly rule: LagRule;
  readonly most: number | undefined;
}

export function checkLags(who: string, { lags = 'aic', maxLags }: LagOptions): LagOrder {
  const fixed = typeof lags === 'number' ? checkInteger(who, 'lags', lags, 0) : undefined;
  const rule = typeof lags === 'number' ? 'aic' : checkChoice(who, 'lags', lags, LAG_RULES);
  const most = maxLags === undefined ? undefined : checkInteger(who, 'maxLags', maxLags, 0);
  if (fixed !== undefined && most !== undefined)
    throw new OptionError(`${who}: maxLags bounds a rule, received it with ${fixed} lags`);
  return { fixed, rule, most };
}

/** Refuses a series that leaves no more rows than the longest regression has regressors; `own` are those beside lags. */
export function checkRoomForLags(
  who: string,
  observations: number,
  { fixed, most }: LagOrder,
  own: number,
): void {
  const asked = fixed ?? most;
  const needed = 2 * (asked ?? 0) + own + 2;
  if (observations >= needed) return;
  const what = asked === undefined ? '' : ` for ${asked} lags`;
  throw new DataError(
    'too-short',
    `${who}: needs at least ${needed} observations${what}, received ${observations}`,
  );
}

/** The lags of a regression of `observations` values with this many trend terms. */
export function findLags(
  regression: DickeyFuller,
  observations: number,
  terms: number,
  { fixed, rule, most }: LagOrder,
): LagChoice {
  if (fixed !== undefined) return { lags: fixed, criterion: NaN };
  const longest = Math.max(0, Math.min(Math.floor(observations / 2) - terms - 1, schwertLags(observations)));
  return chooseLags(regression, most ?? longest, rule);
}
