import {
  checkChoice,
  checkFiniteSeries,
  checkInteger,
  checkOptions,
  checkRecord,
  checkSameLength,
} from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { type Revaluation, type Shock, valueUnder } from './stress.js';

/** Which stretch of history, and how its levels become moves. */
export interface ReplayScenarioOptions {
  /** The place of the level that the moves start from. */
  readonly from: number;
  /** The place of the last level. */
  readonly to: number;
  /** `'relative'` (prices: level / start − 1), `'log'`, or `'absolute'` (rates, spreads: level − start); relative unless said. */
  readonly moves?: 'relative' | 'log' | 'absolute';
}

/** A stretch of history happening to a portfolio of today. */
export interface Replayed {
  /** The loss since the start, after each step: one number a step, a gain is negative. */
  readonly losses: Float64Array;
  /** The whole move, and what it loses. */
  readonly shock: Shock;
  readonly loss: number;
  /** The greatest loss on the way, the place in history where it stood, and the move to there. */
  readonly worst: { readonly place: number; readonly shock: Shock; readonly loss: number };
}

/**
 * What a portfolio of today would lose if a stretch of history came again: the factors move from today as they did then,
 * step by step, and the portfolio is held.
 *
 * @param value - what the portfolio is worth under a shock
 * @param levels - the history of each factor, of one length
 * @throws OptionError where the stretch does not lie in the history
 * @throws DataError where levels differ in length or are not finite (or not above 0 where moves are relative)
 * @example
 * ```ts
 * const levels = { stock: [100, 80, 60, 75], bond: [50, 51, 53, 52] };
 * const value = ({ stock, bond }: { stock: number; bond: number }) => 600 * stock + 400 * bond;
 * const { losses, worst } = replayScenario(value, levels, { from: 0, to: 3 });
 * losses; // → [112, 216, 134]
 * worst.place; // → 2
 * ```
 */
export function replayScenario<Factors extends Shock>(
  value: (shock: Factors) => number,
  levels: { readonly [Factor in keyof Factors]: Series },
  options: ReplayScenarioOptions,
): Replayed {
  const who = 'replayScenario';
  checkOptions(who, options, ['from', 'to', 'moves']);
  const moves = checkChoice(who, 'moves', options.moves ?? 'relative', ['relative', 'log', 'absolute']);
  const histories = Object.entries(checkRecord(who, 'levels', levels)) as [string, Series][];
  if (histories.length === 0) throw new DataError('too-short', `${who}: needs at least 1 factor, received 0`);
  const length = checkSameLength(who, Object.fromEntries(histories));
  const from = checkInteger(who, 'from', options.from, 0);
  const to = checkInteger(who, 'to', options.to, 1);
  if (!(from < to && to < length)) {
    throw new OptionError(
      `${who}: from and to must be places in the ${length} levels, one after the other, received ${from} and ${to}`,
    );
  }
  for (const [name, series] of histories) {
    checkFiniteSeries(who, name, series);
    if (moves === 'absolute') continue;
    for (let t = from; t <= to; t++) {
      if (!(series[t]! > 0)) {
        throw new DataError(
          'degenerate',
          `${who}: ${name}[${t}] must be above 0 to move by a share, received ${series[t]}`,
        );
      }
    }
  }
  const moved = (series: Series, t: number): number => {
    const [start, level] = [series[from]!, series[t]!];
    if (moves === 'absolute') return level - start;
    return moves === 'log' ? Math.log(level / start) : level / start - 1;
  };
  const shockAt = (t: number): Shock =>
    Object.fromEntries(histories.map(([name, series]) => [name, moved(series, t)]));
  const revalue = value as Revaluation;
  const before = valueUnder(who, revalue, shockAt(from), 'no shock');
  const losses = new Float64Array(to - from);
  let worst = 0;
  for (let step = 0; step < losses.length; step++) {
    const place = from + 1 + step;
    losses[step] = before - valueUnder(who, revalue, shockAt(place), `the moves to ${place}`);
    if (losses[step]! > losses[worst]!) worst = step;
  }
  return {
    losses,
    shock: shockAt(to),
    loss: losses[losses.length - 1]!,
    worst: { place: from + 1 + worst, shock: shockAt(from + 1 + worst), loss: losses[worst]! },
  };
}
