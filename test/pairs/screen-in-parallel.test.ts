import { answerScreens, type ScreenWorker, screenPairs, screenPairsInParallel } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { prices, ragged } from './panels.js';

/** A worker without a thread: the other end of a channel. It counts what became of those it made. */
function channel(counts = { started: 0, ended: 0 }): () => ScreenWorker {
  return () => {
    const { port1, port2 } = new MessageChannel();
    answerScreens(port2);
    counts.started++;
    const terminate = (): void => {
      counts.ended++;
      port1.close();
    };
    return Object.assign(port1, { terminate });
  };
}

describe('screenPairsInParallel', () => {
  it('is screenPairs bit for bit, whatever the number of threads', async () => {
    for (const panel of [prices(40, 120, 1), ragged(27, 200, 2), prices(2, 60, 3)]) {
      for (const options of [{}, { lags: 'aic', prices: 'log' }, { order: 'both', top: 7 }] as const) {
        const expected = screenPairs(panel, options);
        for (const threads of [1, 2, 5]) {
          const counts = { started: 0, ended: 0 };
          const worker = channel(counts);
          expect(await screenPairsInParallel(panel, { ...options, threads, worker })).toEqual(expected);
          expect(counts.started).toBeLessThanOrEqual(threads);
          expect(counts.ended).toBe(counts.started);
        }
      }
    }
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      expect(total).toBe(780);
      seen.push(done);
    };
    await screenPairsInParallel(prices(40, 60, 4), { threads: 3, worker: channel(), onProgress });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(780);
  });

  it('ends when it is aborted, at once and with its workers', async () => {
    const counts = { started: 0, ended: 0 };
    const controller = new AbortController();
    const screening = screenPairsInParallel(prices(60, 60, 5), {
      threads: 2,
      worker: channel(counts),
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(screening).rejects.toThrow('enough');
    expect(counts).toEqual({ started: 2, ended: 2 });
    const silent: ScreenWorker = { postMessage: () => {}, terminate: () => {}, addEventListener: () => {} };
    const waiting = screenPairsInParallel(prices(2, 60, 5), {
      threads: 1,
      worker: () => silent,
      signal: AbortSignal.timeout(20),
    });
    await expect(waiting).rejects.toThrow('timeout');
    const never = {
      threads: 1,
      worker: channel(counts),
      signal: AbortSignal.abort(new Error('never begun')),
    };
    await expect(screenPairsInParallel(prices(2, 60, 5), never)).rejects.toThrow('never begun');
    expect(counts.started).toBe(2);
  });

  it('says when a worker fails, or onProgress does', async () => {
    const failing = (event: string, value: unknown): ScreenWorker => ({
      postMessage: () => {},
      terminate: () => {},
      on: (name, listener) => name === event && queueMicrotask(() => listener(value)),
    });
    const of = (worker: ScreenWorker): Promise<unknown> =>
      screenPairsInParallel(prices(2, 60, 6), { threads: 1, worker: () => worker });
    await expect(of(failing('error', new Error('out of memory')))).rejects.toThrow(
      'screenPairsInParallel: a worker failed: out of memory',
    );
    await expect(of(failing('exit', 1))).rejects.toThrow('a worker failed: it ended with 1');
    await expect(of(failing('message', { failure: 'Error: lost' }))).rejects.toThrow(
      'a worker failed: Error: lost',
    );
    const onProgress = (): void => {
      throw new Error('the page is gone');
    };
    const told = { threads: 1, worker: channel(), onProgress };
    await expect(screenPairsInParallel(prices(2, 60, 6), told)).rejects.toThrow('the page is gone');
  });

  it('rejects what screenPairs throws, and more', async () => {
    const panel = prices(2, 60, 7);
    const of = (options: object): Promise<unknown> =>
      screenPairsInParallel(panel, { threads: 1, worker: channel(), ...options });
    await expect(of({ lag: 1 })).rejects.toThrow(
      'screenPairsInParallel: unknown option lag; did you mean lags?',
    );
    await expect(of({ threads: 0 })).rejects.toThrow('threads must be a positive integer, received 0');
    await expect(of({ worker: undefined })).rejects.toThrow('worker must be a function, received undefined');
    for (const nothing of [undefined, {}, { postMessage: () => {} }, Promise.resolve()]) {
      await expect(of({ worker: () => nothing })).rejects.toThrow(
        'screenPairsInParallel: worker must return a worker, with postMessage, terminate and on or',
      );
    }
    const worker = channel();
    await expect(screenPairsInParallel({ a: [1] }, { threads: 1, worker })).rejects.toThrow(
      'needs at least 2 series, received 1',
    );
    expect(() => screenPairs(panel, { threads: 2 } as never)).toThrow('unknown option threads');
  });
});
