import { checkChoice, checkInteger, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import type { Pair, SeriesOf } from '../core/series.js';
import type { Snapshot } from '../core/snapshot.js';
import { ExponentialOls } from '../hedge/exponential-ols.js';
import type { Hedge } from '../hedge/hedge.js';
import { type Huber, huber } from '../hedge/huber.js';
import { KalmanHedge } from '../hedge/kalman.js';
import { kalmanFit } from '../hedge/kalman-fit.js';
import { checkKalman, type KalmanOptions } from '../hedge/kalman-options.js';
import { type Ols, ols } from '../hedge/ols.js';
import { RecursiveOls } from '../hedge/recursive-ols.js';
import { RollingOls } from '../hedge/rolling-ols.js';
import { type Siegel, siegel } from '../hedge/siegel.js';
import { type TheilSen, theilSen } from '../hedge/theil-sen.js';
import { type TotalLeastSquares, totalLeastSquares } from '../hedge/total-least-squares.js';
import { type FinalHedge, finalExponential, finalKalman, finalRecursive } from './final-hedge.js';
import { WindowedHedge } from './windowed-hedge.js';

/** What each method says of a whole history. Another method is one line here and one in the table below. */
export interface HedgeResults {
  readonly ols: Ols;
  readonly huber: Huber;
  readonly 'theil-sen': TheilSen;
  readonly siegel: Siegel;
  readonly 'total-least-squares': TotalLeastSquares;
  /** Where the filter stands at the end. */
  readonly kalman: FinalHedge;
  /** Where the recursion stands at the end, with nothing forgotten. */
  readonly 'recursive-ols': Hedge;
  /** Where the fading regression stands at the end, of a span as long as the window. */
  readonly 'exponential-ols': Hedge;
}

/** How the hedge ratio of a pair is found. */
export type HedgeMethod = keyof HedgeResults;

/** How a hedge drifts, and how noisily it is seen. */
export type KalmanDrift = Pick<KalmanOptions, 'drift' | 'noise'>;

/** What some methods want to know besides. */
export interface MethodOptions {
  /**
   * The drift and the noise of the method `'kalman'`. Unless said those of Chan (2013), "Algorithmic Trading", chapter
   * 3: drift δ / (1 − δ) with δ = 1e-4, noise 1e-3; the start is diffuse.
   */
  readonly kalman?: KalmanDrift;
  /** Observations from one fit to the next of a method that is fitted anew to its window, all of them unless said. */
  readonly refresh?: number;
}

type Live = Estimator<Pair, Hedge>;

/** What a method may need to know of a whole history. */
interface WholeOptions {
  readonly kalman: KalmanDrift | 'fitted';
  readonly window: number;
}

interface Method<Result extends Hedge> {
  /** Over a whole history. */
  whole(pair: SeriesOf<Pair>, options: WholeOptions): Result;
  /** Live, over the last `window` pairs. */
  live(window: number, options: Required<MethodOptions>): Live;
  revive(snapshot: Snapshot): Live;
  /** Whether it is fitted anew to its window, every `refresh` pairs. */
  readonly refits?: boolean;
}

/** A method that knows only whole histories, and sees each window as one. */
function refitted<Result extends Hedge>(estimate: (pair: SeriesOf<Pair>) => Result): Method<Result> {
  return {
    whole: (pair) => estimate(pair),
    live: (window, { refresh }) => new WindowedHedge(estimate, window, refresh),
    revive: (snapshot) => WindowedHedge.from(snapshot, estimate),
    refits: true,
  };
}

const methods: { readonly [M in HedgeMethod]: Method<HedgeResults[M]> } = {
  ols: { whole: (pair) => ols(pair), live: (window) => new RollingOls({ window }), revive: RollingOls.from },
  huber: refitted(huber),
  'theil-sen': refitted(theilSen),
  siegel: refitted(siegel),
  'total-least-squares': refitted(totalLeastSquares),
  kalman: {
    whole: (pair, { kalman }) => finalKalman(pair, kalman === 'fitted' ? fittedDrift(pair) : kalman),
    live: (_, { kalman }) => new KalmanHedge(kalman),
    revive: KalmanHedge.from,
  },
  'recursive-ols': {
    whole: (pair) => finalRecursive(pair),
    // Weights that fall by this factor weigh as much together as a window of equal ones.
    live: (window) => new RecursiveOls({ forgetting: 1 - 1 / window }),
    revive: RecursiveOls.from,
  },
  'exponential-ols': {
    whole: (pair, { window }) => finalExponential(pair, window),
    live: (window) => new ExponentialOls({ span: window }),
    revive: ExponentialOls.from,
  },
};

/** The drift and the noise under which a history is likeliest. */
function fittedDrift(pair: SeriesOf<Pair>): KalmanDrift {
  const { drift, noise } = kalmanFit(pair);
  return { drift, noise };
}

/** The method of a name. */
export function methodOf<M extends HedgeMethod>(who: string, name: M): Method<HedgeResults[M]> {
  return methods[checkChoice(who, 'method', name, Object.keys(methods) as M[])];
}

/** The checked options of a method; one that it does not have is refused. */
export function checkMethod(
  who: string,
  method: HedgeMethod,
  options: MethodOptions,
): Required<MethodOptions> {
  const { kalman, refresh } = options;
  const { refits } = methodOf(who, method);
  if (kalman !== undefined) {
    if (method !== 'kalman')
      throw new OptionError(`${who}: kalman is for the method 'kalman', received '${method}'`);
    checkOptions(`${who} kalman`, kalman, ['drift', 'noise']);
    checkKalman(`${who} kalman`, kalman);
  }
  if (refresh !== undefined) {
    if (!refits) throw new OptionError(`${who}: refresh is for methods fitted anew, '${method}' is not`);
    checkInteger(who, 'refresh', refresh);
  }
  return { kalman: kalman ?? { drift: 1e-4 / (1 - 1e-4), noise: 1e-3 }, refresh: refresh ?? 1 };
}
