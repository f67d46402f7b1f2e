// A hedge ratio that moves, followed by a filter whose drift and noise were fitted to the first half.
import { KalmanHedge, kalmanFit, Random, rollingOls } from 'hedgerow';

const random = new Random(11);
const x = new Float64Array(2000);
const y = new Float64Array(2000);
const truth = new Float64Array(2000);
let price = 50;
let ratio = 1.2;
for (let i = 0; i < x.length; i++) {
  price += 0.3 * random.normal();
  ratio += 0.002 * random.normal();
  x[i] = price;
  truth[i] = ratio;
  y[i] = ratio * price + 5 + 0.5 * random.normal();
}

const { drift, noise } = kalmanFit({ y: y.slice(0, 1000), x: x.slice(0, 1000) });
console.log(`fitted: drift ${drift.toExponential(1)}, noise ${noise.toFixed(2)}`);

const filter = new KalmanHedge({ drift, noise });
const rolling = rollingOls({ y, x }, { window: 120 });
console.log('  day   truth   filter            rolling');
for (let i = 0; i < x.length; i++) {
  const now = filter.push({ y: y[i]!, x: x[i]! });
  if (i % 400 !== 399) continue;
  const columns = [truth[i]!, now.ratio, now.ratioError, rolling.ratio[i]!].map((value) => value.toFixed(3));
  console.log(`${String(i + 1).padStart(5)}   ${columns[0]}   ${columns[1]} ± ${columns[2]}   ${columns[3]}`);
}
