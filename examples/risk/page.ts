import { trafficLight } from 'hedgerow';

interface Cells {
  readonly name: string;
  /** Exceedances by column; undefined where there is nothing to count. */
  readonly counts: readonly (number | undefined)[];
}

/** A table of exceedances, each in the colour of its traffic light. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly Cells[],
  observations: number,
): string {
  const cell = (exceedances: number | undefined): string => {
    if (exceedances === undefined) return '<td>none</td>';
    const { zone } = trafficLight({ observations, exceedances, confidence: 0.99 });
    return `<td class="${zone}" title="${zone}">${exceedances}</td>`;
  };
  const head = columns.map((name) => `<th>${name}</th>`).join('');
  const body = rows
    .map(({ name, counts }) => `<tr><td>${name}</td>${counts.map(cell).join('')}</tr>`)
    .join('\n');
  return `<h2>${title}</h2><table><tr><th></th>${head}</tr>\n${body}</table>`;
}

const WIDTH = 1000;
const HEIGHT = 300;
const COLOURS = ['#1f5fa8', '#c4622d'];

/** Returns as bars, with the losses that were forecast as lines below them; a day that went lower is red. */
export function picture(
  title: string,
  returns: Float64Array,
  lines: readonly { readonly name: string; readonly values: Float64Array }[],
): string {
  const size = 1.05 * Math.max(...returns.map(Math.abs), ...lines.flatMap(({ values }) => [...values]));
  const x = (t: number): string => ((WIDTH * t) / returns.length).toFixed(1);
  const y = (r: number): string => (HEIGHT / 2 - (HEIGHT / 2) * (r / size)).toFixed(1);
  const stems = Array.from(returns, (r, t) => {
    const isBroken = lines.some(({ values }) => -r > values[t]!);
    return `<path d="M${x(t)} ${y(0)}V${y(r)}" stroke="${isBroken ? '#c0231c' : '#9aa5b1'}"/>`;
  });
  const paths = lines.map(({ name, values }, k) => {
    const points = Array.from(values, (loss, t) => `${x(t)} ${y(-loss)}`).join('L');
    const label = `<text x="8" y="${18 + 18 * k}" fill="${COLOURS[k]}" font-size="14">− ${name}</text>`;
    return `<path d="M${points}" fill="none" stroke="${COLOURS[k]}" stroke-width="1.5"/>${label}`;
  });
  return `<h2>${title}</h2><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${stems.join('')}${paths.join('')}</svg>`;
}
