import {
  type KafkaPort,
  runStateful,
  type StatefulNotice,
  type StatefulOptions,
  type StatefulRun,
} from 'hedgerow/kafka';
import { type Fit, fits, type Legs, legs, ratios } from './kafka-support.js';

/** A run, what it noticed, and its end. */
export interface Started {
  readonly run: StatefulRun;
  readonly notices: StatefulNotice[];
  stop(): Promise<void>;
}

type Needed = 'port' | 'input' | 'output' | 'group' | 'operator';

/** A run that flushes at once, and how to stop it. */
export function startRun<Event, Output>(
  options: Partial<StatefulOptions<Event, Output>> & Pick<StatefulOptions<Event, Output>, Needed>,
): Started {
  const controller = new AbortController();
  const notices: StatefulNotice[] = [];
  const run = runStateful({
    state: 'states',
    mode: 'exactly-once',
    signal: controller.signal,
    flush: { every: 2 },
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  const stop = (): Promise<void> => {
    controller.abort();
    return run.done;
  };
  return { run, notices, stop };
}

/** A run of the ratio of pairs. */
export function startFits(port: KafkaPort, options: Partial<StatefulOptions<Legs, Fit>> = {}): Started {
  return startRun({ port, input: legs, output: fits, group: 'fits', operator: ratios(5), ...options });
}

/** Waits, for half a minute at most. */
export async function until(is: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!is()) {
    if (Date.now() > deadline) throw new Error(`never came: ${is}`);
    await new Promise((done) => setTimeout(done, 2));
  }
}
