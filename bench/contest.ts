import type { Series } from 'hedgerow';

/** One workload and everybody who can do it. */
export interface Contest<Input> {
  readonly name: string;
  /** What is counted: values, trades, observations. */
  readonly unit: string;
  readonly size: number;
  /** The shortest data that still are the same work, for an entrant that would need minutes; a fiftieth of `size`, unless said. */
  readonly least?: number;
  /** The data, of a length. A slow entrant is measured on a shorter one. */
  input(size: number): Input;
  /** The same with something in it that happens: the answers must survive it, nobody is timed on it. */
  hostile?(size: number): Input;
  /** hedgerow first. */
  readonly entrants: readonly Entrant<Input>[];
  /** The greatest error of hedgerow's answer against exact arithmetic or a published value. */
  check(answer: Answer, input: Input): number;
  /** An answer further off than this is wrong. */
  readonly tolerance: number;
  /** Set where no package on npm does this: why the table has one row. */
  readonly alone?: string;
}

/** Columns of numbers. Those that start later than hedgerow's are compared from their ends. */
export type Answer = readonly Series[];

export interface Entrant<Input> {
  /** The package. */
  readonly name: string;
  /** What it leaves out or does otherwise, for the table. */
  readonly note?: string;
  /** Turns the data into what the package wants, off the clock, and returns what is on the clock. */
  prepare(input: Input): () => unknown;
  /** The columns in what ran; a typed array is its own column. */
  read?(result: never): Answer;
}

/** The columns of a result. */
export function answerOf<Input>(entrant: Entrant<Input>, result: unknown): Answer {
  return entrant.read ? entrant.read(result as never) : [result as Series];
}

/**
 * How far an answer is from hedgerow's: the greatest difference, relative to the right number or to a middling one of its
 * column, whichever is larger, so that an exact 0 asks for nothing impossible. A NaN for a number is Infinity.
 */
export function distance(answer: Answer, right: Answer): number {
  let most = 0;
  right.forEach((column, c) => {
    const theirs = answer[c];
    if (theirs === undefined) return;
    const known = Array.from(column, Math.abs).filter((x) => x > 0 && x < Infinity);
    const middling = Float64Array.from(known).sort()[known.length >> 1] ?? 1;
    const shift = column.length - theirs.length;
    for (let i = Math.max(shift, 0); i < column.length; i++) {
      const [expected, received] = [column[i]!, theirs[i - shift]!];
      if (Number.isNaN(expected)) continue;
      const error = Math.abs(received - expected) / Math.max(Math.abs(expected), middling);
      most = Math.max(most, Number.isNaN(error) ? Infinity : error);
    }
  });
  return most;
}
