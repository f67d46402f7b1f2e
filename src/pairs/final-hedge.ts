import { checkPair } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Pair, SeriesOf } from '../core/series.js';
import { ExponentialOls } from '../hedge/exponential-ols.js';
import type { Hedge } from '../hedge/hedge.js';
import { KalmanHedge } from '../hedge/kalman.js';
import type { KalmanOptions } from '../hedge/kalman-options.js';
import { RecursiveOls } from '../hedge/recursive-ols.js';

/** Where a filtered hedge stands after the last observation. */
export interface FinalHedge extends Hedge {
  /** Standard errors, of the line as it is at the end. */
  readonly ratioError: number;
  readonly interceptError: number;
  /** The log-likelihood of the history. */
  readonly logLikelihood: number;
}

/** The hedge that a Kalman filter comes to. */
export function finalKalman(pair: SeriesOf<Pair>, options: KalmanOptions): FinalHedge {
  const hedge = new KalmanHedge(options);
  const { ratio, intercept, ratioError, interceptError } = last('kalmanHedge', hedge, pair);
  return { ratio, intercept, ratioError, interceptError, logLikelihood: hedge.logLikelihood };
}

/** The hedge that recursive least squares comes to. */
export function finalRecursive(pair: SeriesOf<Pair>): Hedge {
  const { ratio, intercept } = last('recursiveOls', new RecursiveOls(), pair);
  return { ratio, intercept };
}

/** The hedge that a fading regression of so many pairs' span comes to. */
export function finalExponential(pair: SeriesOf<Pair>, span: number): Hedge {
  const { ratio, intercept } = last('exponentialOls', new ExponentialOls({ span }), pair);
  return { ratio, intercept };
}

function last<Reading extends Hedge>(
  who: string,
  live: { push(pair: Pair): Reading; readonly value: Reading },
  { y, x }: SeriesOf<Pair>,
): Reading {
  const length = checkPair(who, { y, x }, 2);
  let still = true;
  for (let i = 0; i < length; i++) {
    if (x[i] !== x[0]) still = false;
    live.push({ y: y[i]!, x: x[i]! });
  }
  if (still) throw new DataError('degenerate', `${who}: x must move, received ${length} times ${x[0]}`);
  return live.value;
}
