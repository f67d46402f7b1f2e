import { shown } from '../../core/checks.js';
import { deadLetter, shortLetter, shortReason, sourceOf } from './dead-letter.js';
import { host, Stop, sleep } from './host.js';
import { partitionFor } from './partition-for.js';
import { PartitionState, type PartitionWork } from './partition-state.js';
import {
  type KafkaBatch,
  KafkaError,
  type KafkaPosition,
  type KafkaRecord,
  type KafkaSubscription,
  type TopicPartition,
} from './port.js';
import { reasonOf } from './reason-of.js';
import { recordBytes } from './rounds.js';
import type { PartitionStatus, StatefulCounts, StatefulOptions } from './stateful-options.js';
import { isWhole } from './whole-text.js';

/** How long states may be moved before everything else has its turn, in milliseconds. */
const BREATH = 50;
/** The options of a run, with what was left open decided. */
export interface SessionOptions<Event, Output> extends StatefulOptions<Event, Output> {
  readonly deadLetters: string;
  readonly worker: string;
  readonly every: number;
  readonly count: number;
  readonly partitions: ReadonlyMap<string, number>;
  readonly counts: StatefulCounts;
}

/** Of what is too large, the name and the size of the largest. */
function sized(error: unknown, records: readonly KafkaRecord[]): unknown {
  if (reasonOf(error) !== 'too-large') return error;
  const largest = records.reduce((most, one) => (recordBytes(one) > recordBytes(most) ? one : most));
  const { topic, key, value } = largest;
  const what = `the record ${key} of ${topic} has ${value?.length ?? 0} bytes`;
  return new KafkaError(
    'too-large',
    `runStateful: ${what}, the largest of what the broker does not take`,
    error,
  );
}

/** The key of a state as it can be found again: what is no text, or would be other text as bytes, could not be. */
function keyText(key: unknown): string {
  if (typeof key !== 'string') throw new Error(`the key is ${shown(key)}, not text`);
  if (!isWhole(key)) throw new Error('the key has half a character in it');
  return key;
}

/** One membership of the group, from joining to leaving or failing, and the states it holds meanwhile. */
export class StatefulSession<Event, Output> implements KafkaSubscription {
  readonly group: string;
  readonly topics: readonly string[];
  readonly signal: Stop = new Stop();
  private readonly held = new Map<number, PartitionState<Event, Output>>();
  private readonly work: PartitionWork<Event, Output>;
  private readonly onStop = (): void => this.signal.abort();
  private turn: Promise<unknown> = Promise.resolve();
  private failure: unknown;
  private timer: unknown;
  private sinceFlush = 0;

  constructor(private readonly options: SessionOptions<Event, Output>) {
    this.group = options.group;
    this.topics = [options.input.name];
    this.work = this.makeWork();
    options.signal.addEventListener('abort', this.onStop);
    if (options.signal.aborted) this.signal.abort();
    this.wind();
  }

  assigned(committed: readonly KafkaPosition[]): Promise<readonly KafkaPosition[]> {
    return this.alone(async () => {
      const ends = await this.options.port.endOffsets(this.options.input.name);
      return Promise.all(
        committed.map(async ({ topic, partition, offset }) => {
          const state = await this.restore(partition, offset);
          state.endOffset = Math.max(state.nextOffset, ends[partition] ?? 0);
          this.held.set(partition, state);
          const { nextOffset, keys } = state;
          this.options.onNotice?.({ type: 'assigned', partition, keys, nextOffset });
          return { topic, partition, offset: nextOffset };
        }),
      );
    });
  }

  batch({ partition, messages, nextOffset, endOffset }: KafkaBatch): Promise<void> {
    return this.alone(async () => {
      const state = this.held.get(partition);
      if (!state) return;
      state.endOffset = endOffset;
      let breath = Date.now();
      for (let i = 0; i < messages.length; i++) {
        // A long backlog must not keep the client from its heartbeats.
        if (i % 128 === 0 && Date.now() - breath > BREATH) {
          await sleep(0);
          breath = Date.now();
        }
        state.push(messages[i]!);
      }
      state.nextOffset = Math.max(state.nextOffset, nextOffset);
      this.sinceFlush += messages.length;
      if (this.sinceFlush >= this.options.count) await this.flush();
    });
  }

  revoked(partitions: readonly TopicPartition[]): Promise<void> {
    return this.alone(async () => {
      if (this.failure === undefined) await this.flush();
      this.drop(partitions, 'revoked');
    });
  }

  lost(partitions: readonly TopicPartition[]): Promise<void> {
    return this.alone(async () => this.drop(partitions, 'lost'));
  }

  /** Waits for what is under way, and throws what went wrong outside a callback. */
  async ended(): Promise<void> {
    await this.turn.catch(() => {});
    this.forget();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Lets everything go that was not written. */
  forget(): void {
    host.clearTimeout(this.timer);
    this.timer = undefined;
    this.options.signal.removeEventListener('abort', this.onStop);
    this.signal.abort();
    this.held.clear();
  }

  status(): PartitionStatus[] {
    return [...this.held.values()].map((state) => ({
      partition: state.partition,
      nextOffset: state.nextOffset,
      flushedOffset: state.flushedOffset,
      endOffset: state.endOffset,
      lag: Math.max(0, state.endOffset - state.nextOffset),
      keys: state.keys,
      dirtyKeys: state.dirtyKeys,
      stateBytes: state.bytes,
    }));
  }

  /** One thing at a time: the client's callbacks and the clock take turns. */
  private alone<Result>(task: () => Promise<Result>): Promise<Result> {
    const next = this.turn.then(() => {
      if (this.failure !== undefined) throw this.failure;
      return task();
    });
    this.turn = next.catch((error: unknown) => {
      this.failure ??= error;
    });
    return next;
  }

  /** Sets the clock of the flushes. */
  private wind(): void {
    this.timer = host.setTimeout(() => {
      this.alone(() => this.flush()).then(
        () => {
          if (!this.signal.aborted && this.timer !== undefined) this.wind();
        },
        // The membership must end over it, and `ended` says why.
        () => this.signal.abort(),
      );
    }, this.options.every);
  }

  private drop(partitions: readonly TopicPartition[], type: 'revoked' | 'lost'): void {
    for (const { partition } of partitions) {
      if (this.held.delete(partition)) this.options.onNotice?.({ type, partition });
    }
  }

  /** Reads the states of a partition back, to where the state topic ends: what is open there is waited for. */
  private async restore(partition: number, committed: number): Promise<PartitionState<Event, Output>> {
    const { port, state: topic, mode, input, partitions } = this.options;
    const wide = partitions.get(input.name)!;
    if (partition >= wide) {
      throw new KafkaError(
        'partition-count',
        `runStateful: ${input.name} must stay as wide as it was at the start, ${wide}, received partition ${partition}`,
      );
    }
    if (mode === 'at-least-once') {
      await port.transaction({ id: this.stateWriter(partition), records: [], claim: true });
    }
    const state = new PartitionState(partition, this.work);
    const to = (await port.endOffsets(topic))[partition]!;
    for await (const messages of port.read({ topic, partition, to })) {
      for (const message of messages) state.restore(message);
    }
    state.restored();
    state.nextOffset = Math.max(state.nextOffset, committed);
    // Where the states are ahead, a crash came between them and the commit, which is made up for.
    state.flushedOffset = committed;
    return state;
  }

  /** Writes what has moved: outputs, states, positions. */
  private async flush(): Promise<void> {
    const { input, counts } = this.options;
    const moved = [...this.held.values()].filter(({ moved }) => moved);
    this.sinceFlush = 0;
    if (moved.length === 0) return;
    const reached = moved.map(({ partition, nextOffset: offset }) => ({
      topic: input.name,
      partition,
      offset,
    }));
    const outputs = moved.flatMap((state) => state.takePending());
    const states = moved.map((state) => state.takeStates());
    const { deadLetters } = this.options;
    const short = outputs.map((one) => (one.topic === deadLetters ? shortLetter(one) : one));
    try {
      await this.write(moved, outputs, states, reached).catch((error: unknown) => {
        // One message that is as large as can be must not end the run.
        if (reasonOf(error) !== 'too-large' || outputs.every((one, i) => one === short[i])) throw error;
        return this.write(moved, short, states, reached);
      });
    } catch (error) {
      throw sized(error, [...short, ...states.flat()]);
    }
    counts.flushes++;
    counts.outputs += outputs.filter(({ topic }) => topic === this.options.output.name).length;
    moved.forEach((state, i) => {
      state.flushedOffset = reached[i]!.offset;
      counts.events += state.events.seen;
      counts.skipped += state.events.skipped;
      counts.deadLetters += state.events.dead;
      Object.assign(state.events, { seen: 0, skipped: 0, dead: 0 });
    });
  }

  private async write(
    moved: readonly PartitionState<Event, Output>[],
    outputs: readonly KafkaRecord[],
    states: readonly (readonly KafkaRecord[])[],
    positions: readonly KafkaPosition[],
  ): Promise<void> {
    const { port, group, worker, mode } = this.options;
    const offsets = { group, positions };
    if (mode === 'exactly-once') {
      const records = [...outputs, ...states.flat()];
      await port.transaction({ id: `${group}/${worker}`, records, offsets });
      return;
    }
    // In this order nothing is lost: a crash in between repeats outputs, under the names they had before.
    if (outputs.length > 0) await port.produce(outputs);
    const written = await Promise.allSettled(
      moved.map(({ partition }, i) =>
        port.transaction({ id: this.stateWriter(partition), records: states[i]! }),
      ),
    );
    // Nothing may be under way any more when the next membership begins.
    for (const one of written) if (one.status === 'rejected') throw one.reason;
    await port.commit(offsets);
  }

  /** Who writes a partition's states in at-least-once mode: the next owner's claim of the name shuts out the last. */
  private stateWriter(partition: number): string {
    const { group, input } = this.options;
    return `${group}/${input.name}/${partition}`;
  }

  private makeWork(): PartitionWork<Event, Output> {
    const { operator, input, output, state, deadLetters, partitions, group, key, counts, onNotice } =
      this.options;
    const wide = partitions.get(input.name)!;
    const [outputs, dead] = [output.name, deadLetters].map((name) => partitions.get(name)!);
    return {
      operator,
      stateTopic: state,
      partitions: wide,
      group,
      read: (message) => {
        const event = input.decode(message);
        return { event, key: keyText(key ? key(event, message) : input.key(event)) };
      },
      write: (value, message, index): KafkaRecord => {
        const name = output.key(value);
        return {
          topic: output.name,
          partition: partitionFor(name, outputs!),
          key: name,
          value: output.encode(value),
          headers: { 'hedgerow-source': `${sourceOf(message)}/${index}` },
          time: message.time,
        };
      },
      bury: (message, reason): KafkaRecord => {
        const { partition, offset } = message;
        onNotice?.({ type: 'dead-letter', partition, offset, reason: shortReason(reason) });
        return deadLetter(deadLetters, partition % dead!, message, reason);
      },
      warmUp: (reason, partition, name) => {
        counts.warmUps++;
        onNotice?.({ type: 'warm-up', reason, partition, key: name });
      },
    };
  }
}
