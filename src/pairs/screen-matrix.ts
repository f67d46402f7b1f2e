import { checkChoice } from '../core/checks.js';
import type { PanelView } from '../stats/panel.js';
import type { PairScreen, ScreenedPair } from './screen-ranking.js';

/** What a screen has a number for in every row. */
export type ScreenMatrixFigure = {
  [Name in keyof ScreenedPair]-?: ScreenedPair[Name] extends number ? Name : never;
}[keyof ScreenedPair];

/** Figures that are the same whichever leg is explained. */
const EVEN: readonly ScreenMatrixFigure[] = ['correlation', 'changeCorrelation', 'observations'];

const FIGURES: readonly ScreenMatrixFigure[] = [
  'ratio',
  'intercept',
  'correlation',
  'changeCorrelation',
  'statistic',
  'pValue',
  'adjustedPValue',
  'halfLife',
  'lags',
  'observations',
];

/**
 * One figure of a screen as a matrix by the names of its panel: y down, x across. NaN where the screen has no row, as
 * on the diagonal; correlations and counts of observations, which do not depend on the order, stand on both sides.
 *
 * @throws OptionError for a figure that a screen does not have
 * @example
 * ```ts
 * const { y, x } = cointegratedPair({ observations: 200, ratio: 1.5, halfLife: 8, seed: 7 });
 * const { data, names } = screenMatrix(screenPairs({ y, x }), 'observations');
 * names; // → ['y', 'x']
 * data; // → [NaN, 200, 200, NaN]
 * ```
 */
export function screenMatrix(
  screen: PairScreen,
  figure: ScreenMatrixFigure,
): PanelView & { readonly data: Float64Array } {
  checkChoice('screenMatrix', 'figure', figure, FIGURES);
  const { names } = screen;
  const count = names.length;
  const at = new Map(names.map((name, i) => [name, i]));
  const data = new Float64Array(count * count).fill(NaN);
  for (const pair of screen.pairs) {
    const [i, j] = [at.get(pair.y)!, at.get(pair.x)!];
    data[i * count + j] = pair[figure];
    if (EVEN.includes(figure)) data[j * count + i] = pair[figure];
  }
  return { data, shape: [count, count], stride: [count, 1], offset: 0, names };
}
