// Does a series come back, and how fast? The Dickey–Fuller test and the half-life.
import { adf, geometricBrownianMotion, halfLife, ornsteinUhlenbeck } from 'hedgerow';

const spread = ornsteinUhlenbeck({ observations: 1000, mean: 0, halfLife: 12, deviation: 1, seed: 21 });
const price = geometricBrownianMotion({
  start: 100,
  drift: 0.05,
  volatility: 0.2,
  years: 4,
  steps: 999,
  seed: 22,
});

for (const [name, series] of [
  ['spread', spread],
  ['price', price],
] as const) {
  const { statistic, pValue, lags, criticalValues } = adf(series, { lags: 'aic' });
  const verdict = statistic < criticalValues.fivePercent ? 'comes back' : 'may wander';
  console.log(`${name}: ${verdict} (ADF ${statistic.toFixed(3)}, p ${pValue.toPrecision(2)}, ${lags} lags)`);
  console.log(`  5 % critical value ${criticalValues.fivePercent.toFixed(3)}`);
  console.log(`  half-life ${halfLife(series).toFixed(1)} observations`);
}
