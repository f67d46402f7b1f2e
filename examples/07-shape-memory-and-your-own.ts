// What a series looks like, what it remembers, and a rolling statistic that is not in the box.
import {
  describe,
  ExponentialStandardDeviation,
  geometricBrownianMotion,
  ljungBox,
  logReturns,
  partialAutocorrelation,
  rolling,
  rollingQuantiles,
  rollingSkewness,
  type Summary,
} from 'hedgerow';

const prices = geometricBrownianMotion({
  ...{ start: 100, drift: 0.05, volatility: 0.3 },
  ...{ years: 2, steps: 504, seed: 3 },
});
const returns = logReturns(prices);

const look = describe(returns);
console.log(
  `${look.count} returns: skewness ${look.skewness.toFixed(3)}, kurtosis ${look.kurtosis.toFixed(3)}`,
);
console.log(`skewness of the last 60  ${rollingSkewness(returns, { window: 60 }).at(-1)!.toFixed(3)}`);

const [low, high] = rollingQuantiles(returns, { window: 120, probabilities: [0.05, 0.95] });
console.log(`nine in ten lie between  ${low!.at(-1)!.toFixed(4)} and ${high!.at(-1)!.toFixed(4)}`);

// A volatility that forgets, one return at a time.
const fading = new ExponentialStandardDeviation({ halfLife: 20 });
for (const r of returns) fading.push(r);
console.log(`volatility, fading       ${(fading.value * Math.sqrt(252)).toFixed(3)} a year`);

// Prices remember themselves; the returns of this market do not.
const [, first, second] = partialAutocorrelation(prices, { lags: 2 });
console.log(`prices, partial          ${first!.toFixed(3)} at lag 1, ${second!.toFixed(3)} at lag 2`);
console.log(`returns, Ljung–Box       p = ${ljungBox(returns, { lags: 10 }).pValue.at(-1)!.toFixed(3)}`);

// Whatever two neighbouring stretches can put together, rolls: here the deepest fall from a high, in per cent.
const drawdown: Summary<{ high: number; low: number; deepest: number }> = {
  empty: () => ({ high: 0, low: Infinity, deepest: 0 }),
  add: (a, x) => drawdown.merge(a, { high: x, low: x, deepest: 0 }),
  merge: (a, b) => ({
    high: Math.max(a.high, b.high),
    low: Math.min(a.low, b.low),
    deepest: Math.max(a.deepest, b.deepest, a.high > 0 ? 1 - b.low / a.high : 0),
  }),
  read: ({ deepest }) => 100 * deepest,
};
const deepest = rolling(prices, { window: 120, summary: drawdown });
console.log(
  `deepest fall in 120 days ${deepest.at(-1)!.toFixed(1)} %, at its worst ${Math.max(...deepest.slice(119)).toFixed(1)} %`,
);
