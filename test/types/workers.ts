// What a screen takes for a worker, of the browser and of Node. Checked by the compiler; nothing here is run.
import type { MessagePort as NodePort, Worker as NodeWorker } from 'node:worker_threads';
import { answerScreens, screenPairsInParallel } from 'hedgerow';

declare const inBrowser: Worker;
declare const inNode: NodeWorker;
declare const parentPort: NodePort;
declare const messagePort: MessagePort;
declare const self: Window & typeof globalThis;

const panel = { a: [1, 2, 3], b: [3, 1, 2] };
screenPairsInParallel(panel, { threads: 2, worker: () => inBrowser, signal: new AbortController().signal });
screenPairsInParallel(panel, { threads: 2, worker: () => inNode, signal: AbortSignal.timeout(1000) });
answerScreens(parentPort);
answerScreens(messagePort);
answerScreens(self);

// @ts-expect-error a worker is started by a function
screenPairsInParallel(panel, { threads: 2, worker: inNode });
// @ts-expect-error the number of threads has no default
screenPairsInParallel(panel, { worker: () => inNode });
