import { sleep, within } from './host.js';
import { FETCH_WAIT, type KafkaJsClient, type KafkaJsConsumer } from './kafkajs-client.js';
import { type KafkaJsAssigner, mending } from './kafkajs-cluster.js';
import type { KafkaJsEnds } from './kafkajs-ends.js';
import { named, saying } from './kafkajs-errors.js';
import { messageOf } from './kafkajs-records.js';
import {
  checkFree,
  type KafkaBatch,
  type KafkaCommit,
  KafkaError,
  type KafkaSubscription,
  notMember,
  type TopicPartition,
} from './port.js';

/** Waits for what may take longer than a session, and says meanwhile that we are there. */
async function beating(task: Promise<void>, heartbeat: () => Promise<void>, interval: number): Promise<void> {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  const settled = task.then(done, done);
  while (!isDone) {
    await within(interval, settled);
    if (!isDone) await heartbeat();
  }
  return task;
}

/** Memberships in groups of the classic protocol. */
export class KafkaJsGroups {
  private readonly consumers = new Map<string, KafkaJsConsumer>();

  constructor(
    private readonly kafka: KafkaJsClient,
    private readonly assigner: KafkaJsAssigner,
    private readonly sessionTimeout: number,
    private readonly ends: KafkaJsEnds,
  ) {}

  async consume(subscription: KafkaSubscription): Promise<void> {
    const { group, topics, signal } = subscription;
    checkFree(this.consumers, group);
    const beat = Math.max(100, Math.floor(this.sessionTimeout / 10));
    const held = new Map<string, number>();
    const consumer = this.kafka.consumer({
      groupId: group,
      sessionTimeout: this.sessionTimeout,
      rebalanceTimeout: this.sessionTimeout,
      heartbeatInterval: beat,
      maxWaitTimeInMs: FETCH_WAIT,
      readUncommitted: false,
      retry: { retries: 3, restartOnFailure: async () => false },
      partitionAssigners: mending(this.assigner, (topic, partition) => held.get(`${topic}/${partition}`)),
    });
    this.consumers.set(group, consumer);
    let failure: unknown;
    let isOver = false;
    const places = (): TopicPartition[] =>
      [...held.keys()].map((name) => {
        const at = name.lastIndexOf('/');
        return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) };
      });
    const fail = (error: unknown): void => {
      failure ??= named(`being a member of ${group}`, error);
      isOver = true;
    };
    let joined: Promise<void> | undefined;
    // Nothing says beforehand that partitions go; what has not been committed by then is another member's to do again.
    const rebalanced = (): void =>
      fail(new KafkaError('fenced', `hedgerow/kafka: the group ${group} is shared anew`));
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (joined) return rebalanced();
      joined = this.take(subscription, consumer, payload.memberAssignment, held);
      joined.catch(fail);
    });
    consumer.on(consumer.events.REBALANCING, rebalanced);
    consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
    try {
      await saying(`joining ${group}`, async () => {
        await consumer.connect();
        await consumer.subscribe({ topics: [...topics], fromBeginning: true });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
            await beating(joined!, heartbeat, beat);
            const from = held.get(`${batch.topic}/${batch.partition}`);
            if (isOver || signal.aborted || from === undefined || batch.messages.length === 0) {
              // It comes again at once, until the membership has ended.
              return sleep(20);
            }
            const messages = batch.messages
              .map((message) => messageOf(batch.topic, batch.partition, message))
              .filter(({ offset }) => offset >= from);
            const nextOffset = Number(batch.messages.at(-1)!.offset) + 1;
            const { topic, partition } = batch;
            const endOffset = Number(batch.highWatermark);
            const given: KafkaBatch = { topic, partition, messages, nextOffset, endOffset };
            try {
              await beating(subscription.batch(given), heartbeat, beat);
              held.set(`${topic}/${partition}`, nextOffset);
              resolveOffset(batch.messages.at(-1)!.offset);
              await heartbeat();
            } catch (error) {
              fail(error);
            }
          },
        });
      });
      while (!isOver && !signal.aborted) await sleep(20, signal);
      if (failure !== undefined) throw failure;
      await joined;
      await subscription.revoked(places());
    } catch (error) {
      isOver = true;
      // First of all out of the group, which would go on giving us partitions.
      await consumer.disconnect().catch(() => {});
      await subscription.lost(places()).catch(() => {});
      throw named(`being a member of ${group}`, error);
    } finally {
      isOver = true;
      this.consumers.delete(group);
      await consumer.disconnect().catch(() => {});
    }
  }

  private async take(
    subscription: KafkaSubscription,
    consumer: KafkaJsConsumer,
    assignment: Readonly<Record<string, readonly number[]>>,
    held: Map<string, number>,
  ): Promise<void> {
    const admin = await this.ends.admin;
    for (const [topic, partitions] of Object.entries(assignment)) {
      const [stored] = await admin.fetchOffsets({ groupId: subscription.group, topics: [topic] });
      const starts = await admin.fetchTopicOffsets(topic);
      const ends = await this.ends.of(topic);
      const committed = partitions.map((partition) => {
        const offset = Number(stored?.partitions.find((one) => one.partition === partition)?.offset ?? -1);
        const low = Number(starts.find((one) => one.partition === partition)!.low);
        return { topic, partition, offset: offset >= 0 ? offset : low };
      });
      for (const { partition, offset } of await subscription.assigned(committed)) {
        const { low } = starts.find((one) => one.partition === partition)!;
        // kafkajs would begin anew without a word, at the log's beginning.
        if (offset < Number(low)) {
          throw new KafkaError(
            'out-of-range',
            `hedgerow/kafka: ${topic}/${partition} begins at ${low} by now, and ${offset} was next`,
          );
        }
        if (offset > ends[partition]!) {
          throw new KafkaError(
            'out-of-range',
            `hedgerow/kafka: ${topic}/${partition} ends at ${ends[partition]}, and ${offset} was next: it is not the log it was`,
          );
        }
        held.set(`${topic}/${partition}`, offset);
        consumer.seek({ topic, partition, offset: String(offset) });
      }
    }
  }

  async commit({ group, positions }: KafkaCommit): Promise<void> {
    const consumer = this.consumers.get(group);
    if (!consumer) throw notMember(group);
    await saying(`committing offsets of ${group}`, () =>
      consumer.commitOffsets(
        positions.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
      ),
    );
  }
}
