import { checkInteger } from '../core/checks.js';
import { HedgerowError, OptionError } from '../core/errors.js';
import type { Panel } from '../stats/panel.js';
import { ChunkScreener, chunksOf, rowsOf } from './screen-chunk.js';
import { WIDTH } from './screen-figures.js';
import { checkScreen, SCREEN_OPTIONS, type ScreenPairsOptions, throwIfAborted } from './screen-options.js';
import { type PairScreen, rankScreen } from './screen-ranking.js';
import { readSeries } from './screen-series.js';
import { listen, type ScreenReply, type ScreenRequest, type ScreenWorker } from './screen-worker.js';

/** A screen, and who does it. */
export interface ParallelScreenOptions extends ScreenPairsOptions {
  /** Workers at work at a time; no more are started than there is work for. */
  readonly threads: number;
  /** Starts a worker whose script calls {@link answerScreens}; it is terminated when the screen ends. */
  readonly worker: () => ScreenWorker;
}

/**
 * {@link screenPairs} on several threads: the same rows, bit for bit, whatever their number. Worth it from some
 * hundred thousand pairs on, or where a rule chooses the lags; below, starting the workers costs more than they save.
 *
 * Workers are the caller's, of the browser or of Node, because only the caller knows where a script can be loaded
 * from. They get a copy of the panel each, and are terminated at the end, also of a screen that fails or is aborted.
 *
 * @param panel - as for {@link screenPairs}
 * @returns a promise, rejected with what {@link screenPairs} throws, or with a HedgerowError where a worker fails
 * @example
 * ```ts
 * const screenInPage = (panel: Panel, signal: AbortSignal) =>
 *   screenPairsInParallel(panel, {
 *     threads: navigator.hardwareConcurrency,
 *     worker: () => new Worker('/screen-worker.js', { type: 'module' }),
 *     onProgress: ({ done, total }) => console.log(`${done} of ${total} pairs`),
 *     signal,
 *   });
 * screenInPage.length; // → 2
 * ```
 */
export async function screenPairsInParallel(
  panel: Panel,
  options: ParallelScreenOptions,
): Promise<PairScreen> {
  const who = 'screenPairsInParallel';
  const rule = checkScreen(who, options, [...SCREEN_OPTIONS, 'threads', 'worker']);
  const threads = checkInteger(who, 'threads', options.threads);
  if (typeof options.worker !== 'function')
    throw new OptionError(`${who}: worker must be a function, received ${typeof options.worker}`);
  throwIfAborted(options.signal);
  const series = readSeries(who, panel, rule);
  const count = series.names.length;
  const total = rowsOf(count, rule.both);
  const parts = await shareOut({ series, rule }, { chunks: chunksOf(count), total }, threads, options);
  const figures = new Float64Array(WIDTH * total);
  let at = 0;
  for (const part of parts) {
    figures.set(part, at);
    at += part.length;
  }
  return rankScreen(series, rule, new ChunkScreener(series, rule), figures);
}

/** What the caller's function returned, where it is a worker. */
function checkWorker(worker: unknown): ScreenWorker {
  const { postMessage, terminate, on, addEventListener } = Object(worker) as Partial<ScreenWorker>;
  const isOne = [postMessage, terminate, on ?? addEventListener].every((part) => typeof part === 'function');
  if (isOne) return worker as ScreenWorker;
  throw new OptionError(
    'screenPairsInParallel: worker must return a worker, with postMessage, terminate and on or addEventListener',
  );
}

// Of every runtime.
declare function setTimeout(call: () => void, milliseconds: number): unknown;

/**
 * How long a worker that is done is left alone before it goes, in milliseconds. The engine may still be compiling on a
 * thread of its own what has just run, and Node 20 ends the whole process where a worker goes meanwhile.
 */
const REST = 100;

/** The figures of every chunk, in order, each from whichever worker was free. */
async function shareOut(
  panel: ScreenRequest,
  { chunks, total }: { readonly chunks: number; readonly total: number },
  threads: number,
  { worker, signal, onProgress }: ParallelScreenOptions,
): Promise<Float64Array[]> {
  const workers: ScreenWorker[] = [];
  const parts: Float64Array[] = new Array(chunks);
  let stop = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      let next = 0;
      let left = chunks;
      let done = 0;
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop);
      const ask = (one: ScreenWorker): void => {
        if (next < chunks) one.postMessage({ chunk: next++ } satisfies ScreenRequest);
      };
      const hear = (one: ScreenWorker, reply: ScreenReply): void => {
        if ('failure' in reply) {
          fail(reply.failure);
          return;
        }
        parts[reply.chunk] = reply.figures;
        done += reply.figures.length / WIDTH;
        ask(one);
        try {
          onProgress?.({ done, total });
        } catch (error) {
          reject(error);
        }
        if (--left === 0) resolve();
      };
      const fail = (reason: string): void =>
        reject(new HedgerowError(`screenPairsInParallel: a worker failed: ${reason}`));
      for (let i = 0; i < Math.min(threads, chunks); i++) {
        const one = checkWorker(worker());
        workers.push(one);
        listen(one, (message) => hear(one, message as ScreenReply), fail);
        one.postMessage(panel);
        ask(one);
      }
    });
    await new Promise<void>((done) => setTimeout(done, REST));
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.allSettled(workers.map((one) => one.terminate()));
  }
  throwIfAborted(signal);
  return parts;
}
