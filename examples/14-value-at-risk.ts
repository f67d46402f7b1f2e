// How much can be lost by tomorrow? Eight answers, how each of them did, and where the risk of a portfolio comes from.
import {
  acerbiSzekely,
  componentValueAtRisk,
  Garch,
  ledoitWolf,
  monteCarloValueAtRisk,
  Random,
  reverseStress,
  stress,
  type TailMethod,
  tailInterval,
  tailRisk,
  varBacktest,
} from 'hedgerow';

// Three assets with volatility in waves and a common market.
const random = new Random(14);
const waves = new Garch({ mean: 0, omega: 2e-6, alpha: 0.1, beta: 0.88 });
let volatility = 0.01;
const assets = [0, 1, 2].map(() => new Float64Array(1500));
for (let t = 0; t < 1500; t++) {
  const market = volatility * random.normal();
  volatility = waves.push(market);
  assets[0]![t] = 0.0003 + market + 0.004 * random.normal();
  assets[1]![t] = 0.0002 + 0.6 * market + 0.006 * random.normal();
  assets[2]![t] = 0.0001 - 0.2 * market + 0.003 * random.normal();
}
const positions = [500_000, 300_000, 200_000];
const returns = assets[0]!.map((r, t) => 0.5 * r + 0.3 * assets[1]![t]! + 0.2 * assets[2]![t]!);

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
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
console.log('method               VaR 99 %      ES    exceeded, of 1000 days   Kupiec p   light');
for (const method of methods) {
  const { valueAtRisk, expectedShortfall } = tailRisk(returns, { confidence: 0.99, method });
  const test = varBacktest(returns, { window: 500, confidence: 0.99, method });
  const { exceedances, kupiec, trafficLight } = test;
  console.log(
    `${method.padEnd(20)} ${percent(valueAtRisk)}  ${percent(expectedShortfall)}   ${String(exceedances).padStart(8)}` +
      `${kupiec.pValue.toFixed(3).padStart(24)}   ${trafficLight.zone}`,
  );
}

const interval = tailInterval(returns, { confidence: 0.99, coverage: 0.9, seed: 1, block: 10 });
console.log(`historical VaR is ${percent(interval.lower)} to ${percent(interval.upper)}, nine times in ten`);

const test = varBacktest(returns, { window: 500, confidence: 0.975, method: 'filtered' });
const forecasts = {
  returns: returns.slice(500),
  valueAtRisk: test.valueAtRisk.slice(500),
  expectedShortfall: test.expectedShortfall.slice(500),
};
const { z2 } = acerbiSzekely(forecasts, { confidence: 0.975, seed: 1, samples: 2000 });
console.log(`filtered shortfall: Acerbi–Székely Z2 ${z2.statistic.toFixed(2)}, p ${z2.pValue.toFixed(2)}`);

const { covariance } = ledoitWolf(assets);
const parts = componentValueAtRisk({ positions, covariance }, { confidence: 0.99 });
const money = (values: Float64Array): string => Array.from(values, (v) => v.toFixed(0)).join(', ');
console.log(`one million at risk: ${parts.valueAtRisk.toFixed(0)}, made of ${money(parts.component)}`);
const law = { distribution: 'student-t', degreesOfFreedom: 4 } as const;
const drawn = monteCarloValueAtRisk(
  { positions, covariance },
  { confidence: 0.99, paths: 100_000, seed: 1, ...law },
);
console.log(`with fat tails: ${drawn.valueAtRisk.toFixed(0)} ± ${drawn.error.toFixed(0)}`);

const value = ({ market, rates }: { market: number; rates: number }): number =>
  500_000 * (1 + market) + 300_000 * (1 + 0.6 * market) + 200_000 * (1 - 0.2 * market - 7 * rates);
for (const { name, loss } of stress(value, {
  'October 1987': { market: -0.2, rates: -0.005 },
  'rates up two points': { rates: 0.02 },
})) {
  console.log(`${name}: loses ${loss.toFixed(0)}`);
}
const { shock, distance } = reverseStress(value, {
  loss: 100_000,
  deviations: { market: 0.04, rates: 0.003 },
});
console.log(
  `to lose 100,000: market ${percent(shock['market']!)}, rates ${percent(shock['rates']!)}, ${distance.toFixed(1)} deviations away`,
);
