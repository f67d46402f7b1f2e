// Do three prices hang together? Tests with opposite nulls, and what each says.
import { engleGranger, johansen, Random, stationarity, varianceRatio } from 'hedgerow';

// Two common trends drive three prices, so one combination of them comes back.
const random = new Random(21);
const columns = [0, 1, 2].map(() => new Float64Array(800));
let [oil, freight] = [60, 20];
for (let i = 0; i < 800; i++) {
  oil += 0.5 * random.normal();
  freight += 0.2 * random.normal();
  columns[0]![i] = oil + 0.2 * random.normal();
  columns[1]![i] = freight + 0.1 * random.normal();
  columns[2]![i] = 0.8 * oil + 0.5 * freight + 0.2 * random.normal();
}
const [crude, ships, product] = columns as [Float64Array, Float64Array, Float64Array];

console.log(`crude alone: ${stationarity(crude).words}`);
console.log(
  `variance ratio of 5 days: ${varianceRatio(crude, { lag: 5 }).ratio.toFixed(2)} (a random walk has 1)`,
);

const shown = (p: number): string => (p < 0.001 ? 'below 0.001' : p.toFixed(3));
const pair = engleGranger({ y: product, x: crude });
console.log(`product on crude:           Engle–Granger p ${shown(pair.pValue)}`);
const basket = engleGranger({ y: product, xs: [crude, ships] });
console.log(`product on crude and ships: Engle–Granger p ${shown(basket.pValue)}`);

const system = johansen(columns, { trend: 'constant', lags: 1 });
const [weights] = system.vectors;
const scaled = Array.from(weights!, (weight) => (weight / weights![2]!).toFixed(2));
console.log(`Johansen: rank ${system.rank}, and what comes back is ${scaled.join(', ')} of each`);
