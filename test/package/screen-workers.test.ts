import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consumer, runScript } from './consumer.js';

const compare = `
const panel = Object.fromEntries(Array.from({ length: 30 }, (_, j) =>
  ['s' + j, geometricBrownianMotion({ start: 20 + j, drift: 0, volatility: 0.2, years: 1, steps: 250, seed: j })]));
panel.s3.fill(NaN, 0, 40);
panel.s9[100] = NaN;
const bits = (screen) => JSON.stringify(screen, (_, value) => typeof value === 'number' ? String(value) : value);
const same = async () => {
  const answers = [];
  for (const options of [{}, { lags: 'aic', prices: 'log', order: 'both' }]) {
    const alone = bits(screenPairs(panel, options));
    for (const threads of [1, 2, 3]) {
      let done = 0;
      const onProgress = (progress) => { done = progress.done / progress.total; };
      const together = await screenPairsInParallel(panel, { ...options, threads, worker, onProgress });
      answers.push(alone === bits(together) && done === 1);
    }
  }
  console.log(JSON.stringify(answers));
};
same();`;

describe('a screen on the worker threads of Node', () => {
  const answers = [true, true, true, true, true, true];

  it('is the same bit for bit as on one, from ESM', () => {
    const script = `import { parentPort } from 'node:worker_threads';
import { answerScreens } from 'hedgerow/pairs';
answerScreens(parentPort);`;
    writeFileSync(join(consumer, 'screen-worker.mjs'), script);
    const text = `import { Worker } from 'node:worker_threads';
import { geometricBrownianMotion, screenPairs, screenPairsInParallel } from 'hedgerow';
const worker = () => new Worker(new URL('./screen-worker.mjs', import.meta.url));`;
    expect(JSON.parse(runScript('screen.mjs', text + compare))).toEqual(answers);
  });

  it('is the same bit for bit as on one, from CJS', () => {
    const script = `require('hedgerow/pairs').answerScreens(require('node:worker_threads').parentPort);`;
    writeFileSync(join(consumer, 'screen-worker.cjs'), script);
    const text = `const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const { geometricBrownianMotion, screenPairs, screenPairsInParallel } = require('hedgerow');
const worker = () => new Worker(join(__dirname, 'screen-worker.cjs'));`;
    expect(JSON.parse(runScript('screen.cjs', text + compare))).toEqual(answers);
  });

  it('says why a worker cannot be started', () => {
    const text = `import { Worker } from 'node:worker_threads';
import { screenPairsInParallel } from 'hedgerow';
const worker = () => new Worker(new URL('./no-such-file.mjs', import.meta.url));
const series = Array.from({ length: 40 }, (_, t) => Math.sin(t * t));
screenPairsInParallel({ a: series, b: series.map((x) => x * x) }, { threads: 1, worker })
  .catch((error) => console.log(error.name, /a worker failed: Cannot find module/.test(error.message)));`;
    expect(runScript('lost.mjs', text).trim()).toBe('HedgerowError true');
  });
});
