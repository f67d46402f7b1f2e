import { outcome, type ConfluentProducer as Producer } from './confluent-client.js';
import { type ConfluentCluster, ended, PATIENCE } from './confluent-cluster.js';
import { codeOf, FATAL, saying } from './confluent-errors.js';
import type { ConfluentMembership } from './confluent-group.js';
import { handOver } from './confluent-records.js';
import { sleep } from './host.js';
import { KafkaError, type KafkaRecord, type KafkaTransaction, notMember } from './port.js';

/** A member's generation of a moment ago: the group moved while the transaction was under way, and we may still be in it. */
const STALE = [22, 113];
const STATE = -172;

/** Records on their way: by whom, how many are not there yet, and what went wrong with one. */
interface Delivery {
  readonly producer: Producer;
  left: number;
  error: unknown;
  arrived(): void;
}

/** Writes records, in transactions or without. */
export class ConfluentWriter {
  private readonly writers = new Map<string, Promise<Producer>>();
  private readonly turns = new Map<string, Promise<void>>();
  private readonly deliveries = new Set<Delivery>();
  private plain: Promise<Producer> | undefined;

  constructor(
    private readonly cluster: ConfluentCluster,
    private readonly timeout: number,
  ) {}

  async produce(records: readonly KafkaRecord[]): Promise<void> {
    if (records.length === 0) return;
    await saying(`writing to ${records[0]!.topic}`, async () => {
      this.plain ??= this.open();
      const opening = this.plain;
      const producer = await opening.catch((error) => {
        if (this.plain === opening) this.plain = undefined;
        throw error;
      });
      let arrived = (): void => {};
      const all = new Promise<void>((done) => {
        arrived = done;
      });
      const delivery: Delivery = { producer, left: records.length, error: undefined, arrived };
      this.deliveries.add(delivery);
      const { taken, error } = await handOver(producer, records, delivery);
      delivery.left -= records.length - taken;
      if (delivery.left > 0) await all;
      this.deliveries.delete(delivery);
      const failure = error ?? delivery.error;
      if (failure === undefined) return;
      if (codeOf(failure) !== FATAL) throw failure;
      // What the broker knows of this producer and what it knows itself have parted: a new one begins anew.
      if (this.plain === opening) {
        this.plain = undefined;
        await this.end(producer);
      }
      throw new KafkaError('unreachable', `hedgerow/kafka: writing: ${(failure as Error).message}`, failure);
    });
  }

  /** Ends a producer: of what it had on its way nothing more is heard. */
  private async end(producer: Producer): Promise<void> {
    await ended(producer);
    for (const delivery of this.deliveries) {
      if (delivery.producer !== producer) continue;
      delivery.error ??= new KafkaError('unreachable', 'hedgerow/kafka: writing: the producer has ended');
      delivery.arrived();
    }
  }

  private async open(): Promise<Producer> {
    const producer = await this.cluster.producer({
      dr_cb: true,
      'linger.ms': 1,
      'message.timeout.ms': PATIENCE,
    });
    producer.on('delivery-report', (error, { opaque }) => {
      const delivery = opaque as Delivery;
      if (error) delivery.error ??= error;
      if (--delivery.left === 0) delivery.arrived();
    });
    return producer;
  }

  /** One transaction of an id after another: a producer has one at a time. */
  transaction(transaction: KafkaTransaction, membership: ConfluentMembership | undefined): Promise<void> {
    const turn = (this.turns.get(transaction.id) ?? Promise.resolve()).then(() =>
      this.settle(transaction, membership),
    );
    this.turns.set(
      transaction.id,
      turn.catch(() => {}),
    );
    return turn;
  }

  private async settle(
    transaction: KafkaTransaction,
    membership: ConfluentMembership | undefined,
  ): Promise<void> {
    const { id, records, offsets, claim = false } = transaction;
    if (claim) {
      // librdkafka takes an id once in a producer's life, so that to take it again is a new life.
      await this.forget(id);
      await saying(`claiming ${id}`, () => this.writer(id));
      return;
    }
    if (records.length === 0 && !offsets) return;
    const what = offsets ? `committing offsets of ${offsets.group} as ${id}` : `writing as ${id}`;
    for (let tries = 0; ; tries++) {
      try {
        return await saying(what, () => this.write(transaction, membership));
      } catch (error) {
        // It was undone; where partitions went with the generation, the membership says so on the next try.
        if (!STALE.includes(codeOf((error as KafkaError).cause)!) || tries === 5) throw error;
        await sleep(50);
      }
    }
  }

  private async write(
    { id, records, offsets }: KafkaTransaction,
    membership: ConfluentMembership | undefined,
  ): Promise<void> {
    const writer = await this.writer(id);
    try {
      await outcome((done) => writer.beginTransaction(done));
      const { error } = await handOver(writer, records);
      if (error) throw error;
      if (offsets) {
        const { group, positions } = offsets;
        if (!membership) {
          throw notMember(group);
        }
        // The broker refuses the generation of a member that is none any more, and so does the membership where its
        // partitions went while the request was on its way.
        await membership.asMember(positions, async (consumer) => {
          const send = (): Promise<void> =>
            outcome((done) => writer.sendOffsetsToTransaction([...positions], consumer, PATIENCE, done));
          try {
            await send();
          } catch (error) {
            if (codeOf(error) !== STATE) throw error;
            // A transaction that failed meanwhile, over a record, says over what when it is asked once more.
            await send();
          }
        });
      }
      await outcome((done) => writer.commitTransaction(PATIENCE, done));
    } catch (error) {
      await this.undo(id, writer, error);
      throw error;
    }
  }

  /** Aborts, so that the producer can be used again, or gives it up: a new one of the same id settles what was left open. */
  private async undo(id: string, writer: Producer, error: unknown): Promise<void> {
    const { isFatal } = error as { readonly isFatal?: boolean };
    try {
      if (isFatal) throw error;
      await outcome((done) => writer.abortTransaction(PATIENCE, done));
    } catch {
      await this.forget(id);
    }
  }

  /** The producer of a transactional id; the first use of it shuts out whoever had the id. */
  private writer(id: string): Promise<Producer> {
    const known = this.writers.get(id);
    if (known) return known;
    const writer = this.cluster
      .producer({ 'transactional.id': id, 'transaction.timeout.ms': this.timeout })
      .then(async (producer) => {
        try {
          await outcome((done) => producer.initTransactions(PATIENCE, done));
        } catch (error) {
          await ended(producer);
          throw error;
        }
        return producer;
      });
    this.writers.set(id, writer);
    writer.catch(() => {
      if (this.writers.get(id) === writer) this.writers.delete(id);
    });
    return writer;
  }

  private async forget(id: string): Promise<void> {
    const writer = this.writers.get(id);
    this.writers.delete(id);
    const producer = await writer?.catch(() => undefined);
    if (producer) await ended(producer);
  }

  async close(): Promise<void> {
    const writers = [...this.writers.keys()].map((id) => this.forget(id));
    const plain = await this.plain?.catch(() => undefined);
    this.plain = undefined;
    await Promise.all([...writers, plain && this.end(plain)]);
  }
}
