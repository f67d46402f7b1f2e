import { checkFiniteSeries, checkRecord } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import type { Matrix } from './matrix.js';
import { type Revaluation, type Shock, valueUnder } from './stress.js';

/** Losses over a grid of two factors. */
export interface StressGrid {
  /** The two factors: rows, then columns. */
  readonly factors: readonly [rows: string, columns: string];
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** One row a move of the first factor, one column a move of the second; a gain is negative. */
  readonly losses: Matrix;
  /** The greatest of them. */
  readonly worst: { readonly shock: Shock; readonly loss: number };
}

/**
 * What a portfolio loses when two factors move together, for every pair of moves.
 *
 * @param value - what the portfolio is worth under a shock
 * @param moves - the moves of exactly two factors, by name
 * @throws OptionError where there are not two factors
 * @throws DataError where moves are not finite or the portfolio's value is not
 * @example
 * ```ts
 * const value = ({ spot, volatility }: { spot: number; volatility: number }) => 50 * spot - 20 * volatility;
 * const { losses, worst } = stressGrid(value, { spot: [-0.2, 0, 0.2], volatility: [0, 0.5] });
 * losses.data; // → [10, 20, 0, 10, -10, 0]
 * worst.loss; // → 20
 * ```
 */
export function stressGrid<Factors extends Shock>(
  value: (shock: Factors) => number,
  moves: { readonly [Factor in keyof Factors]?: Series },
): StressGrid {
  const who = 'stressGrid';
  const revalue = value as Revaluation;
  const entries = Object.entries(checkRecord(who, 'moves', moves)) as [string, Series][];
  if (entries.length !== 2) {
    throw new OptionError(`${who}: moves must name two factors, received ${entries.length}`);
  }
  const [[first, down], [second, across]] = entries as [[string, Series], [string, Series]];
  const rows = Float64Array.from(checkFiniteSeries(who, first, down, 1));
  const columns = Float64Array.from(checkFiniteSeries(who, second, across, 1));
  const before = valueUnder(who, revalue, { [first]: 0, [second]: 0 }, 'no shock');
  const data = new Float64Array(rows.length * columns.length);
  let worst = 0;
  const shockAt = (at: number): Shock => ({
    [first]: rows[Math.floor(at / columns.length)]!,
    [second]: columns[at % columns.length]!,
  });
  for (let at = 0; at < data.length; at++) {
    const shock = shockAt(at);
    data[at] = before - valueUnder(who, revalue, shock, JSON.stringify(shock));
    if (data[at]! > data[worst]!) worst = at;
  }
  return {
    factors: [first, second],
    rows,
    columns,
    losses: { data, shape: [rows.length, columns.length], stride: [columns.length, 1], offset: 0 },
    worst: { shock: shockAt(worst), loss: data[worst]! },
  };
}
