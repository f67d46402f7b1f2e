// How much of x hedges one y, how sure that is, and what is left over.
import { cointegratedPair, ols, rollingOls, spreads, standardDeviation } from 'hedgerow';

// A pair whose truth is known: y = 12 + 1.5 x + spread.
const pair = cointegratedPair({
  observations: 1000,
  ratio: 1.5,
  intercept: 12,
  halfLife: 10,
  spreadDeviation: 0.8,
  start: 80,
  volatilityPerObservation: 0.01,
  seed: 5,
});

const hedge = ols(pair);
console.log(`ratio      ${hedge.ratio.toFixed(4)} ± ${hedge.ratioError.toFixed(4)}`);
console.log(`intercept  ${hedge.intercept.toFixed(3)} ± ${hedge.interceptError.toFixed(3)}`);
console.log(`r²         ${hedge.rSquared.toFixed(5)}`);

const spread = spreads(pair, hedge);
console.log(`spread     now ${spread.at(-1)!.toFixed(3)}, deviation ${standardDeviation(spread).toFixed(3)}`);

// The ratio as it was seen at the time, from the last 250 observations.
const { ratio } = rollingOls(pair, { window: 250 });
for (const day of [249, 499, 749, 999]) console.log(`day ${day + 1}: ratio ${ratio[day]!.toFixed(4)}`);
