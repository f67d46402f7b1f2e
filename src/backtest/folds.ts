import { checkBoolean, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';

/** Rows from `start` up to, not including, `end`. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** What is learned from, and what is judged on. */
export interface Fold {
  readonly train: readonly RowRange[];
  readonly test: RowRange;
}

/** How a history is walked forward. All are rows. */
export interface WalkForwardOptions {
  /** Rows to learn from. */
  readonly train: number;
  /** Rows to judge on, and the step from one fold to the next. The last fold may have fewer. */
  readonly test: number;
  /** Rows left out between the two: what is learned from reaches that far ahead. 0 unless said. */
  readonly purge?: number;
  /** Rows left out besides, while what ended the training still echoes. 0 unless said. */
  readonly embargo?: number;
  /** Learns from all rows before, at least `train` of them, and not from the last `train` only. */
  readonly anchored?: boolean;
}

/**
 * Folds that only look back: learn from `train` rows, leave out `purge` and `embargo`, judge on the next `test`, move on by as many.
 * Every row after the first fold's is judged once.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where the history is too short for one fold
 * @example
 * ```ts
 * walkForwardFolds(10, { train: 4, test: 2, purge: 1 }).map(({ test }) => test); // → [{ start: 5, end: 7 }, { start: 7, end: 9 }, { start: 9, end: 10 }]
 * walkForwardFolds(10, { train: 4, test: 2, purge: 1 })[1].train; // → [{ start: 2, end: 6 }]
 * ```
 */
export function walkForwardFolds(length: number, options: WalkForwardOptions): Fold[] {
  const who = 'walkForwardFolds';
  checkOptions(who, options, ['train', 'test', 'purge', 'embargo', 'anchored']);
  checkInteger(who, 'length', length, 0);
  const train = checkInteger(who, 'train', options.train);
  const test = checkInteger(who, 'test', options.test);
  const { purge = 0, embargo = 0, anchored = false } = options;
  const gap = checkInteger(who, 'purge', purge, 0) + checkInteger(who, 'embargo', embargo, 0);
  checkBoolean(who, 'anchored', anchored);
  if (length <= train + gap) {
    const needed = train + gap + 1;
    throw new DataError('too-short', `${who}: needs at least ${needed} observations, received ${length}`);
  }
  const folds: Fold[] = [];
  for (let start = train + gap; start < length; start += test) {
    const end = start - gap;
    folds.push({
      train: [{ start: anchored ? 0 : end - train, end }],
      test: { start, end: Math.min(start + test, length) },
    });
  }
  return folds;
}

/** How a history is divided for cross-validation. */
export interface PurgedFoldsOptions {
  readonly folds: number;
  /** Rows left out of the training on both sides of a test: labels that reach into it. 0 unless said. */
  readonly purge?: number;
  /** Rows left out after a test besides, while its news still echoes. 0 unless said. */
  readonly embargo?: number;
}

/**
 * Folds of nearly one size, each judged once by what was learned from the others, without the rows near it: those within
 * `purge` of the test, and `embargo` more after it.
 *
 * Source: López de Prado (2018), "Advances in Financial Machine Learning", section 7.4.
 *
 * @throws OptionError where an option is unknown or out of range
 * @throws DataError where there are fewer rows than folds
 * @example
 * ```ts
 * purgedFolds(9, { folds: 3, purge: 1, embargo: 1 })[1]; // → { train: [{ start: 0, end: 2 }, { start: 8, end: 9 }], test: { start: 3, end: 6 } }
 * ```
 */
export function purgedFolds(length: number, options: PurgedFoldsOptions): Fold[] {
  const who = 'purgedFolds';
  checkOptions(who, options, ['folds', 'purge', 'embargo']);
  checkInteger(who, 'length', length, 0);
  const count = checkInteger(who, 'folds', options.folds, 2);
  const { purge = 0, embargo = 0 } = options;
  checkInteger(who, 'purge', purge, 0);
  checkInteger(who, 'embargo', embargo, 0);
  if (length < count)
    throw new DataError('too-short', `${who}: needs at least ${count} observations, received ${length}`);
  return Array.from({ length: count }, (_, k) => {
    const start = Math.floor((k * length) / count);
    const end = Math.floor(((k + 1) * length) / count);
    const sides = [
      { start: 0, end: Math.max(0, start - purge) },
      { start: Math.min(length, end + purge + embargo), end: length },
    ];
    return { train: sides.filter((side) => side.start < side.end), test: { start, end } };
  });
}
