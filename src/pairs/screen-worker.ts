import { ChunkScreener } from './screen-chunk.js';
import type { ScreenRule } from './screen-options.js';
import type { ScreenSeries } from './screen-series.js';

/**
 * One end of a conversation with a worker: the `self` of a web worker, the `parentPort` of Node's `worker_threads`, a
 * `MessagePort`. Messages come by `on`, where there is one, or by `addEventListener`.
 */
export interface ScreenPort {
  postMessage(message: unknown): void;
  on?(event: string, listener: (value: unknown) => void): unknown;
  addEventListener?(type: string, listener: (event: unknown) => void): void;
  start?(): void;
}

/** A worker as the one who starts it sees it: a `Worker` of the browser or of Node. */
export interface ScreenWorker extends ScreenPort {
  terminate(): unknown;
}

/** What a worker is told: first the panel, then one chunk after another. */
export type ScreenRequest =
  | { readonly series: ScreenSeries; readonly rule: ScreenRule }
  | { readonly chunk: number };

/** What it answers: the figures of a chunk, or what went wrong. */
export type ScreenReply =
  | { readonly chunk: number; readonly figures: Float64Array }
  | { readonly failure: string };

/** Hears messages and, where the port tells of them, failures. */
export function listen(
  port: ScreenPort,
  hear: (message: unknown) => void,
  fail?: (reason: string) => void,
): void {
  const failed = (trouble: unknown): void => {
    const { message } = Object(trouble) as { readonly message?: unknown };
    fail?.(String(message ?? trouble));
  };
  if (typeof port.on === 'function') {
    port.on('message', hear);
    if (fail) {
      port.on('error', failed);
      port.on('exit', (code) => fail(`it ended with ${code}`));
    }
    return;
  }
  port.addEventListener?.('message', (event) => hear((event as { readonly data: unknown }).data));
  if (fail) {
    port.addEventListener?.('error', failed);
    port.addEventListener?.('messageerror', failed);
  }
  port.start?.();
}

/**
 * The worker's side of {@link screenPairsInParallel}: answers what the other end asks for. A worker script is two lines.
 * In the browser `import { answerScreens } from 'hedgerow/pairs'` and `answerScreens(self)`; in Node the same with the
 * `parentPort` of `node:worker_threads`.
 *
 * @example
 * ```ts
 * const { port1, port2 } = new MessageChannel();
 * answerScreens(port2);
 * const near = Object.assign(port1, { terminate: () => port1.close() });
 * const legs = cointegratedPair({ observations: 200, ratio: 1.5, halfLife: 8, seed: 7 });
 * const screen = await screenPairsInParallel({ y: legs.y, x: legs.x }, { threads: 1, worker: () => near });
 * screen.pairs.length; // → 1
 * ```
 */
export function answerScreens(port: ScreenPort): void {
  let screener: ChunkScreener | undefined;
  listen(port, (message) => {
    const request = message as ScreenRequest;
    try {
      if ('series' in request) screener = new ChunkScreener(request.series, request.rule);
      else if (screener) {
        const { chunk } = request;
        port.postMessage({ chunk, figures: screener.screen(chunk) } satisfies ScreenReply);
      }
    } catch (error) {
      port.postMessage({ failure: String(error) } satisfies ScreenReply);
    }
  });
}
