import { analyzePair, DataError, OptionError, type PairAnalysis } from 'hedgerow';
import { InputError } from './failure.js';
import type { DemoOptions } from './options.js';
import type { PairData } from './pair-data.js';

/** A position from the observation that opened it to the one that closed it; `closed` is undefined while it is held. */
export interface Holding {
  readonly side: 'long' | 'short';
  readonly opened: number;
  readonly closed: number | undefined;
}

/** A pair with everything the report says about it. */
export interface Study {
  readonly data: PairData;
  readonly options: DemoOptions;
  readonly result: PairAnalysis<'ols'>;
  readonly holdings: readonly Holding[];
}

/** Analyses the pair, or says in one line why it cannot be. */
export function study(data: PairData, options: DemoOptions): Study {
  const { window, prices, enter, exit, stop } = options;
  const observations = data.time.length;
  const both = `${data.y.name} and ${data.x.name}`;
  if (observations < window) {
    throw new InputError(
      `${both}: --window ${window} needs at least ${window} bars in common, received ${observations}`,
    );
  }
  const { y, x } = data.values;
  if (y.every((price, i) => price === x[i])) {
    throw new InputError(`${both} hold the same prices; a pair needs two markets`);
  }
  const settings = {
    method: 'ols',
    window,
    prices,
    enter,
    exit,
    ...(stop !== undefined && { stop }),
  } as const;
  try {
    const result = analyzePair(data.values, settings);
    return { data, options, result, holdings: holdingsOf(result.position) };
  } catch (error) {
    // What the analysis cannot bear (a constant price, too few bars for its lags) it says itself.
    if (error instanceof DataError || error instanceof OptionError)
      throw new InputError(`${both}: ${error.message}`);
    throw error;
  }
}

/** Every position that was held; turning round closes one and opens the next. */
export function holdingsOf(position: ArrayLike<number>): Holding[] {
  const holdings: Holding[] = [];
  let opened = 0;
  for (let index = 1; index <= position.length; index++) {
    const held = position[opened]!;
    if (position[index] === held) continue;
    const closed = index < position.length ? index : undefined;
    if (held !== 0) holdings.push({ side: held > 0 ? 'long' : 'short', opened, closed });
    opened = index;
  }
  return holdings;
}

export function exitsOf(holdings: readonly Holding[]): number {
  return holdings.filter(({ closed }) => closed !== undefined).length;
}
