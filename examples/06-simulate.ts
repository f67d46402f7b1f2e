// Markets with a known truth: to try a strategy on, to test code with, to see how much luck looks like skill.
import {
  analyzePair,
  cointegratedPair,
  cointegratedTrades,
  geometricBrownianMotion,
  mean,
  Random,
} from 'hedgerow';

// The same seed tells the same story, on every machine.
const dice = new Random(2024);
console.log(`dice: ${Array.from({ length: 10 }, () => dice.integer(6) + 1).join(' ')}`);

const ends = Array.from(
  { length: 2000 },
  (_, seed) =>
    geometricBrownianMotion({ start: 100, drift: 0.07, volatility: 0.2, years: 1, steps: 1, seed }).at(-1)!,
);
console.log(
  `mean price after a year: ${mean(ends).toFixed(2)} (in theory ${(100 * Math.exp(0.07)).toFixed(2)})`,
);

// How often does one year of a good pair look like one?
const pairs = Array.from({ length: 200 }, (_, seed) =>
  analyzePair(cointegratedPair({ observations: 252, ratio: 1.2, halfLife: 10, spreadDeviation: 0.5, seed }), {
    method: 'ols',
    window: 20,
  }),
);
const found = pairs.filter(({ adf }) => adf.pValue < 0.05).length;
console.log(`${found} of 200 good pairs pass a 5 % test after a year`);
console.log(`mean ratio ${mean(pairs.map(({ ratio }) => ratio)).toFixed(4)} (in truth 1.2)`);

const tapes = cointegratedTrades({
  ...{ observations: 600, ratio: 1.2, halfLife: 30, spreadDeviation: 0.1, volatilityPerObservation: 2e-4 },
  ...{ startTime: Date.UTC(2024, 0, 2), every: '1s', interval: '250ms', tickSize: 0.01, seed: 1 },
});
console.log(`ten minutes of ticks: ${tapes.y.time.length} of y, ${tapes.x.time.length} of x`);
