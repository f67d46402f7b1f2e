import type { DataReason } from '../core/errors.js';

/** The figures of one row of a screen, in the order in which a chunk holds them. */
export const FIGURES = [
  'ratio',
  'intercept',
  'correlation',
  'changeCorrelation',
  'statistic',
  'pValue',
  'halfLife',
  'lags',
  'observations',
] as const;

export type Figure = (typeof FIGURES)[number];

/** Numbers a row: the figures, and what became of it. */
export const WIDTH: number = FIGURES.length + 1;

/** Where a figure stands in its row. */
export const AT: Readonly<Record<Figure | 'state', number>> = {
  ...(Object.fromEntries(FIGURES.map((name, i) => [name, i])) as Record<Figure, number>),
  state: FIGURES.length,
};

/** What became of a row: computed by itself, from the sums of the panel, or not at all, for one of the reasons. */
export const DIRECT = 0;
export const FROM_SUMS = -1;
export const REASONS: readonly DataReason[] = ['too-short', 'not-finite', 'degenerate'];

/** The reason of a state, if it is one. */
export function reasonOf(state: number): DataReason | undefined {
  return REASONS[state - 1];
}

/** Marks a row as one that could not be computed. */
export function refuse(out: Float64Array, at: number, observations: number, reason: DataReason): void {
  out.fill(NaN, at, at + WIDTH);
  out[at + AT.observations] = observations;
  // A reason without a place of its own is trouble with the numbers all the same.
  out[at + AT.state] = 1 + Math.max(REASONS.indexOf(reason), 0);
}
