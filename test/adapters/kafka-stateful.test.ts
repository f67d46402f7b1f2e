import {
  type KafkaPort,
  MemoryBroker,
  MemoryPort,
  readTopic,
  type StatefulNotice,
  type StatefulOptions,
  topicWriter,
} from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { startFits, until } from './kafka-runs.js';
import { byPair, type Fit, fits, type Legs, legs, ratios, someLegs, uninterrupted } from './kafka-support.js';

const topics = { legs: 4, fits: 4, states: 4, 'legs-dead-letters': 1 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array): string => new TextDecoder().decode(value);

async function writeLegs(broker: MemoryBroker, events: readonly Legs[]): Promise<void> {
  await (await topicWriter(new MemoryPort(broker), legs)).write(events);
}

const outputsOf = async (broker: MemoryBroker): Promise<Fit[]> =>
  (await readTopic(new MemoryPort(broker), fits)).map(({ value }) => value);

describe('a run', () => {
  it('goes on after a stop as if it had not been stopped', async () => {
    const broker = new MemoryBroker(topics);
    const events = someLegs(300, 8, 7);
    await writeLegs(broker, events.slice(0, 150));
    const first = startFits(new MemoryPort(broker));
    await until(() => first.run.status().events === 150);
    await first.stop();
    await writeLegs(broker, events.slice(150));
    const second = startFits(new MemoryPort(broker));
    await until(() => second.run.status().events === 150);
    await second.stop();
    expect(second.notices.filter(({ type }) => type === 'warm-up')).toEqual([]);
    expect(byPair(await outputsOf(broker))).toEqual(uninterrupted(events, ratios(5)));
  });

  it('says where it stands', async () => {
    const broker = new MemoryBroker(topics);
    await writeLegs(broker, someLegs(100, 8, 1));
    const { run, stop } = startFits(new MemoryPort(broker));
    await until(() => run.status().outputs === 100);
    const status = run.status();
    expect(status.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
    expect(status).toMatchObject({ lag: 0, keys: 8, events: 100, skipped: 0, deadLetters: 0, restarts: 0 });
    expect(status.stateBytes).toBeGreaterThan(8 * 100);
    await stop();
  });

  it('shares the partitions, and hands the states over', async () => {
    const broker = new MemoryBroker(topics);
    const events = someLegs(200, 8, 3);
    const one = startFits(new MemoryPort(broker));
    await writeLegs(broker, events.slice(0, 100));
    await until(() => one.run.status().events === 100);
    const two = startFits(new MemoryPort(broker));
    await until(() => two.run.status().partitions.length === 2);
    await writeLegs(broker, events.slice(100));
    await until(() => one.run.status().events + two.run.status().events === 200);
    expect(one.notices.filter(({ type }) => type === 'revoked').length).toBe(2);
    await Promise.all([one.stop(), two.stop()]);
    expect(byPair(await outputsOf(broker))).toEqual(uninterrupted(events, ratios(5)));
  });

  it('buries what means nothing, with the reason, once', async () => {
    const broker = new MemoryBroker(topics);
    const port = new MemoryPort(broker);
    const write = (value: Uint8Array | null): Promise<void> =>
      port.produce([{ topic: 'legs', partition: 2, key: 'pair-1', value }]);
    await write(bytes('{"pair":"pair-1","y":1}'));
    await write(bytes('no JSON'));
    await write(null);
    await writeLegs(broker, someLegs(10, 2, 1));
    const { run, notices, stop } = startFits(new MemoryPort(broker));
    await until(() => run.status().events === 13);
    await stop();
    const again = startFits(new MemoryPort(broker));
    await until(() => again.run.status().partitions.length === 4);
    await again.stop();
    expect(notices.filter(({ type }) => type === 'dead-letter').length).toBe(3);
    const buried = [];
    for await (const batch of port.read({ topic: 'legs-dead-letters', partition: 0, to: 9 }))
      buried.push(...batch);
    expect(buried.map(({ headers }) => headers['hedgerow-source'])).toEqual([
      'legs/2/0',
      'legs/2/1',
      'legs/2/2',
    ]);
    expect(buried[0]!.headers['hedgerow-reason']).toBe('no legs');
    expect(buried[2]!.headers['hedgerow-reason']).toBe('the message is empty');
    expect(textOf(buried[1]!.value!)).toBe('no JSON');
  });

  it('names each output after the message it comes of', async () => {
    const broker = new MemoryBroker(topics);
    await writeLegs(broker, [{ pair: 'a', y: 2, x: 1 }]);
    const { run, stop } = startFits(new MemoryPort(broker));
    await until(() => run.status().outputs === 1);
    await stop();
    const [output] = await readTopic(new MemoryPort(broker), fits);
    const { key, headers, partition } = output!.message;
    expect(key).toBe('a');
    expect(headers['hedgerow-source']).toBe(`legs/${partition}/0/0`);
  });
});

describe('states', () => {
  const warmUps = async (
    broker: MemoryBroker,
    options: Partial<StatefulOptions<Legs, Fit>>,
  ): Promise<StatefulNotice[]> => {
    const { run, notices, stop } = startFits(new MemoryPort(broker), options);
    await until(() => run.status().partitions.length === 4);
    await stop();
    return notices.filter(({ type }) => type === 'warm-up');
  };

  it('of another configuration, version or shape warm up again and say so', async () => {
    const broker = new MemoryBroker(topics);
    await writeLegs(broker, someLegs(100, 3, 5));
    const { run, stop } = startFits(new MemoryPort(broker));
    await until(() => run.status().events === 100);
    await stop();
    expect(await warmUps(broker, { operator: ratios(5) })).toEqual([]);
    const reasons = async (operator: StatefulOptions<Legs, Fit>['operator']): Promise<unknown[]> =>
      (await warmUps(broker, { operator })).map((notice) => 'reason' in notice && notice.reason);
    expect(await reasons(ratios(6))).toEqual(Array(3).fill('configuration-changed'));
    expect(await reasons(ratios(5, 'ratio', 2))).toEqual(Array(3).fill('version-changed'));
    expect(await reasons(ratios(5, 'another'))).toEqual([]);
    await new MemoryPort(broker).produce([
      { topic: 'states', partition: 0, key: 'ratio@1|pair-9', value: bytes('no state') },
      { topic: 'states', partition: 0, key: 'no state key', value: bytes('') },
    ]);
    expect(await reasons(ratios(5))).toEqual(['unreadable']);
  });

  it('survive compaction', async () => {
    const broker = new MemoryBroker(topics);
    const events = someLegs(200, 5, 9);
    for (let i = 0; i < 200; i += 50) {
      await writeLegs(broker, events.slice(i, i + 50));
      const { run, stop } = startFits(new MemoryPort(broker), { flush: { count: 3 } });
      await until(() => run.status().lag === 0 && run.status().events > 0);
      await stop();
      broker.compact('states');
    }
    expect(byPair(await outputsOf(broker))).toEqual(uninterrupted(events, ratios(5)));
  });
});

describe('a run that cannot be', () => {
  it('says what is missing, too narrow or too large', async () => {
    const { states, ...others } = topics;
    expect(states).toBe(4);
    await expect(startFits(new MemoryPort(new MemoryBroker(others))).run.done).rejects.toMatchObject({
      name: 'KafkaError',
      reason: 'missing-topic',
    });
    await expect(
      startFits(new MemoryPort(new MemoryBroker({ ...topics, states: 3 }))).run.done,
    ).rejects.toThrow(
      'runStateful: the state topic states must have as many partitions as legs, 4, received 3',
    );
    const broker = new MemoryBroker(topics);
    await writeLegs(broker, someLegs(10, 1, 1));
    broker.maximumBytes = 100;
    await expect(startFits(new MemoryPort(broker)).run.done).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('refuses options it does not know, and what a client cannot do', () => {
    const port = new MemoryPort(new MemoryBroker(topics));
    const misspelt = { deadLetter: 'x' } as object;
    expect(() => startFits(port, misspelt)).toThrow('unknown option deadLetter; did you mean deadLetters?');
    expect(() => startFits(port, { mode: 'once' as 'exactly-once' })).toThrow(
      "mode must be one of 'exactly-once'",
    );
    expect(() => startFits(port, { flush: { count: 0 } })).toThrow('flush.count must be a positive integer');
    const weak: KafkaPort = Object.create(port, { fencesOffsets: { value: false } });
    expect(() => startFits(weak)).toThrow("mode must be 'at-least-once' with memory");
  });
});
