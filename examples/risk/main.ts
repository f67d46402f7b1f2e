// tsx examples/risk/main.ts PRICES REPORT: value at risk by every method on daily prices, through two crises, as a page.
//
// PRICES is a CSV, or one with .gz, of a Date column and one column of prices a name; REPORT is the HTML file to write.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { kupiec, replayScenario, simpleReturns, type TailMethod, trafficLight, varBacktest } from 'hedgerow';
import { picture, table } from './page.js';

const [, , source, target] = process.argv;
if (!source || !target) throw new Error('which prices, and which report to write?');

const bytes = readFileSync(source);
const text = (source.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
const [header, ...lines] = text.trim().split(/\r?\n/);
const names = header!.split(',').slice(1);
const rows = lines.map((line) => line.split(','));
const dates = rows.map((row) => row[0]!);
const prices = names.map((_, k) => Float64Array.from(rows, (row) => Number(row[k + 1])));
const returns = prices.map((series) => simpleReturns(series));
/** Equal weights, set anew each day. */
const portfolio = returns[0]!.map(
  (_, t) => returns.reduce((sum, series) => sum + series[t]!, 0) / names.length,
);

const methods: readonly TailMethod[] = [
  'historical',
  'weighted-historical',
  'normal',
  'student-t',
  'cornish-fisher',
  'ewma',
  'garch',
  'filtered',
];
const window = 500;
const confidence = 0.99;
const years = ['2008', '2020'];
/** The place of the first return of a date or later; returns lag dates by one. */
const placeOf = (date: string): number => Math.max(0, dates.findIndex((day) => day >= date) - 1);

/** Exceedances of one method on one series in one year, from windows that reach back before it. */
function inYear(series: Float64Array, method: TailMethod, year: string): number | undefined {
  const [from, to] = [placeOf(`${year}-01-01`), placeOf(`${Number(year) + 1}-01-01`)];
  try {
    return varBacktest(series.subarray(from - window, to), { window, confidence, method }).exceedances;
  } catch (error) {
    if ((error as Error).name !== 'DataError') throw error;
    // A Cornish–Fisher expansion may be no distribution on a day; it then has no value at risk to test.
    return undefined;
  }
}

const sections: string[] = [];
for (const year of years) {
  const days = placeOf(`${Number(year) + 1}-01-01`) - placeOf(`${year}-01-01`);
  const cells = [
    ['equal weights', portfolio] as const,
    ...names.map((name, k) => [name, returns[k]!] as const),
  ].map(([name, series]) => ({ name, counts: methods.map((method) => inYear(series, method, year)) }));
  sections.push(
    table(`Days of ${days} in ${year} that lost more than the 99 % value at risk`, methods, cells, days),
  );
  for (const [m, method] of methods.entries()) {
    const counts = cells.map(({ counts: found }) => found[m]).filter((count) => count !== undefined);
    const lights = counts.map(
      (exceedances) => trafficLight({ observations: days, exceedances, confidence }).zone,
    );
    const of = (zone: string): number => lights.filter((light) => light === zone).length;
    const { pValue } = kupiec({ observations: days, exceedances: counts[0] ?? 0, confidence });
    console.log(
      `${year} ${method.padEnd(20)} green ${of('green')}, yellow ${of('yellow')}, red ${of('red')}; ` +
        `equal weights exceeded on ${counts[0]} days, Kupiec p ${pValue.toPrecision(2)}`,
    );
  }
}

for (const [from, to] of [
  ['2007-06-01', '2009-12-31'],
  ['2019-06-01', '2021-06-30'],
] as const) {
  const [first, last] = [placeOf(from), placeOf(to)];
  const lines = (['historical', 'filtered'] as const).map((method) => {
    const { valueAtRisk } = varBacktest(portfolio.subarray(first - window, last), {
      window,
      confidence,
      method,
    });
    return { name: method, values: valueAtRisk.subarray(window) };
  });
  const title = `Equal weights, ${from} to ${to}: daily returns against the 99 % value at risk`;
  sections.push(picture(title, portfolio.subarray(first, last), lines));
}

// A million in equal parts, held while history comes again.
const value = (shock: { readonly [name: string]: number }): number =>
  names.reduce((sum, name) => sum + (1e6 / names.length) * (1 + (shock[name] ?? 0)), 0);
const levels = Object.fromEntries(names.map((name, k) => [name, prices[k]!]));
for (const [name, start, end] of [
  ['October 2008', '2008-09-30', '2008-10-31'],
  ['March 2020', '2020-02-19', '2020-03-31'],
] as const) {
  const from = dates.findIndex((day) => day >= start);
  const after = dates.findIndex((day) => day > end);
  const to = (after < 0 ? dates.length : after) - 1;
  const { loss, worst } = replayScenario(value, levels, { from, to });
  const words = `${name} again, to a million in equal parts: ${loss.toFixed(0)} lost by ${dates[to]}, ${worst.loss.toFixed(0)} on ${dates[worst.place]}`;
  console.log(words);
  sections.push(`<p>${words}.</p>`);
}

writeFileSync(
  target,
  `<!doctype html><meta charset="utf-8"><title>Value at risk through two crises</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .6rem;text-align:right}td:first-child,th:first-child{text-align:left}
.green{background:#d7efd8}.yellow{background:#fdf0bd}.red{background:#f6c9c5}svg{width:100%;height:auto}</style>
<h1>Value at risk through two crises</h1>
${sections.join('\n')}
`,
);
console.log(`written to ${target}`);
