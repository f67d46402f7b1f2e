// A pair traded through history by several hedges, and walked forward: what it would have earned after costs.
import { backtest, cointegratedPair, type HedgeMethod, kalmanFit, PairStrategy, walkForward } from 'hedgerow';

const pair = cointegratedPair({
  observations: 3000,
  ratio: 1.5,
  intercept: 12,
  halfLife: 8,
  spreadDeviation: 1,
  start: 80,
  volatilityPerObservation: 0.004,
  seed: 9,
});
const history = { time: pair.y.map((_, i) => i * 86_400_000), prices: { y: pair.y, x: pair.x } };
const account = { capital: 100_000, costs: { fee: 0.0001, spread: 0.0004 } };
const rule = { window: 60, hedgeWindow: 250, enter: 1.5, exit: 0, gross: 50_000 };

console.log('hedge              equity   trades   paid in costs');
for (const method of ['ols', 'total-least-squares', 'kalman', 'exponential-ols'] satisfies HedgeMethod[]) {
  const { equity, fills, paid } = backtest(history, new PairStrategy({ ...rule, method }), account);
  const costs = paid.fees + paid.spread;
  console.log(
    `${method.padEnd(18)} ${equity.at(-1)!.toFixed(0)}  ${String(fills.length).padStart(6)}  ${costs.toFixed(0).padStart(8)}`,
  );
}

// The filter's drift and noise fitted to the last 500 rows, used for the next 250, and again.
const run = walkForward(
  history,
  ({ prices }) => {
    const { drift, noise } = kalmanFit(prices);
    const strategy = new PairStrategy({ ...rule, method: 'kalman', kalman: { drift, noise } });
    for (let i = 0; i < 500; i++) strategy.push({ time: i, y: prices.y[i]!, x: prices.x[i]! });
    return strategy;
  },
  { train: 500, test: 250, ...account },
);
console.log(`walked forward: ${run.folds.length} folds, equity ${run.equity.at(-1)!.toFixed(0)}`);
