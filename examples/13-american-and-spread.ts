// When to exercise a put, what the right is worth, and an option on the difference of two crude oils.
import { american, book, bookValue, exerciseBoundary, explainBook, shocked, spreadOption } from 'hedgerow';

const put = { type: 'put', spot: 95, strike: 100, years: 0.5, rate: 0.05, volatility: 0.3 } as const;
const value = american(put);
console.log(
  `put ${value.price.toFixed(4)}, of it ${value.earlyExercisePremium.toFixed(4)} for exercising early`,
);
console.log(
  `delta ${value.delta.toFixed(4)}, vega ${value.vega.toFixed(4)}, theta ${value.theta.toFixed(4)} a year`,
);

const months = [6, 3, 1, 0];
const boundary = exerciseBoundary(
  put,
  months.map((month) => month / 12),
);
for (const [i, month] of months.entries()) {
  console.log(`  with ${month} months left exercise at ${boundary[i]!.toFixed(2)} and below`);
}

const spread = { type: 'call', forward1: 82, forward2: 78, strike: 3, years: 0.25, rate: 0.04 } as const;
const legs = { volatility1: 0.31, volatility2: 0.33 } as const;
console.log('Brent over WTI, strike 3:  correlation   exact    Kirk');
for (const correlation of [0.8, 0.9, 0.95, 0.99]) {
  const exact = spreadOption({ ...spread, ...legs, correlation }).price;
  const kirk = spreadOption({ ...spread, ...legs, correlation, method: 'kirk' }).price;
  console.log(`${String(correlation).padStart(38)}   ${exact.toFixed(4)}   ${kirk.toFixed(4)}`);
}

const positions = [
  { quantity: 20, multiplier: 100, terms: { kind: 'american', ...put } },
  { quantity: 950, terms: { kind: 'underlying', spot: 95 } },
] as const;
const { delta, gamma } = book(positions);
console.log(`book: delta ${delta.toFixed(1)}, gamma ${gamma.toFixed(1)}`);
console.log(
  `after a fall of 10 % with 5 points of volatility: ${(bookValue(positions, { move: -0.1, volatility: 0.05 }) - bookValue(positions)).toFixed(0)}`,
);
const change = explainBook(positions, shocked(positions, { move: -0.02, volatility: 0.01, years: 1 / 365 }));
console.log(
  `a bad day ${change.total.toFixed(1)}: delta ${change.delta.toFixed(1)}, gamma ${change.gamma.toFixed(1)}, vega ${change.vega.toFixed(1)}, ` +
    `theta ${change.theta.toFixed(1)}, unexplained ${change.unexplained.toFixed(1)}`,
);
