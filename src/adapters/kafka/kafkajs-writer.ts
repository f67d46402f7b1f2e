import { connected, type KafkaJsClient, type KafkaJsProducer, type Writes } from './kafkajs-client.js';
import type { KafkaJsEnds } from './kafkajs-ends.js';
import { saying } from './kafkajs-errors.js';
import { topicMessages } from './kafkajs-records.js';
import { KafkaError, type KafkaRecord, type KafkaTransaction, noPartition } from './port.js';
import { partitionKey, rounds } from './rounds.js';

/** Writes records, in transactions or without. */
export class KafkaJsWriter {
  private readonly writers = new Map<string, Promise<KafkaJsProducer>>();
  private readonly widths = new Map<string, number>();
  private producer: Promise<KafkaJsProducer> | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly kafka: KafkaJsClient,
    /** The same, that tries longer. */
    private readonly patient: KafkaJsClient,
    private readonly partitioner: unknown,
    private readonly transactionTimeout: number,
    private readonly ends: KafkaJsEnds,
  ) {}

  /** One call after another: that keeps their order. */
  produce(records: readonly KafkaRecord[]): Promise<void> {
    const next = this.turn.then(() => this.write(records));
    this.turn = next.catch(() => {});
    return next;
  }

  private async write(records: readonly KafkaRecord[]): Promise<void> {
    if (records.length === 0) return;
    const what = `writing to ${records[0]!.topic}`;
    await this.checkPlaces(records);
    for (const round of rounds(records)) {
      const producer = this.idempotent();
      try {
        await saying(what, async () => this.send(await producer, round));
      } catch (error) {
        // How far it came is not known; kafkajs would give its sequence numbers to what is written next.
        if (this.producer === producer) this.producer = undefined;
        await producer.then((failed) => failed.disconnect()).catch(() => {});
        throw error;
      }
    }
  }

  /** Refuses what is for no partition, which kafkajs would drop without a word. */
  private async checkPlaces(records: readonly KafkaRecord[]): Promise<void> {
    for (const { topic, partition } of records) {
      const known = this.widths.get(topic);
      if (known !== undefined && partition < known) continue;
      const width = (await this.ends.of(topic)).length;
      this.widths.set(topic, width);
      if (partition >= width) throw noPartition(topic, partition);
    }
  }

  private async send(to: Writes, round: readonly KafkaRecord[]): Promise<void> {
    const written = await to.sendBatch({ acks: -1, topicMessages: topicMessages(round) });
    const places = new Set(written.map(({ topicName, partition }) => `${topicName}:${partition}`));
    for (const record of round) {
      if (places.has(partitionKey(record))) continue;
      // A topic that was made anew, narrower.
      this.widths.delete(record.topic);
      throw noPartition(record.topic, record.partition);
    }
  }

  /** What is tried again carries numbers by which the broker knows it. */
  private idempotent(): Promise<KafkaJsProducer> {
    this.producer ??= connected(
      this.patient.producer({
        createPartitioner: this.partitioner,
        idempotent: true,
        maxInFlightRequests: 1,
      }),
    );
    return this.producer;
  }

  async transaction({ id, records, offsets, claim = false }: KafkaTransaction): Promise<void> {
    if (offsets) {
      throw new KafkaError(
        'refused',
        'hedgerow/kafka: kafkajs commits offsets in a transaction without the generation that shuts zombies out; commit them apart',
      );
    }
    if (claim) {
      await this.forget(id);
      // kafkajs takes the id with the first transaction; one of nothing is none to the broker.
      await saying(`claiming ${id}`, async () => (await (await this.writer(id)).transaction()).abort());
      return;
    }
    if (records.length === 0) return;
    await this.checkPlaces(records);
    try {
      await saying(`writing as ${id}`, async () => {
        const transaction = await (await this.writer(id)).transaction();
        try {
          for (const round of rounds(records)) {
            await this.send(transaction, round);
          }
          await transaction.commit();
        } catch (error) {
          await transaction.abort().catch(() => {});
          throw error;
        }
      });
    } catch (error) {
      await this.forget(id);
      throw error;
    }
  }

  /** The producer of a transactional id; connecting it shuts out whoever had the id. */
  private writer(id: string): Promise<KafkaJsProducer> {
    const known = this.writers.get(id);
    if (known) return known;
    const writer = connected(
      this.kafka.producer({
        createPartitioner: this.partitioner,
        transactionalId: id,
        transactionTimeout: this.transactionTimeout,
        idempotent: true,
        maxInFlightRequests: 1,
      }),
    );
    this.writers.set(id, writer);
    return writer;
  }

  private async forget(id: string): Promise<void> {
    const writer = await this.writers.get(id)?.catch(() => undefined);
    this.writers.delete(id);
    await writer?.disconnect().catch(() => {});
  }

  async close(): Promise<void> {
    const writers = [...this.writers.keys()].map((id) => this.forget(id));
    const plain = this.producer?.then((producer) => producer.disconnect());
    await Promise.allSettled([...writers, plain]);
  }
}
