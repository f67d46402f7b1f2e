// How much? Five answers, and the order an exchange takes.
import {
  atrUnits,
  exchangeFilters,
  fixedRisk,
  kelly,
  minimumVariance,
  riskParity,
  volatilityTarget,
} from 'hedgerow';

const capital = 100_000;
const price = 61_250;
const money = (units: number): string => `${units.toFixed(4)} units, ${Math.round(units * price)}`;

console.log(
  `volatility of 10 %: ${money(volatilityTarget({ capital, target: 0.1, volatility: 0.55, price }))}`,
);
console.log(`1 % to the stop:    ${money(fixedRisk({ capital, risk: 0.01, entry: price, stop: 58_800 }))}`);
console.log(
  `1 % per 2 ranges:   ${money(atrUnits({ capital, risk: 0.01, averageTrueRange: 1_900, multiple: 2 }))}`,
);
const half = kelly({ drift: 0.25, volatility: 0.55, riskFreeRate: 0.04 }, { fraction: 0.5, cap: 1 });
console.log(`half Kelly:         ${money((half * capital) / price)}`);

const covariance = [
  [0.3025, 0.2464, 0.022],
  [0.2464, 0.49, 0.028],
  [0.022, 0.028, 0.04],
];
const percent = (weights: Float64Array): string =>
  Array.from(weights, (weight) => `${(100 * weight).toFixed(1)} %`).join(', ');
console.log(`risk parity of BTC, ETH, stocks:   ${percent(riskParity(covariance))}`);
console.log(`least variance, nothing short:     ${percent(minimumVariance(covariance, { longOnly: true }))}`);

const wanted = {
  quantity: volatilityTarget({ capital, target: 0.1, volatility: 0.55, price }),
  price: 61_250.037,
};
const order = exchangeFilters(wanted, { tick: 0.01, lot: 0.00001, minimumNotional: 5 });
console.log(`sent: ${order.quantity} at ${order.price}`);
