import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Chart } from './chart.js';
import type { Report } from './report.js';

/** The report as one HTML file that needs nothing else: styles, chart library, data and text are all inside. */
export function page(report: Report, chart: Chart): string {
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
<script type="application/json" id="pair">${inScript(JSON.stringify(chart.data))}</script>
<script>
${inScript(chartLibrary())}
</script>
<script>
${part('figures.js')}${part('marks.js')}${part('chart.js')}</script>
</body>
</html>
`;
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
