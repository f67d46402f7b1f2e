// Draws the paths it is asked for: a share of what bench/threads.ts draws.
import { parentPort } from 'node:worker_threads';
import { monteCarloLosses } from 'hedgerow';

parentPort.on('message', ({ portfolio, options }) => {
  const losses = monteCarloLosses(portfolio, options);
  parentPort.postMessage(losses, [losses.buffer]);
});
