// An order of 100,000 shares, from the schedule to what it cost.
import {
  advanceOrder,
  almgrenChrissFrontier,
  implementationShortfall,
  placeOrder,
  Random,
  route,
  slippage,
  volumeProfile,
  vwap,
} from 'hedgerow';

const random = new Random(9);
const quantity = 100_000;

// What patience saves, and what it risks.
const market = {
  quantity,
  horizon: 1,
  slices: 13,
  volatility: 0.95,
  temporaryImpact: 2.5e-7,
  permanentImpact: 2.5e-8,
};
const riskAversions = [0, 1e-6, 1e-5];
const { expectedCost, variance } = almgrenChrissFrontier({ ...market, riskAversions });
riskAversions.forEach((taste, i) => {
  const [cost, risk] = [expectedCost[i]!, Math.sqrt(variance[i]!)].map(Math.round);
  console.log(`risk aversion ${taste}: costs ${cost}, give or take ${risk}`);
});

// Twenty days of volume, busy at the open and the close, are the plan for today.
const time = Array.from(
  { length: 20 * 13 },
  (_, i) => Math.floor(i / 13) * 86_400_000 + (9.5 + (i % 13) / 2) * 3_600_000,
);
const volume = time.map((_, i) => (2 + Math.abs((i % 13) - 6) / 3) * 1e5 * (1 + 0.3 * random.uniform()));
const profile = volumeProfile({ time, volume }, { slices: 13, period: '1d', opens: '9.5h', closes: '16h' });
const children = vwap({ quantity, profile, lot: 100 });
console.log(`children: ${Array.from(children).join(', ')}`);

// Each child goes where it is cheapest.
let order = placeOrder({ id: 'parent', quantity, time: 0 });
const fills = Array.from(children, (child, i) => {
  const mid = 50 + 0.02 * i + 0.05 * random.normal();
  const book = (spread: number, depth: number): { price: number; quantity: number }[] =>
    [1, 2, 3].map((level) => ({ price: Math.round((mid + level * spread) * 100) / 100, quantity: depth }));
  const { filled, averageCost } = route({
    quantity: child,
    lot: 100,
    venues: [
      { name: 'lit', levels: book(0.01, 4_000), fee: 0.00003 },
      { name: 'cheap', levels: book(0.02, 6_000), fee: -0.00002, latency: 5 },
    ],
    driftPerMillisecond: 0.0001,
  });
  const fill = { quantity: filled, price: averageCost };
  order = advanceOrder(order, { type: 'fill', time: i, ...fill });
  return fill;
});
console.log(`${order.status}: ${order.filled} at ${order.averagePrice.toFixed(4)}`);

const cost = implementationShortfall({
  quantity,
  decisionPrice: 50,
  arrivalPrice: 50.02,
  fills,
  finalPrice: 50.3,
});
const { delay, execution, opportunity, basisPoints } = cost;
console.log(
  `delay ${delay.toFixed(0)}, execution ${execution.toFixed(0)}, opportunity ${opportunity.toFixed(0)}: ${basisPoints.toFixed(1)} bp`,
);
console.log(`against the close: ${slippage({ fills, close: 50.3 }).close.toFixed(1)} bp`);
