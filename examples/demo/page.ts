import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Study } from './analysis.js';
import type { Report } from './report.js';
import { thin } from './thin.js';

/** More points than this make a page slow and show nothing more. */
const MOST_POINTS = 20_000;

/** The report as one HTML file that needs nothing else: styles, chart library, data and text are all inside. */
export function page(study: Study, report: Report): string {
  const part = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
  const headlines = report.headlines.map(
    ({ name, value, words }) =>
      `<div class="card"><h2>${escaped(name)}</h2><p class="value">${escaped(value)}</p><p>${escaped(words)}</p></div>`,
  );
  const sections = report.sections.map(({ heading, rows }) => {
    const items = rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
    return `<section><h2>${escaped(heading)}</h2><dl>${items.join('')}</dl></section>`;
  });
  const notes = report.notes.map((note) => `<p class="note">${escaped(note)}</p>`);

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<title>${escaped(report.title)}</title>
<style>
${part('page.css')}</style>
</head>
<body>
<header><h1>${escaped(report.title)}</h1></header>
<div class="cards">${headlines.join('\n')}</div>
<div id="chart"></div>
<div class="report">${sections.join('\n')}</div>
${notes.join('\n')}
<footer>Charts by <a href="https://www.tradingview.com/">TradingView Lightweight Charts™</a>, copyright © TradingView, Inc., Apache License 2.0. Made with hedgerow.</footer>
<script type="application/json" id="pair">${inScript(JSON.stringify(chartData(study)))}</script>
<script>
${inScript(chartLibrary())}
</script>
<script>
${part('chart.js')}</script>
</body>
</html>
`;
}

/** What the chart draws: columns of the chosen points, the levels, and where positions changed. */
function chartData({ data, result, marks, options }: Study) {
  const { y, x } = data.values;
  const columns = { y, x, spread: result.spread, zScore: result.zScore };
  const points = thin(
    Object.values(columns),
    marks.map(({ index }) => index),
    MOST_POINTS,
  );
  const place = new Map(points.map((index, i) => [index, i]));
  // Eight digits are finer than a pixel. JSON has no NaN: null is a gap.
  const drawn = (series: Float64Array) =>
    points.map((index) => (Number.isFinite(series[index]) ? Number(series[index]!.toPrecision(8)) : null));
  const { enter, exit, stop } = options;
  return {
    names: { y: data.y.name, x: data.x.name },
    hedge: { ratio: result.ratio, intercept: result.intercept, isLinear: result.prices === 'raw' },
    time: points.map((index) => data.time[index]! / 1000),
    y: drawn(y),
    x: drawn(x),
    spread: drawn(result.spread),
    zScore: drawn(result.zScore),
    levels: { enter, exit, stop },
    intraday: points.some((index) => data.time[index]! % 86_400_000 !== 0),
    marks: marks.filter(({ index }) => place.has(index)).map(({ index, kind }) => [place.get(index), kind]),
  };
}

/** The chart library's own build for a script tag, licence notice and all. */
function chartLibrary(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('lightweight-charts/package.json'));
  return readFileSync(join(folder, 'dist', 'lightweight-charts.standalone.production.js'), 'utf8');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text that cannot end the script element it stands in. */
function inScript(text: string): string {
  return text.replace(/<(?=\/script|!--)/gi, '\\u003c');
}
