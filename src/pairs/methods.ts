import { checkChoice } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import type { Pair, SeriesOf } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Hedge } from '../hedge/hedge.js';
import { type Ols, ols } from '../hedge/ols.js';
import { RollingOls } from '../hedge/rolling-ols.js';

/** What each method says of a whole history. Another method is one line here and one in the table below. */
export interface HedgeResults {
  readonly ols: Ols;
}

/** How the hedge ratio of a pair is found. */
export type HedgeMethod = keyof HedgeResults;

interface Method<Result extends Hedge> {
  /** Over a whole history. */
  whole(pair: SeriesOf<Pair>): Result;
  /** Live, over the last `window` pairs. */
  live(window: number): Estimator<Pair, Hedge>;
  revive(snapshot: Snapshot): Estimator<Pair, Hedge>;
}

const methods: { readonly [M in HedgeMethod]: Method<HedgeResults[M]> } = {
  ols: { whole: ols, live: (window) => new RollingOls({ window }), revive: RollingOls.from },
};

/** The method of a name. */
export function methodOf<M extends HedgeMethod>(who: string, name: M): Method<HedgeResults[M]> {
  return methods[checkChoice(who, 'method', name, Object.keys(methods) as M[])];
}
