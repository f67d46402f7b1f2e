import { checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import type { Fill, Paid } from './account.js';
import { type BacktestOptions, type BacktestResult, backtest, checkHistory } from './backtest.js';
import { type Fold, type RowRange, type WalkForwardOptions, walkForwardFolds } from './folds.js';
import type { MarketHistory, RowOf, Strategy } from './strategy.js';

/** How a strategy is fitted and played. */
export interface WalkForwardRunOptions extends WalkForwardOptions, Omit<BacktestOptions, 'close'> {}

/** All the rows that were judged, each by a strategy that had not seen it. */
export interface WalkForwardResult<Name extends string = string> extends BacktestResult<Name> {
  readonly folds: readonly (Fold & { readonly result: BacktestResult<Name> })[];
}

/**
 * Fits a strategy to the past, plays it over what came next, and again: what fitting it anew every `test` rows would have
 * earned. Each fold starts flat with the money of the fold before, and sells what it holds at its end, at a cost.
 *
 * @param history - columns of one length
 * @param make - the strategy that the training rows lead to; it is given those rows and no others
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the history is too short, uneven or out of order
 * @example
 * ```ts
 * const history = { time: [0, 1, 2, 3, 4, 5, 6], prices: { oil: [50, 52, 55, 53, 58, 60, 59] } };
 * // Buys what rose while it learned.
 * const run = walkForward(
 *   history,
 *   ({ prices: { oil } }) => ({ push: () => ({ oil: oil[1] > oil[0] ? 10 : 0 }) }),
 *   { train: 2, test: 3, capital: 1000 },
 * );
 * run.equity; // → [1000, 1000, 1050, 1050, 1050]
 * run.folds.map(({ test }) => test.start); // → [2, 5]
 * ```
 */
export function walkForward<Name extends string, Feature extends string = never>(
  history: MarketHistory<Name, Feature>,
  make: (
    train: MarketHistory<Name, Feature>,
  ) => Strategy<RowOf<NoInfer<Name>, NoInfer<Feature>>, NoInfer<Name>>,
  options: WalkForwardRunOptions,
): WalkForwardResult<Name> {
  checkOptions('walkForward', options, ['train', 'test', 'purge', 'anchored', 'capital', 'costs', 'latency']);
  const length = checkHistory('walkForward', history);
  const { train, test, purge = 0, embargo = 0, anchored = false, ...account } = options;
  if (typeof make !== 'function') throw new OptionError('walkForward: make must be a function');
  const folds: (Fold & { result: BacktestResult<Name> })[] = [];
  let capital = account.capital;
  for (const fold of walkForwardFolds(length, { train, test, purge, embargo, anchored })) {
    const result = backtest(slice(history, fold.test), make(slice(history, fold.train[0]!)), {
      ...account,
      capital,
      close: true,
    });
    folds.push({ ...fold, result });
    capital = result.equity.at(-1)!;
    // There is nothing left to play with.
    if (!(capital > 0)) break;
  }
  return { ...joined(folds.map(({ result }) => result)), folds };
}

/** The rows of a range, and nothing else. */
function slice<Name extends string, Feature extends string>(
  history: MarketHistory<Name, Feature>,
  { start, end }: RowRange,
): MarketHistory<Name, Feature> {
  const cut = (series: Series): Series => Array.prototype.slice.call(series, start, end);
  const all = <Columns extends object>(columns: Columns): Columns =>
    Object.fromEntries(Object.entries(columns).map(([name, series]) => [name, cut(series)])) as Columns;
  const { time, prices, fills, funding, features } = history;
  return {
    time: cut(time),
    prices: all(prices),
    ...(fills && { fills: all(fills) }),
    ...(funding && { funding: all(funding) }),
    ...(features && { features: all(features) }),
  };
}

/** Several results, one after the other. */
function joined<Name extends string>(results: readonly BacktestResult<Name>[]): BacktestResult<Name> {
  const length = results.reduce((total, { time }) => total + time.length, 0);
  const together = (column: (result: BacktestResult<Name>) => Float64Array): Float64Array => {
    const out = new Float64Array(length);
    let at = 0;
    for (const result of results) {
      out.set(column(result), at);
      at += column(result).length;
    }
    return out;
  };
  const names = Object.keys(results[0]!.positions) as Name[];
  const paid = { fees: 0, spread: 0, slippage: 0, funding: 0 };
  const fills: Fill[] = [];
  let traded = 0;
  for (const result of results) {
    for (const name of Object.keys(paid) as (keyof Paid)[]) paid[name] += result.paid[name];
    fills.push(...result.fills);
    traded += result.traded;
  }
  const ruined = results.at(-1)!.ruined;
  return {
    time: together(({ time }) => time),
    equity: together(({ equity }) => equity),
    returns: together(({ returns }) => returns),
    cash: together(({ cash }) => cash),
    positions: Object.fromEntries(
      names.map((name) => [name, together(({ positions }) => positions[name])]),
    ) as Record<Name, Float64Array>,
    fills,
    paid,
    traded,
    ...(ruined === undefined ? {} : { ruined }),
  };
}
