// A chain of quotes, its smile and its Greeks; `npx tsx examples/08-options.ts smile.html` draws it.
import { writeFileSync } from 'node:fs';
import { blackScholes, blackScholesChain, impliedVolatilities, inMarketUnits } from 'hedgerow';

// Quotes as a market gives them: out of the money, in cents, with two that cannot be.
const spot = 100;
const years = 45 / 365;
const rate = 0.03;
const strike = Float64Array.from({ length: 21 }, (_, i) => 75 + 2.5 * i);
const type = Array.from(strike, (k) => (k < spot ? ('put' as const) : ('call' as const)));
const smile = strike.map((k) => 0.22 - 0.25 * Math.log(k / spot) + 0.9 * Math.log(k / spot) ** 2);
const { price: fair } = blackScholesChain(
  { type, spot, strike, years, rate, volatility: smile },
  { greeks: ['price'] },
);
const price = fair.map((value) => Math.round(100 * value) / 100);
price[3] = NaN; // no quote
price[18] = 120; // a misprint

const { volatility, reason } = impliedVolatilities({ type, spot, strike, years, rate, price });
strike.forEach((k, i) => {
  const said = reason[i] ?? `${(100 * volatility[i]!).toFixed(2)} %`;
  console.log(`${type[i]!.padEnd(4)} ${k.toFixed(1).padStart(6)}  ${String(price[i]).padStart(5)}  ${said}`);
});

const middle = strike.indexOf(spot);
const value = inMarketUnits(
  blackScholes({ type: 'call', spot, strike: spot, years, rate, volatility: volatility[middle]! }),
);
console.log(
  `at the money: delta ${value.delta.toFixed(3)}, vega ${value.vegaPerPoint.toFixed(3)} a point, theta ${value.thetaPerDay.toFixed(3)} a day`,
);

/** A page that shows volatility against strike. */
function page(): string {
  const found = Array.from(strike, (k, i) => [k, volatility[i]!] as const).filter(([, v]) => v > 0);
  const most = Math.max(...found.map(([, v]) => v));
  const x = (k: number): number => 60 + (14 * (k - strike[0]!)) / 1;
  const y = (v: number): number => 360 - (300 * v) / most;
  const dots = found.map(
    ([k, v]) =>
      `<circle cx="${x(k)}" cy="${y(v).toFixed(1)}" r="4"><title>${k}: ${(100 * v).toFixed(2)} %</title></circle>`,
  );
  const ticks = Array.from(strike).filter((_, i) => i % 4 === 0);
  return `<!doctype html><meta charset="utf-8"><title>Smile</title>
<svg viewBox="0 0 820 420" style="max-width:820px;font:14px sans-serif" role="img" aria-label="Implied volatility by strike">
<polyline fill="none" stroke="steelblue" stroke-width="2" points="${found.map(([k, v]) => `${x(k)},${y(v).toFixed(1)}`).join(' ')}"/>
<g fill="steelblue">${dots.join('')}</g>
${ticks.map((k) => `<text x="${x(k)}" y="390" text-anchor="middle">${k}</text>`).join('')}
${[0.1, 0.2, 0.3].map((v) => `<text x="10" y="${y(v)}">${100 * v} %</text>`).join('')}
</svg>`;
}

const file = process.argv[2];
if (file) {
  writeFileSync(file, page());
  console.log(`the smile is in ${file}`);
}
