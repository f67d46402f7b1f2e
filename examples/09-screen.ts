// Which two of forty prices stay together? Every pair tested, ranked, and counted for what chance alone would find.
import { cointegratedPair, geometricBrownianMotion, screenPairs } from 'hedgerow';

const panel: Record<string, Float64Array> = {};
for (let k = 0; k < 36; k++) {
  const path = { start: 20 + k, drift: 0.05, volatility: 0.3, years: 4, steps: 999, seed: k };
  panel[`stock${k}`] = geometricBrownianMotion(path);
}
for (const name of ['gold', 'oil']) {
  const seed = name.length;
  const { y, x } = cointegratedPair({ observations: 1000, ratio: 1.5, halfLife: 4, seed });
  panel[`${name}A`] = y;
  panel[`${name}B`] = x;
}
// One was listed late: it is compared over what it has in common with each of the others.
panel['goldB'] = panel['goldB']!.map((price, day) => (day < 150 ? NaN : price));

const screen = screenPairs(panel, { falseDiscoveryRate: 0.05 });
const lucky = screen.pairs.filter(({ pValue }) => pValue < 0.05).length;
console.log(
  `${screen.tested} pairs tested: ${lucky} below 5 %, ${screen.selected.length} after counting them all`,
);
for (const { y, x, ratio, adjustedPValue, halfLife, observations } of screen.pairs.slice(0, 4)) {
  const figures = `adjusted p ${adjustedPValue.toPrecision(2)}, half-life ${halfLife.toFixed(1)} days`;
  console.log(`${y} on ${x}: ratio ${ratio.toFixed(2)}, ${figures}, ${observations} days in common`);
}
