// A track record judged live, and what the trades behind it made.
import {
  deflatedSharpe,
  drawdowns,
  Performance,
  performance,
  Random,
  roundTrips,
  tripStatistics,
} from 'hedgerow';

const random = new Random(4);
const returns = Array.from({ length: 750 }, () => 0.0006 + 0.009 * random.normal());

const live = new Performance({ periodsPerYear: 252, riskFreeRate: 0.02 });
for (const r of returns) live.push(r);
const { cagr, volatility, sharpe, sharpeError, sortino, calmar, maxDrawdown, skewness, kurtosis } =
  live.value;
const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
console.log(
  `growth ${percent(cagr)} a year at ${percent(volatility)} volatility, drawdown ${percent(maxDrawdown)}`,
);
console.log(
  `Sharpe ${sharpe.toFixed(2)} ± ${sharpeError.toFixed(2)}, Sortino ${sortino.toFixed(2)}, Calmar ${calmar.toFixed(2)}`,
);
const whole = performance(returns, { periodsPerYear: 252, riskFreeRate: 0.02 });
console.log(`live equals whole to the last bit: ${whole.sharpe === sharpe}`);

const found = { sharpe: sharpe / Math.sqrt(252), observations: 750, skewness, kurtosis };
for (const trials of [1, 20, 500]) {
  const sure = deflatedSharpe({ ...found, trials, variance: 0.5 / 252 });
  console.log(`as the best of ${trials} tried, it is worth something with probability ${sure.toFixed(3)}`);
}

const deepest = [...drawdowns(returns)].sort((a, b) => b.depth - a.depth).slice(0, 3);
for (const { depth, length, recovery } of deepest) {
  const back = Number.isNaN(recovery) ? 'not yet back' : `${recovery} to come back`;
  console.log(`down ${percent(depth)}, ${length} days under water, ${back}`);
}

const fills = Array.from({ length: 40 }, (_, i) => ({
  time: i * 3_600_000,
  price: 100 + 3 * random.normal(),
  quantity: i % 2 === 0 ? 5 : -5,
  fee: 0.2,
}));
const { trips, account } = roundTrips(fills);
const { winRate, profitFactor } = tripStatistics(trips);
console.log(
  `${trips.length} trips: ${percent(winRate)} won, profit factor ${profitFactor.toFixed(2)}, net ${account.net.toFixed(2)}`,
);
