import { checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';

/** How far each named factor moves; what is not named does not. */
export type Shock = { readonly [factor: string]: number };

/** What a portfolio is worth, or gains, when factors move. It must make sense of any factor that is left out: it does not move. */
export type Revaluation = (shock: Shock) => number;

/** What one scenario does. */
export interface Stressed {
  /** What the scenario is called. */
  readonly name: string;
  readonly shock: Shock;
  /** What the portfolio is worth in it. */
  readonly value: number;
  /** How much less that is than without a shock; a gain is negative. */
  readonly loss: number;
}

/** The value under a shock; a decision may not rest on one that is no number. */
export function valueUnder(who: string, value: Revaluation, shock: Shock, name: string): number {
  if (typeof value !== 'function') {
    throw new OptionError(
      `${who}: value must be a function of a shock, received ${value === null ? 'null' : typeof value}`,
    );
  }
  const worth = value(shock);
  if (Number.isFinite(worth)) return worth;
  throw new DataError('not-finite', `${who}: value must be a finite number, received ${worth} under ${name}`);
}

/**
 * What named shocks do to a portfolio, from the worst loss to the best gain.
 *
 * The portfolio is a function from a shock to what it is worth; factors that a shock does not name are left out of it or
 * do not move, whichever is easier: the function is called with every factor that any scenario names, 0 where it stands still.
 *
 * @param value - what the portfolio is worth under a shock
 * @param scenarios - shocks by name
 * @throws OptionError where a shock is not a finite number, or the value no function
 * @throws DataError where the portfolio's value is not one
 * @example
 * ```ts
 * const value = ({ equity, rates }: { equity: number; rates: number }) => 100 * (1 + equity) - 500 * rates;
 * const results = stress(value, { crash: { equity: -0.4, rates: -0.01 }, 'rate rise': { rates: 0.02 } });
 * results.map(({ name, loss }) => [name, loss]); // → [['crash', 35], ['rate rise', 10]]
 * ```
 */
export function stress<Factors extends Shock>(
  value: (shock: Factors) => number,
  scenarios: { readonly [name: string]: Partial<Factors> },
): readonly Stressed[] {
  const who = 'stress';
  const revalue = value as Revaluation;
  const named = Object.entries(checkRecord(who, 'scenarios', scenarios)) as [string, Shock][];
  const factors = new Set(named.flatMap(([name, shock]) => Object.keys(checkShock(who, name, shock))));
  const still = Object.fromEntries([...factors].map((factor) => [factor, 0]));
  const before = valueUnder(who, revalue, still, 'no shock');
  return named
    .map(([name, shock]) => {
      const worth = valueUnder(who, revalue, { ...still, ...shock }, `'${name}'`);
      return { name, shock, value: worth, loss: before - worth };
    })
    .sort((a, b) => b.loss - a.loss);
}

/** A shock of finite numbers. */
export function checkShock(who: string, name: string, shock: Shock): Shock {
  for (const [factor, move] of Object.entries(checkRecord(who, name, shock))) {
    if (!Number.isFinite(move)) {
      throw new OptionError(`${who}: ${name}.${factor} must be a finite number, received ${String(move)}`);
    }
  }
  return shock;
}
