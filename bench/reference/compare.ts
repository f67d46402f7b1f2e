// tsx --expose-gc bench/reference/compare.ts PYTHON: hedgerow against numpy's world, turn by turn.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  adf,
  huber,
  kalmanHedge,
  ols,
  resample,
  rollingCorrelation,
  rollingMean,
  rollingStandardDeviation,
  theilSen,
  zScore,
} from 'hedgerow';
import { recipe } from '../../test/support/recipes.js';
import { legs, trades } from '../tapes.js';

const [, , program, ...words] = process.argv;
if (!program)
  throw new Error('which Python? It needs numpy, pandas, bottleneck, numba, scipy and statsmodels');
const python = spawn(program, [`${import.meta.dirname}/reference.py`], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface(python.stdout)[Symbol.asyncIterator]();

/** Seconds of one run over there. */
async function theirs(workload: string): Promise<number> {
  python.stdin.write(`${workload}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error(`the reference gave up on ${workload}`);
  return Number(value);
}

/** Seconds of one run here. The answer before is cleared away first, off the clock, as Python does the moment it is let go. */
function ours(run: () => unknown): number {
  globalThis.gc?.({ type: 'minor' });
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

const { y, x } = legs(1e6);
const tape = words.length === 0 || words.includes('bars') ? trades(1e7) : trades(1);
/** The first so many. */
const some = (length: number): { y: Float64Array; x: Float64Array } => {
  return { y: y.subarray(0, length), x: x.subarray(0, length) };
};
const filter = { drift: 1e-9, noise: 1, initial: { ratio: 0, intercept: 0, covariance: 1 } };
const series = [500, 5000, 50_000].map((n) => recipe('near-unit-root', 7, n));
const window = 60;

const workloads: readonly [
  name: string,
  references: readonly string[],
  run: () => unknown,
  rounds: number,
][] = [
  ['rolling mean', ['bottleneck', 'pandas'], () => rollingMean(x, { window }), 41],
  ['rolling deviation', ['bottleneck', 'pandas'], () => rollingStandardDeviation(x, { window }), 41],
  ['z-score', ['bottleneck', 'pandas'], () => zScore(x, { window }), 41],
  ['rolling correlation', ['pandas', 'numba'], () => rollingCorrelation({ y, x }, { window }), 41],
  ['bars of 1 s', ['pandas'], () => resample(tape, { every: '1s' }), 11],
  ['bars of 1 m', ['pandas'], () => resample(tape, { every: '1m' }), 11],
  ['OLS', ['numba'], () => ols({ y, x }), 41],
  ['Kalman hedge', ['numba'], () => kalmanHedge({ y, x }, filter), 41],
  ['Huber, n = 100000', ['statsmodels'], () => huber(some(1e5)), 11],
  ['Theil-Sen, n = 2000', ['scipy'], () => theilSen(some(2000)), 11],
  ['Theil-Sen, n = 10000', ['scipy'], () => theilSen(some(1e4)), 1],
  ['ADF, n = 500', ['statsmodels'], () => adf(series[0]!), 41],
  ['ADF, n = 5000', ['statsmodels'], () => adf(series[1]!), 5],
  ['ADF, n = 50000', ['statsmodels'], () => adf(series[2]!), 1],
];

console.log('| workload | hedgerow, ms | reference | its ms | hedgerow is |');
console.log('| --- | --- | --- | --- | --- |');
for (const [name, references, run, rounds] of workloads) {
  if (!words.every((word) => name.includes(word))) continue;
  for (let i = 0; i < 50; i++) run();
  for (const reference of references) {
    const workload = `${name} / ${reference}`;
    if (rounds > 1) await theirs(workload); // compiles, makes its data
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      times[0].push(median(Array.from({ length: 5 }, () => ours(run))));
      times[1].push(await theirs(workload));
    }
    const ratio = median(times[1].map((time, i) => time / times[0][i]!));
    const [here, there] = times.map((values) => (1000 * median(values)).toPrecision(3));
    console.log(`| ${name} | ${here} | ${reference} | ${there} | ${ratio.toPrecision(2)} × |`);
  }
}
python.stdin.end();
