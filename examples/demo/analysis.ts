import { analyzePair, DataError, OptionError, type PairAnalysis } from 'hedgerow';
import { InputError } from './failure.js';
import type { DemoOptions } from './options.js';
import type { PairData } from './pair-data.js';

/** Where a position was opened or closed. */
export interface Mark {
  readonly index: number;
  readonly kind: 'long' | 'short' | 'close';
}

/** A pair with everything the report says about it. */
export interface Study {
  readonly data: PairData;
  readonly options: DemoOptions;
  readonly result: PairAnalysis;
  readonly marks: readonly Mark[];
  readonly entries: number;
  readonly exits: number;
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
    const marks = marksOf(result.position);
    const exits = marks.filter(({ kind }) => kind === 'close').length;
    return { data, options, result, marks, entries: marks.length - exits, exits };
  } catch (error) {
    // What the analysis cannot bear (a constant price, too few bars for its lags) it says itself.
    if (error instanceof DataError || error instanceof OptionError)
      throw new InputError(`${both}: ${error.message}`);
    throw error;
  }
}

/** Every change of a position; turning round is a close and an opening. */
export function marksOf(position: ArrayLike<number>): Mark[] {
  const marks: Mark[] = [];
  let held = 0;
  for (let index = 0; index < position.length; index++) {
    const now = position[index]!;
    if (now === held) continue;
    if (held !== 0) marks.push({ index, kind: 'close' });
    if (now !== 0) marks.push({ index, kind: now > 0 ? 'long' : 'short' });
    held = now;
  }
  return marks;
}
