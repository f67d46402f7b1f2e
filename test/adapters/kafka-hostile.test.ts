import {
  KafkaError,
  type KafkaMessage,
  type KafkaPort,
  type KafkaTopic,
  MemoryBroker,
  type MemoryBrokerOptions,
  MemoryPort,
  readTopic,
  type StatefulOperator,
  type StatefulRun,
  topicWriter,
} from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { startFits, until } from './kafka-runs.js';
import { byPair, type Fit, fits, type Legs, legs, ratios, someLegs, uninterrupted } from './kafka-support.js';

const topics = { legs: 4, fits: 4, states: 4, 'legs-dead-letters': 1 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function brokerWith(events: readonly Legs[], options: MemoryBrokerOptions = {}): Promise<MemoryBroker> {
  const broker = new MemoryBroker(topics, options);
  await (await topicWriter(new MemoryPort(broker), legs)).write(events);
  return broker;
}

const outputsOf = async (broker: MemoryBroker): Promise<Fit[]> =>
  (await readTopic(new MemoryPort(broker), fits)).map(({ value }) => value);

/** Whether a run has written all there is. */
function isThrough(broker: MemoryBroker, run: StatefulRun): boolean {
  const ends = broker.logs('legs').map(({ end }) => end);
  const { partitions } = run.status();
  return (
    partitions.length === 4 &&
    partitions.every(({ partition, flushedOffset }) => flushedOffset === ends[partition])
  );
}

/** What a run over this broker ends with when all goes well again, and that it gave everything. */
async function finishes(broker: MemoryBroker, events: readonly Legs[]): Promise<void> {
  const { run, stop } = startFits(new MemoryPort(broker));
  await until(() => isThrough(broker, run));
  await stop();
  expect(byPair(await outputsOf(broker))).toEqual(uninterrupted(events, ratios(5)));
}

describe('a run whose own parts throw', () => {
  const events = someLegs(60, 6, 4);

  it('ends over a snapshot that throws, having written nothing of it', async () => {
    const broker = await brokerWith(events);
    const working = ratios(5);
    const broken: StatefulOperator<Legs, Fit> = {
      ...working,
      create: (key) => ({
        push: (event) => working.create(key).push(event),
        snapshot: () => {
          throw new Error('no snapshot today');
        },
      }),
    };
    await expect(startFits(new MemoryPort(broker), { operator: broken }).run.done).rejects.toThrow(
      'no snapshot today',
    );
    expect(await outputsOf(broker)).toEqual([]);
    await finishes(broker, events);
  });

  it('ends over a listener that throws, and leaves its partitions to others', async () => {
    const broker = await brokerWith(events);
    const onNotice = (): void => {
      throw new Error('nobody listens');
    };
    await expect(startFits(new MemoryPort(broker), { onNotice }).run.done).rejects.toThrow('nobody listens');
    await finishes(broker, events);
  });

  it('buries an event whose output has no key, and goes on', async () => {
    const broker = await brokerWith([...events, { pair: 'odd', y: 1, x: 1 }]);
    const output: KafkaTopic<Fit> = {
      ...fits,
      key: ({ pair }) => {
        if (pair === 'odd') throw new Error('an odd pair'.padEnd(2_000_000, '!'));
        return pair;
      },
    };
    const { run, stop } = startFits(new MemoryPort(broker), { output });
    await until(() => run.status().events === 61);
    await stop();
    expect(byPair(await outputsOf(broker))).toEqual(uninterrupted(events, ratios(5)));
    const dead: KafkaMessage[] = [];
    const port = new MemoryPort(broker);
    for await (const part of port.read({ topic: 'legs-dead-letters', partition: 0, to: 9 }))
      dead.push(...part);
    expect(dead[0]!.headers['hedgerow-reason']).toHaveLength(500);
  });

  it('does nothing where it was stopped before it began', async () => {
    const operations: string[] = [];
    const broker = await brokerWith(events, {
      before: (_, operation) => {
        operations.push(operation);
      },
    });
    operations.length = 0;
    await startFits(new MemoryPort(broker), { signal: AbortSignal.abort() }).run.done;
    expect(new Set(operations)).toEqual(new Set(['end-offsets']));
  });
});

describe('a broker that refuses', () => {
  it('half a flush at least once gets the outputs again, and the states stay right', async () => {
    const events = someLegs(200, 8, 11);
    let refusals = 3;
    const broker = await brokerWith(events, {
      before: (_, operation) => {
        // The outputs are written by then, and the states are not.
        if (operation !== 'end-transaction' || refusals === 0) return;
        refusals--;
        throw new KafkaError('unreachable', 'gone');
      },
    });
    const { run, stop } = startFits(new MemoryPort(broker), { mode: 'at-least-once' });
    await until(() => isThrough(broker, run));
    expect(run.status().restarts).toBeGreaterThan(0);
    await stop();
    const written = await readTopic(new MemoryPort(broker), fits);
    expect(written.length).toBeGreaterThan(200);
    const sources = new Map<string, Fit>();
    const once = written.filter(({ message, value }) => {
      const source = message.headers['hedgerow-source']!;
      // A repetition says what was said before.
      if (sources.has(source)) expect(value).toEqual(sources.get(source));
      return !sources.has(source) && sources.set(source, value);
    });
    expect(byPair(once.map(({ value }) => value))).toEqual(uninterrupted(events, ratios(5)));
  });

  it('a state that is too large is told which it is', async () => {
    const broker = await brokerWith(someLegs(50, 1, 1));
    broker.maximumBytes = 300;
    const done = startFits(new MemoryPort(broker), { operator: ratios(50) }).run.done;
    await expect(done).rejects.toMatchObject({ reason: 'too-large' });
    await expect(done).rejects.toThrow(/^runStateful: the record ratio@1\|pair-0 of states has \d+ bytes/);
  });

  it('a second membership of a group by one port', async () => {
    const broker = await brokerWith(someLegs(10, 2, 1));
    const port = new MemoryPort(broker);
    const first = startFits(port);
    await until(() => first.run.status().outputs === 10);
    await expect(startFits(port).run.done).rejects.toThrow('a member of the group fits already');
    const other = startFits(port, { group: 'others', state: 'states', operator: ratios(5, 'other') });
    await until(() => other.run.status().outputs === 10);
    await Promise.all([first.stop(), other.stop()]);
    await startFits(port).stop();
  });
});

describe('an input of another width', () => {
  it('is refused, for its keys are not where their states are', async () => {
    const narrow = await brokerWith(someLegs(100, 8, 1));
    const { run, stop } = startFits(new MemoryPort(narrow));
    await until(() => run.status().outputs === 100);
    await stop();
    const wide = new MemoryBroker({ ...topics, legs: 8, states: 8 });
    const from = new MemoryPort(narrow);
    for (let partition = 0; partition < 4; partition++) {
      for await (const messages of from.read({ topic: 'states', partition, to: 1e9 })) {
        await new MemoryPort(wide).produce(messages);
      }
    }
    const done = startFits(new MemoryPort(wide)).run.done;
    await expect(done).rejects.toMatchObject({ reason: 'partition-count' });
    await expect(done).rejects.toThrow('an input with 8 partitions, received those of 4');
  });

  it('while it is read ends the run', async () => {
    const broker = await brokerWith([]);
    const port = new MemoryPort(broker);
    const before: KafkaPort = Object.create(port, {
      endOffsets: {
        value: async (topic: string) =>
          topic === 'legs' || topic === 'states' ? [0, 0, 0] : port.endOffsets(topic),
      },
    });
    await expect(startFits(before).run.done).rejects.toThrow(
      'runStateful: legs must stay as wide as it was at the start, 3, received partition 3',
    );
  });
});

describe('readTopic', () => {
  it('leaves deletions out, and names a message that means nothing', async () => {
    const port = new MemoryPort(new MemoryBroker({ legs: 1 }));
    const write = (key: string, value: string | null): Promise<void> =>
      port.produce([{ topic: 'legs', partition: 0, key, value: value === null ? null : bytes(value) }]);
    await write('a', '{"pair":"a","y":1,"x":1}');
    await write('a', null);
    await write('b', '{"pair":"b","y":1,"x":1}');
    expect((await readTopic(port, legs)).map(({ value }) => value.pair)).toEqual(['a', 'b']);
    await write('c', '{}');
    await expect(readTopic(port, legs)).rejects.toThrow('readTopic: legs/0/3: no legs');
  });
});
