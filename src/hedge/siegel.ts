import { checkChoice, checkOptions, checkPair } from '../core/checks.js';
import { type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import type { Hedge } from './hedge.js';
import { medianOf } from './median.js';
import { checkMoves, checkRatio, ordinary } from './ordinary.js';

export interface SiegelOptions {
  /** `'hierarchical'` (default): the median of y − ratio · x; `'separate'`: repeated medians of its own. */
  readonly intercept?: 'hierarchical' | 'separate';
}

/** The line of repeated medians. */
export interface Siegel extends Hedge {
  readonly observations: number;
}

/**
 * The hedge ratio as a median of medians: at each observation the median slope to all the others, and of these the
 * median. Up to half of the ticks may be as bad as can be, in either leg, and it stands. O(n²) time, O(n) memory.
 *
 * Source: Siegel (1982), "Robust regression using repeated medians", Biometrika 69.
 *
 * @param pair - two series of prices, `{ y, x }`
 * @throws OptionError for an unknown option or choice.
 * @throws DataError when lengths differ (`uneven`), a price is not finite (`not-finite`, naming it), there are fewer
 * than two observations (`too-short`), or x never moves (`degenerate`).
 * @example
 * ```ts
 * siegel({ y: [2, 4, 6, 8, -70, 99], x: [1, 2, 3, 4, 5, 6] }); // → { ratio: 2, intercept: 0, observations: 6 }
 * ```
 */
export function siegel(pair: SeriesOf<Pair>, options: SiegelOptions = {}): Siegel {
  checkOptions('siegel', options, ['intercept']);
  const rule = checkChoice('siegel', 'intercept', options.intercept ?? 'hierarchical', [
    'hierarchical',
    'separate',
  ]);
  const observations = checkPair('siegel', pair, 2);
  const y = toFloat64(pair.y);
  const x = toFloat64(pair.x);
  checkMoves('siegel', x);
  const held = { y: ordinary(y), x: ordinary(x) };
  const unit = held.x.scale / held.y.scale;
  const [ys, xs] = [held.y.values, held.x.values];
  const slopes = new Float64Array(observations);
  const levels = new Float64Array(observations);
  const slopesHere = new Float64Array(observations);
  const levelsHere = new Float64Array(rule === 'separate' ? observations : 0);
  for (let i = 0; i < observations; i++) {
    let count = 0;
    for (let j = 0; j < observations; j++) {
      const run = xs[j]! - xs[i]!;
      if (run === 0) continue;
      const slope = (ys[j]! - ys[i]!) / run;
      if (rule === 'separate') levelsHere[count] = ys[i]! - slope * xs[i]!;
      slopesHere[count++] = slope;
    }
    slopes[i] = medianOf(slopesHere, count);
    if (rule === 'separate') levels[i] = medianOf(levelsHere, count);
  }
  const ratio = checkRatio('siegel', medianOf(slopes) * unit);
  const intercept =
    rule === 'separate'
      ? medianOf(levels) / held.y.scale
      : medianOf(y.map((value, i) => value - ratio * x[i]!));
  return { ratio, intercept, observations };
}
