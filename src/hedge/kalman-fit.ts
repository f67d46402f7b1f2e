import { checkLegs } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import { DriftingLine } from './drifting-line.js';

/** The drift and the noise under which a history is likeliest. */
export interface KalmanFit {
  /** The variance of the steps of ratio and of intercept; 0 where a line that stays is likeliest. */
  readonly drift: number;
  /** The variance of y about the line. */
  readonly noise: number;
  readonly logLikelihood: number;
}

interface Likelihood {
  readonly noise: number;
  readonly logLikelihood: number;
}

/**
 * The `drift` and `noise` of {@link kalmanHedge} by maximum likelihood, from a diffuse start. Drift is found to about
 * seven digits, where the likelihood is flat to the last one.
 *
 * The noise follows from the ratio of the two in closed form; that ratio is searched from 1e-12 to 1e6 times what would
 * make drift and noise alike at the typical x, then narrowed by golden section. Where y has no noise that drift does not
 * explain, the answer stands at the upper end of that range.
 *
 * Source: Durbin & Koopman (2012), "Time Series Analysis by State Space Methods", section 7.3.
 *
 * @param pair - two series of prices, `{ y, x }`; a pair with a price that is not finite is not seen
 * @throws DataError where lengths differ (`uneven`), fewer than five pairs are finite (`too-short`), x never moves or y
 * lies on one line (`degenerate`)
 * @example
 * ```ts
 * const pair = cointegratedPair({ observations: 500, ratio: 1.5, halfLife: 2, seed: 7 });
 * const { drift, noise } = kalmanFit(pair);
 * const { ratio } = kalmanHedge(pair, { drift, noise });
 * ratio.length; // → 500
 * ```
 */
export function kalmanFit(pair: SeriesOf<Pair>): KalmanFit {
  checkLegs('kalmanFit', pair);
  const y = toFloat64(pair.y);
  const x = toFloat64(pair.x);
  let seen = 0;
  let size = 0;
  let first = NaN;
  let moves = false;
  for (let i = 0; i < y.length; i++) {
    if (!Number.isFinite(y[i]!) || !Number.isFinite(x[i]!)) continue;
    if (seen === 0) first = x[i]!;
    moves ||= x[i] !== first;
    seen++;
    size += (x[i]! * x[i]! + 1 - size) / seen;
  }
  if (seen < 5) {
    throw new DataError('too-short', `kalmanFit: needs at least 5 observations, received ${seen}`);
  }
  const at = (log: number): Likelihood => likelihood(y, x, Math.exp(log) / size);
  const still = likelihood(y, x, 0);
  if (!(moves && still.noise > 0 && Number.isFinite(still.logLikelihood))) {
    throw new DataError('degenerate', 'kalmanFit: x must move, and y must not lie on one line');
  }

  const step = Math.LN10 / 2;
  let best = Math.log(1e-12);
  let most = -Infinity;
  for (let k = 0; k <= 36; k++) {
    const log = Math.log(1e-12) + k * step;
    const found = at(log).logLikelihood;
    if (found > most) [best, most] = [log, found];
  }
  const log = golden((trial) => at(trial).logLikelihood, best - step, best + step);
  const found = at(log);
  if (!(found.logLikelihood > still.logLikelihood)) return { drift: 0, ...still };
  return { drift: (Math.exp(log) / size) * found.noise, ...found };
}

/** The likeliest noise where drift is so many times the noise, and how likely y then is. */
function likelihood(y: Float64Array, x: Float64Array, ratio: number): Likelihood {
  const line = new DriftingLine(1, { d1: ratio, d2: ratio, u: 0 });
  line.over(y, x);
  const { terms, squares, logVariances } = line.now;
  const noise = squares / terms;
  return { noise, logLikelihood: -0.5 * (terms * (Math.log(2 * Math.PI * noise) + 1) + logVariances) };
}

/** Where a function of one peak has it, between `low` and `high`. Kiefer (1953). */
function golden(f: (x: number) => number, low: number, high: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [left, right] = [b - share * (b - a), a + share * (b - a)];
  let [fLeft, fRight] = [f(left), f(right)];
  while (b - a > 1e-8) {
    if (fLeft > fRight) {
      [b, right, fRight] = [right, left, fLeft];
      left = b - share * (b - a);
      fLeft = f(left);
    } else {
      [a, left, fLeft] = [left, right, fRight];
      right = a + share * (b - a);
      fRight = f(right);
    }
  }
  return (a + b) / 2;
}
