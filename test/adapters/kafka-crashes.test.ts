import fc from 'fast-check';
import {
  type KafkaPort,
  MemoryBroker,
  type MemoryClient,
  type MemoryOperation,
  MemoryPort,
  readTopic,
  runStateful,
  type StatefulMode,
  topicWriter,
} from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { byPair, type Fit, fits, legs, lehmer, ratios, someLegs, uninterrupted } from './kafka-support.js';

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

interface Drill {
  readonly outputs: Fit[];
  readonly incidents: Record<string, number>;
  readonly offsets: Map<string, number[]>;
}

/** Workers over a broker in memory, to each of which anything may happen between any two steps. */
async function drill(seed: number, mode: StatefulMode): Promise<Drill> {
  const random = lehmer(seed);
  const incidents: Record<string, number> = { kill: 0, zombie: 0, expel: 0, join: 0, compact: 0 };
  let left = 14;
  const workers = new Map<KafkaPort, AbortController>();
  const living: Promise<void>[] = [];
  const happen = (port: MemoryPort, kind: string): void => {
    left--;
    incidents[kind] = incidents[kind]! + 1;
    if (kind === 'join') start();
    if (kind === 'compact') broker.compact('states');
    if (kind === 'expel') broker.expel(port);
    if (kind === 'kill') {
      workers.delete(port);
      port.kill();
      start();
    }
    if (kind === 'zombie') {
      const thaw = port.freeze();
      broker.expel(port);
      setTimeout(thaw, 5 + 10 * random());
    }
  };
  const before = (client: MemoryClient, _: MemoryOperation): void => {
    const port = client as MemoryPort;
    if (!workers.has(port) || left === 0 || random() > 0.03) return;
    const kinds = Object.keys(incidents);
    happen(port, kinds[Math.floor(random() * kinds.length)]!);
  };
  const broker = new MemoryBroker({ legs: 4, fits: 4, states: 4, 'legs-dead-letters': 1 }, { before });
  const start = (): void => {
    const port = new MemoryPort(broker);
    const stop = new AbortController();
    workers.set(port, stop);
    const { done } = runStateful({
      port,
      input: legs,
      output: fits,
      state: 'states',
      group: 'drill',
      operator: ratios(5),
      mode,
      signal: stop.signal,
      flush: { every: 3, count: 1 + Math.floor(random() * 60) },
    });
    living.push(Promise.race([done, pause(20_000)]));
  };
  for (let i = 0; i < 3; i++) start();
  const events = someLegs(1500, 16, seed);
  const writer = await topicWriter(new MemoryPort(broker), legs);
  for (let i = 0; i < events.length; i += 100) {
    await writer.write(events.slice(i, i + 100));
    await pause(1);
  }
  const ends = broker.logs('legs').map(({ end }) => end);
  const isDone = (): boolean =>
    left === 0 && ends.every((end, partition) => broker.committed('drill', 'legs', partition) === end);
  for (let tries = 0; !isDone(); tries++) {
    if (tries > 6000) throw new Error(`seed ${seed} does not come to an end`);
    // Incidents that the events did not use up are used up on idle workers.
    if (ends.every((end, partition) => broker.committed('drill', 'legs', partition) === end)) left = 0;
    await pause(2);
  }
  const stopped = [...workers.values()];
  for (const stop of stopped) stop.abort();
  await pause(1);
  const reader = new MemoryPort(broker);
  const outputs = (await readTopic(reader, fits)).map(({ value }) => value);
  const offsets = new Map<string, number[]>();
  for (let partition = 0; partition < 4; partition++) {
    const to = (await reader.endOffsets('states'))[partition]!;
    for await (const messages of reader.read({ topic: 'states', partition, to })) {
      for (const { key, value } of messages) {
        const { nextOffset } = JSON.parse(new TextDecoder().decode(value!)) as { nextOffset: number };
        const name = `${partition}/${key}`;
        offsets.set(name, [...(offsets.get(name) ?? []), nextOffset]);
      }
    }
  }
  return { outputs, incidents, offsets };
}

const rises = (offsets: readonly number[]): boolean =>
  offsets.every((at, i) => i === 0 || at >= offsets[i - 1]!);

describe('workers that crash, hang and come', () => {
  it('give exactly once what one uninterrupted run gives, bit for bit', async () => {
    const total: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), async (seed) => {
        const { outputs, incidents, offsets } = await drill(seed, 'exactly-once');
        for (const [kind, times] of Object.entries(incidents)) total[kind] = (total[kind] ?? 0) + times;
        expect(byPair(outputs)).toEqual(uninterrupted(someLegs(1500, 16, seed), ratios(5)));
        expect([...offsets.values()].every(rises)).toBe(true);
      }),
      { numRuns: 25 },
    );
    // It proves something only if enough went wrong.
    for (const times of Object.values(total)) expect(times).toBeGreaterThan(10);
  });

  it('lose nothing at least once, and keep their states right', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), async (seed) => {
        const { outputs, offsets } = await drill(seed, 'at-least-once');
        const once = uninterrupted(someLegs(1500, 16, seed), ratios(5));
        const given = byPair(outputs);
        for (const [pair, expected] of once) {
          const seen = new Set(given.get(pair)!.map((fit) => JSON.stringify(fit)));
          // Every output comes, and none comes that one run would not give: the states never forget nor repeat an event.
          expect(seen).toEqual(new Set(expected.map((fit) => JSON.stringify(fit))));
        }
        expect([...offsets.values()].every(rises)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});
