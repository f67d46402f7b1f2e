import type { KafkaRecord } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { PlatformaticProducer } from '../../src/adapters/kafka/platformatic-producer.js';
import { type PlatformaticModule, Wire } from '../../src/adapters/kafka/platformatic-wire.js';

interface Sent {
  readonly topic: string;
  readonly partition: number;
  readonly value: Uint8Array;
}

interface Given {
  readonly producerId: bigint;
  readonly sequences: ReadonlyMap<string, number>;
}

/**
 * A broker as far as writing goes: it knows of each producer and partition the last batch, keeps a repetition once, and
 * refuses a hole. What it hears, and what becomes of its answers, is for the test to say.
 */
class FakeBroker {
  readonly log: string[] = [];
  producers = 0;
  requests = 0;
  /** Whether the request is heard, and whether the answer arrives. */
  fate: (request: number) => 'well' | 'unheard' | 'unanswered' | 'forgotten' = () => 'well';
  private readonly last = new Map<string, { first: number; next: number }>();

  readonly module = {
    Base: class {
      readonly connections = { on(): void {} };
      async metadata({ topics }: { readonly topics: readonly string[] }): Promise<object> {
        const partitions = [0, 1].map(() => ({ leader: 1, leaderEpoch: 0 }));
        const known = topics.map((name) => [name, { id: name, partitionsCount: 2, partitions }] as const);
        return { brokers: new Map([[1, { host: 'h', port: 1 }]]), topics: new Map(known) };
      }
      async close(): Promise<void> {}
    },
    ConnectionPool: class {
      on(): void {}
      async get(): Promise<object> {
        return {};
      }
      async close(): Promise<void> {}
    },
    NumericMap: Map,
    initProducerIdV4: {
      api: { async: async () => ({ producerId: BigInt(++this.producers), producerEpoch: 0 }) },
    },
    produceV11: {
      api: {
        async: async (_: unknown, __: number, ___: number, records: readonly Sent[], given: Given) =>
          this.produce(records, given),
      },
    },
  } as unknown as PlatformaticModule;

  private produce(records: readonly Sent[], { producerId, sequences }: Given): void {
    const fate = this.fate(this.requests++);
    const broken = Object.assign(new Error('Connection closed'), { code: 'PLT_KFK_NETWORK' });
    if (fate === 'unheard') throw broken;
    if (fate === 'forgotten') {
      throw Object.assign(new Error('no'), { errors: [{ apiId: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }] });
    }
    for (const place of new Set(records.map(({ topic, partition }) => `${topic}:${partition}`))) {
      const batch = records.filter(({ topic, partition }) => `${topic}:${partition}` === place);
      const first = sequences.get(place) ?? 0;
      const name = `${producerId}/${place}`;
      const known = this.last.get(name) ?? { first: -1, next: 0 };
      if (known.first === first && known.next === first + batch.length) continue;
      expect(first).toBe(known.next);
      this.last.set(name, { first, next: first + batch.length });
      for (const { value } of batch) this.log.push(`${place} ${new TextDecoder().decode(value)}`);
    }
    if (fate === 'unanswered') throw broken;
  }
}

const open = (broker: FakeBroker): PlatformaticProducer =>
  new PlatformaticProducer(
    new Wire(broker.module, { brokers: ['h:1'], clientId: 'test', connection: {} }),
    1000,
  );

const record = (i: number): KafkaRecord => ({
  topic: 'trades',
  partition: i % 2,
  key: null,
  value: new TextEncoder().encode(String(i)),
});

describe('writing by @platformatic/kafka', () => {
  it('keeps once and in order what is sent again because no answer came', async () => {
    const broker = new FakeBroker();
    broker.fate = (request) => (['well', 'unanswered', 'unheard', 'unanswered'] as const)[request % 4]!;
    const producer = open(broker);
    const all = Array.from({ length: 60 }, (_, i) => record(i));
    // Not awaited one by one: the order is kept all the same.
    const parts = [0, 20, 40].map((at) => producer.produce(all.slice(at, at + 20)));
    await Promise.all(parts);
    expect(broker.requests).toBeGreaterThan(6);
    expect(broker.producers).toBe(1);
    for (const partition of [0, 1]) {
      const seen = broker.log.filter((line) => line.startsWith(`trades:${partition} `));
      const expected = all.flatMap((_, i) => (i % 2 === partition ? [`trades:${partition} ${i}`] : []));
      expect(seen).toEqual(expected);
    }
  });

  it('begins as another producer after a failure whose extent is not known', async () => {
    const broker = new FakeBroker();
    const producer = open(broker);
    await producer.produce([record(0)]);
    broker.fate = () => 'forgotten';
    await expect(producer.produce([record(2)])).rejects.toMatchObject({
      name: 'KafkaError',
      reason: 'fenced',
    });
    broker.fate = () => 'well';
    await producer.produce([record(4)]);
    expect(broker.producers).toBe(2);
    expect(broker.log).toEqual(['trades:0 0', 'trades:0 4']);
  });

  it('gives up at once when it is closed', async () => {
    const broker = new FakeBroker();
    broker.fate = () => 'unheard';
    const wire = new Wire(broker.module, { brokers: ['h:1'], clientId: 'test', connection: {} });
    const writing = new PlatformaticProducer(wire, 1000).produce([record(0)]);
    setTimeout(() => void wire.close(), 30);
    await expect(writing).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('refuses a partition that is not there', async () => {
    const producer = open(new FakeBroker());
    await expect(producer.produce([{ ...record(0), partition: 7 }])).rejects.toThrow(
      'trades has no partition 7',
    );
  });
});
