// npm run build:js, then tsx bench/threads.ts: a million paths of ten assets on one thread and on two, and whether they agree.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type MonteCarloLossesOptions, monteCarloLosses } from 'hedgerow';

const assets = 10;
const portfolio = {
  positions: Array.from({ length: assets }, (_, i) => 100 - 7 * i),
  covariance: Array.from({ length: assets }, (_, i) =>
    Array.from({ length: assets }, (_, j) => (i === j ? 1 + 0.1 * i : 0.3) / 1e4),
  ),
};
const paths = 1_000_000;
// Whole blocks of 1,024 to the first.
const half = 488 * 1024;
const workers = [0, 1].map(() => new Worker(new URL('./threads-worker.mjs', import.meta.url)));

async function drawnBy(worker: Worker, options: MonteCarloLossesOptions): Promise<Float64Array> {
  worker.postMessage({ portfolio, options });
  const [losses] = (await once(worker, 'message')) as [Float64Array];
  return losses;
}

const times: [number[], number[]] = [[], []];
let differences = 0;
for (let round = 0; round < 15; round++) {
  const start = performance.now();
  const whole = monteCarloLosses(portfolio, { paths, seed: 1 });
  const middle = performance.now();
  const [first, second] = await Promise.all([
    drawnBy(workers[0]!, { paths: half, seed: 1 }),
    drawnBy(workers[1]!, { paths: paths - half, seed: 1, first: half }),
  ]);
  times[0].push(middle - start);
  times[1].push(performance.now() - middle);
  whole.forEach((loss, i) => {
    if (loss !== (i < half ? first[i] : second[i - half])) differences++;
  });
}
for (const worker of workers) await worker.terminate();
const [one, two] = times.map((values) => Math.min(...values)) as [number, number];
console.log(
  `${paths} paths of ${assets} assets: ${one.toFixed(0)} ms on one thread, ${two.toFixed(0)} ms on two`,
);
console.log(differences === 0 ? 'the same to the last bit' : `${differences} differ`);
process.exitCode = differences === 0 ? 0 : 1;
