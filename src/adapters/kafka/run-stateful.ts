import { checkStateful } from './check-stateful.js';
import { sleep } from './host.js';
import { KafkaError } from './port.js';
import { reasonOf } from './reason-of.js';
import type {
  PartitionStatus,
  StatefulCounts,
  StatefulOptions,
  StatefulRun,
  StatefulStatus,
} from './stateful-options.js';
import { StatefulSession } from './stateful-session.js';

/** What cannot get better by trying again. */
const final = (error: unknown): boolean => !['fenced', 'unreachable'].includes(reasonOf(error) ?? '');

/**
 * An operator over a consumer group: each worker that runs it takes its share of the partitions of the input, and the
 * states move with the partitions. On assignment the states are read back from the state topic; outputs, dirty states and
 * offsets are written on a clock, on count and before a partition goes; what was not written when a partition is lost is
 * forgotten, for its new owner does it again. With `exactly-once` a reader of committed records sees every output once,
 * bit for bit those of one uninterrupted run, whichever workers crashed.
 *
 * The topics must be there, the state topic with as many partitions as the input and `cleanup.policy=compact`.
 *
 * @throws OptionError at once; `done` rejects with a KafkaError where a topic is missing or of the wrong size, the states
 * are another group's, no broker answers at the start, or a record is too large
 * @example
 * ```ts
 * const broker = new MemoryBroker({ trades: 2, scores: 2, 'scores-state': 2, 'trades-dead-letters': 1 });
 * const stop = new AbortController();
 * const input = jsonTopic<{ symbol: string; price: number }>('trades', { key: ({ symbol }) => symbol });
 * const output = jsonTopic<{ symbol: string; mean: number }>('scores', { key: ({ symbol }) => symbol });
 * const run = runStateful({
 *   port: new MemoryPort(broker),
 *   input,
 *   output,
 *   state: 'scores-state',
 *   group: 'scores',
 *   mode: 'exactly-once',
 *   signal: stop.signal,
 *   flush: { every: '5ms' },
 *   operator: estimatorOperator({
 *     id: 'mean',
 *     configuration: { window: 2 },
 *     create: () => new RollingMean({ window: 2 }),
 *     from: RollingMean.from,
 *     observe: ({ price }: { price: number }) => price,
 *     report: (mean, _, symbol) => (Number.isNaN(mean) ? undefined : { symbol, mean }),
 *   }),
 * });
 * const producer = await topicWriter(new MemoryPort(broker), input);
 * await producer.write([{ symbol: 'WTI', price: 70 }, { symbol: 'WTI', price: 72 }]);
 * while (run.status().outputs < 1) await new Promise((done) => setTimeout(done, 5));
 * stop.abort();
 * await run.done;
 * (await readTopic(new MemoryPort(broker), output)).map(({ value }) => value); // → [{ symbol: 'WTI', mean: 71 }]
 * ```
 */
export function runStateful<Event, Output>(options: StatefulOptions<Event, Output>): StatefulRun {
  const { every, count } = checkStateful(options);
  const worker = options.worker ?? Math.random().toString(36).slice(2);
  const deadLetters = options.deadLetters ?? `${options.input.name}-dead-letters`;
  const counts: StatefulCounts = {
    events: 0,
    skipped: 0,
    deadLetters: 0,
    outputs: 0,
    flushes: 0,
    warmUps: 0,
    restarts: 0,
  };
  let session: StatefulSession<Event, Output> | undefined;

  const run = async (): Promise<void> => {
    const { signal, port, onNotice } = options;
    const partitions = await checkTopics(options, deadLetters);
    for (let failures = 0; !signal.aborted; ) {
      session = new StatefulSession({ ...options, deadLetters, worker, every, count, partitions, counts });
      const started = counts.flushes;
      try {
        await port.consume(session);
        await session.ended();
        return;
      } catch (error) {
        session.forget();
        if (final(error)) throw error;
        const { reason, message } = error as KafkaError;
        counts.restarts++;
        onNotice?.({ type: 'restart', reason, message });
        // Whatever happened to the last write, the broker knows: the next membership begins from what it says.
        failures = counts.flushes > started ? 0 : Math.min(failures + 1, 5);
        await sleep(100 * 2 ** failures, signal);
      }
    }
  };

  const status = (): StatefulStatus => {
    const held = session?.status() ?? [];
    const sum = (of: (one: PartitionStatus) => number): number => held.reduce((all, one) => all + of(one), 0);
    return {
      ...counts,
      partitions: held,
      lag: sum(({ lag }) => lag),
      keys: sum(({ keys }) => keys),
      stateBytes: sum(({ stateBytes }) => stateBytes),
    };
  };
  const done = run();
  // Whoever watches `done` late must not find the process ended by it.
  done.catch(() => {});
  return { done, status };
}

/** How many partitions each topic has; each must be there, and the state topic be as wide as the input. */
async function checkTopics<Event, Output>(
  { port, input, output, state }: StatefulOptions<Event, Output>,
  deadLetters: string,
): Promise<ReadonlyMap<string, number>> {
  const names = [input.name, output.name, state, deadLetters];
  const ends = await Promise.all(names.map((name) => port.endOffsets(name)));
  const partitions = new Map(names.map((name, i) => [name, ends[i]!.length]));
  const [wide, states] = [partitions.get(input.name), partitions.get(state)];
  if (wide !== states) {
    throw new KafkaError(
      'partition-count',
      `runStateful: the state topic ${state} must have as many partitions as ${input.name}, ${wide}, received ${states}`,
    );
  }
  return partitions;
}
