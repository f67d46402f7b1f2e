// How volatile, how stretched, how related: rolling statistics, over a whole series or live.
import {
  geometricBrownianMotion,
  logReturns,
  RollingMean,
  rollingCorrelation,
  rollingStandardDeviation,
  zScore,
} from 'hedgerow';

const year = { drift: 0.05, years: 1, steps: 252 };
const gold = geometricBrownianMotion({ ...year, start: 2400, volatility: 0.15, seed: 1 });
const silver = geometricBrownianMotion({ ...year, start: 30, volatility: 0.28, seed: 2 });

const returns = logReturns(gold);
const deviation = rollingStandardDeviation(returns, { window: 20 });
const score = zScore(gold, { window: 60 });
const together = rollingCorrelation({ y: returns, x: logReturns(silver) }, { window: 60 });

console.log(`volatility of the last 20 days  ${(deviation.at(-1)! * Math.sqrt(252)).toFixed(3)} a year`);
console.log(`z-score over 60 days            ${score.at(-1)!.toFixed(3)}`);
console.log(`correlation over 60 days        ${together.at(-1)!.toFixed(3)}`);

// The same, one price at a time: the live form keeps the state, so both agree to the last bit.
const live = new RollingMean({ window: 20 });
for (const price of gold) live.push(price);
console.log(`mean of the last 20 prices      ${live.value.toFixed(2)}`);
