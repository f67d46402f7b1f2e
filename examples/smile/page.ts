import type { ImpliedVolatilities } from 'hedgerow';
import type { Chain } from './chain.js';

const WIDTH = 900;
const HEIGHT = 480;
const LEFT = 60;
const BOTTOM = 40;

/** A page with a point for every row that has a volatility, against strike over spot; nearer expiries are darker. */
export function smilePage(title: string, chain: Chain, { volatility, reason }: ImpliedVolatilities): string {
  const rows = reason.flatMap((why, i) => (why === null ? [i] : []));
  const moneyness = rows.map((i) => chain.strike[i]! / chain.spot[i]!);
  const right = Math.max(...moneyness, 1);
  const left = Math.min(...moneyness, 1);
  const top = Math.max(...rows.map((i) => volatility[i]!), 0);
  const latest = Math.max(...rows.map((i) => chain.years[i]!), 0);
  const x = (m: number): number => LEFT + ((WIDTH - LEFT - 10) * (m - left)) / (right - left || 1);
  const y = (v: number): number => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - 10) * v) / (top || 1);

  const points = rows.map((i, k) => {
    const light = 25 + Math.round(50 * Math.sqrt(chain.years[i]! / (latest || 1)));
    const said = `${chain.type[i]} ${chain.strike[i]}, ${Math.round(365 * chain.years[i]!)} days: ${percent(volatility[i]!)}`;
    const place = `cx="${x(moneyness[k]!).toFixed(1)}" cy="${y(volatility[i]!).toFixed(1)}"`;
    return `<circle ${place} r="2.5" fill="hsl(210 80% ${light}%)"><title>${said}</title></circle>`;
  });
  const across = ticks(left, right).map(
    (m) => `<text x="${x(m).toFixed(1)}" y="${HEIGHT - 15}" text-anchor="middle">${m.toFixed(2)}</text>`,
  );
  const up = ticks(0, top).map((v) => `<text x="8" y="${y(v).toFixed(1)}">${percent(v)}</text>`);

  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<body style="font:14px sans-serif;max-width:${WIDTH}px;margin:2em auto">
<h1>${escaped(title)}</h1>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Implied volatility against strike over spot">
${points.join('\n')}
<g>${across.join('')}${up.join('')}</g>
</svg>
<p>Implied volatility against strike over spot; the darker, the sooner it expires.</p>
<table>${counts(reason)}</table>
</body></html>
`;
}

/** How many rows have a volatility, and why the others have none. */
function counts(reason: ImpliedVolatilities['reason']): string {
  const found = new Map<string, number>();
  for (const why of reason) found.set(why ?? 'solved', (found.get(why ?? 'solved') ?? 0) + 1);
  return [...found].map(([what, count]) => `<tr><td>${what}</td><td>${count}</td></tr>`).join('');
}

const ticks = (from: number, to: number): number[] =>
  Array.from({ length: 6 }, (_, k) => from + ((to - from) * k) / 5);
const percent = (v: number): string => `${(100 * v).toFixed(1)} %`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
