import { exitsOf, type Study } from './analysis.js';
import type { Chart } from './chart.js';

/** The findings as JSON, every number in full; NaN and infinities as words, which JSON lacks. */
export function numbersInFull(
  { data, result, options, holdings }: Study,
  chart: Chart,
  page: string,
): string {
  const { residuals, ...hedge } = result.hedge;
  const { time, y, x, aligned, source } = data;
  const findings = {
    source,
    y,
    x,
    aligned,
    analysed: time.length,
    first: time[0],
    last: time.at(-1),
    prices: result.prices,
    window: options.window,
    ratio: result.ratio,
    intercept: result.intercept,
    hedge,
    adf: result.adf,
    halfLife: result.halfLife,
    spread: result.spread.at(-1),
    zScore: result.zScore.at(-1),
    correlation: result.correlation.at(-1),
    position: result.position.at(-1),
    entries: holdings.length,
    exits: exitsOf(holdings),
    drawn: chart.drawn,
    page,
  };
  const inWords = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return `${JSON.stringify(findings, inWords, 2)}\n`;
}
