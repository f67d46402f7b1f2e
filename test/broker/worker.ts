// One worker of a group, as a process of its own: `worker.ts <JSON of WorkerOptions>`. Ends on SIGTERM.
import type { Socket } from 'node:net';
import { runStateful, type StatefulMode } from 'hedgerow/kafka';
import { fits, legs, ratios } from '../adapters/kafka-support.js';
import { type DriverName, openDriver } from './drivers.js';

export interface WorkerOptions {
  readonly brokers: string;
  readonly driver: DriverName;
  readonly prefix: string;
  readonly mode: StatefulMode;
  readonly window: number;
  readonly every: number;
}

const { brokers, driver, prefix, mode, window, every } = JSON.parse(process.argv[2]!) as WorkerOptions;
const port = await openDriver(driver, brokers);
const stop = new AbortController();
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ at: Date.now(), ...line })}\n`);
};
const run = runStateful({
  port,
  input: { ...legs, name: `${prefix}-legs` },
  output: { ...fits, name: `${prefix}-fits` },
  state: `${prefix}-states`,
  group: `${prefix}-group`,
  operator: ratios(window),
  mode,
  deadLetters: `${prefix}-dead`,
  signal: stop.signal,
  flush: { every, count: 20_000 },
  onNotice: say,
});
let told = '';
const timer = setInterval(() => {
  const { partitions, outputs, stateBytes, keys, lag, restarts } = run.status();
  const flushed = Object.fromEntries(
    partitions.map(({ partition, flushedOffset }) => [partition, flushedOffset]),
  );
  const text = JSON.stringify({ flushed, outputs, stateBytes, keys, lag, restarts });
  if (text !== told) say({ type: 'status', ...(JSON.parse(text) as object) });
  told = text;
}, 20);
process.on('SIGTERM', () => stop.abort());
// Whoever started it is gone.
process.stdin.once('end', () => process.exit(1)).resume();
(process.stdin as unknown as Socket).unref();
try {
  await run.done;
  say({ type: 'done', ...run.status() });
} catch (error) {
  say({ type: 'failed', reason: (error as { reason?: string }).reason, message: String(error) });
  process.exitCode = 1;
}
clearInterval(timer);
await port.close();
