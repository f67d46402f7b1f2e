import type { Panel } from '../stats/panel.js';
import { ChunkScreener, chunksOf, rowsOf } from './screen-chunk.js';
import { WIDTH } from './screen-figures.js';
import { checkScreen, type ScreenPairsOptions, throwIfAborted } from './screen-options.js';
import { type PairScreen, rankScreen } from './screen-ranking.js';
import { readSeries } from './screen-series.js';

/**
 * Every pair of a panel tested and ranked: which two prices stay together? For each pair the hedge, the Engle–Granger
 * test of its spread, the half-life and two correlations, with p-values adjusted for how many pairs were tried.
 *
 * Series listed at different times are compared over what they have in common, from the later listing to the earlier
 * end. A pair that cannot be computed is a row of NaN with its `reason`, and costs the others nothing.
 *
 * The numbers are those of `engleGranger`, `halfLife` and `correlation` for each pair. With no lag or one they come from
 * sums of products of the whole panel, a fixed number of operations a pair: within 1e-9, and pairs for which
 * rounding might show, as well as the first 20 rows, are computed by themselves.
 *
 * Sources: Engle & Granger (1987); MacKinnon (1994); Benjamini & Hochberg (1995).
 *
 * @param panel - prices of one length by name, NaN where there is none; or a matrix of them, an ndarray say, with
 * `names` for its columns. Rows are observations in order of time
 * @throws OptionError for an unknown or impossible option
 * @throws DataError where the series differ in length or there are fewer than two
 * @throws the signal's reason once it is aborted, also from within `onProgress`
 * @example
 * ```ts
 * const pair = cointegratedPair({ observations: 500, ratio: 1.5, halfLife: 8, seed: 7 });
 * const other = geometricBrownianMotion({ start: 50, drift: 0, volatility: 0.2, years: 2, steps: 499, seed: 8 });
 * const screen = screenPairs({ y: pair.y, x: pair.x, other, halted: new Float64Array(500).fill(20) });
 * screen.pairs[0].y + ' on ' + screen.pairs[0].x; // → 'y on x'
 * screen.selected.length; // → 1
 * screen.tested; // → 3
 * screen.pairs[5].reason; // → 'degenerate'
 * ```
 */
export function screenPairs(panel: Panel, options: ScreenPairsOptions = {}): PairScreen {
  const who = 'screenPairs';
  const rule = checkScreen(who, options);
  const { onProgress, signal } = options;
  throwIfAborted(signal);
  const series = readSeries(who, panel, rule);
  const screener = new ChunkScreener(series, rule);
  const count = series.names.length;
  const total = rowsOf(count, rule.both);
  const figures = new Float64Array(WIDTH * total);
  let done = 0;
  for (let chunk = 0; chunk < chunksOf(count); chunk++) {
    const part = screener.screen(chunk);
    figures.set(part, done * WIDTH);
    done += part.length / WIDTH;
    onProgress?.({ done, total });
    throwIfAborted(signal);
  }
  return rankScreen(series, rule, screener, figures);
}
