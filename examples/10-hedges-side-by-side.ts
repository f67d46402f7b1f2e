// One pair with bad ticks in it, hedged by every method: which of them believe the ticks?
import {
  cointegratedPair,
  huber,
  ols,
  type Pair,
  type SeriesOf,
  siegel,
  theilSen,
  totalLeastSquares,
} from 'hedgerow';

const pair = cointegratedPair({
  observations: 500,
  ratio: 1.5,
  intercept: 12,
  halfLife: 5,
  spreadDeviation: 0.8,
  start: 80,
  volatilityPerObservation: 0.01,
  seed: 5,
});
// Every twentieth print of y comes from another instrument.
const spoilt = { y: pair.y.map((price, i) => (i % 20 === 7 ? price / 10 : price)), x: pair.x };

const show = (name: string, hedge: (legs: SeriesOf<Pair>) => { ratio: number }): void =>
  console.log(`${name.padEnd(22)} ${hedge(pair).ratio.toFixed(3)}  ${hedge(spoilt).ratio.toFixed(3)}`);
console.log('ratio, truth 1.5       clean  with bad ticks');
show('least squares', ols);
show('Huber', huber);
show('Theil–Sen', theilSen);
show('Siegel', siegel);
show('total least squares', totalLeastSquares);

const line = theilSen(spoilt, { confidence: 0.95 });
console.log(`Theil–Sen, 95 %: from ${line.lower.toFixed(3)} to ${line.upper.toFixed(3)}`);
const plain = ols(pair).ratioError;
const robust = ols(pair, { neweyWest: 10 }).ratioError;
console.log(
  `error of the clean ratio ${plain.toFixed(4)}, with residuals that follow each other ${robust.toFixed(4)}`,
);
