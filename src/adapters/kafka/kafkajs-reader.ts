import { host, sleep } from './host.js';
import { FETCH_WAIT, type KafkaJsClient, type KafkaJsConsumer } from './kafkajs-client.js';
import { type KafkaJsAssigner, mending } from './kafkajs-cluster.js';
import type { KafkaJsEnds } from './kafkajs-ends.js';
import { named, saying } from './kafkajs-errors.js';
import { messageOf } from './kafkajs-records.js';
import { type KafkaMessage, type KafkaRange, noPartition, portClosed } from './port.js';

/** Where a reader is, where it is to come to, and how it goes on by one. */
interface Reading {
  at(): number;
  readonly end: number;
  skip(): void;
}

/**
 * Of a batch that compaction has emptied the broker keeps the frame, and kafkajs asks for it again and again: it is answered
 * at once, while where there is nothing to be had yet the broker lets it wait. Such batches are passed, offset by offset.
 */
function passHoles(consumer: KafkaJsConsumer, reading: Reading): void {
  const fetches = new Map<string, { at: number; duration: number; stuck: number }>();
  consumer.on(consumer.events.FETCH, ({ payload: { nodeId, duration } }) => {
    const known = fetches.get(nodeId);
    if (known) known.duration = duration;
  });
  // What the fetch before gave has been worked off by now, and the next has not been sent.
  consumer.on(consumer.events.FETCH_START, ({ payload: { nodeId } }) => {
    const at = reading.at();
    const last = fetches.get(nodeId);
    const isStuck = last?.at === at && last.duration < FETCH_WAIT / 2 && at < reading.end;
    const stuck = isStuck ? last.stuck + 1 : 0;
    fetches.set(nodeId, { at, duration: Infinity, stuck });
    if (stuck < 3) return;
    reading.skip();
    // One more answer like that is enough from here on.
    fetches.set(nodeId, { at: reading.at(), duration: Infinity, stuck: 2 });
  });
}

/** Reads ranges, each in a group of its own: kafkajs knows no other way. */
export class KafkaJsReader {
  private isClosed = false;

  constructor(
    private readonly kafka: KafkaJsClient,
    private readonly assigner: KafkaJsAssigner,
    private readonly ends: KafkaJsEnds,
  ) {}

  async *read({ topic, partition, from, to }: KafkaRange): AsyncGenerator<readonly KafkaMessage[]> {
    const admin = await saying(`reading ${topic}`, () => this.ends.admin);
    const starts = await saying(`reading ${topic}`, () => admin.fetchTopicOffsets(topic));
    const place = starts.find((one) => one.partition === partition);
    if (!place) throw noPartition(topic, partition);
    const start = Math.max(from ?? 0, Number(place.low));
    if (start >= to) return;
    const end = Math.min(to, (await this.ends.of(topic))[partition]!);
    if (start >= end) return;
    // To what lies behind the beginning of an open transaction a fetch is answered at once, like to what was emptied.
    for (let stable = Number(place.high); stable <= start; ) {
      await sleep(50);
      const places = await saying(`reading ${topic}`, () => admin.fetchTopicOffsets(topic));
      stable = Number(places.find((one) => one.partition === partition)?.high ?? end);
    }
    // kafkajs reads in groups alone: one of its own, that commits nothing and is gone afterwards.
    const groupId = `hedgerow-reading-${host.crypto.randomUUID()}`;
    const consumer = this.kafka.consumer({
      groupId,
      maxWaitTimeInMs: FETCH_WAIT,
      readUncommitted: false,
      retry: { retries: 3, restartOnFailure: async () => false },
      partitionAssigners: mending(this.assigner, () => undefined),
    });
    const queue: KafkaMessage[][] = [];
    let reached = start;
    let failure: unknown;
    let [isJoined, isOver] = [false, false];
    try {
      await saying(`reading ${topic}`, async () => {
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        consumer.on(consumer.events.CRASH, ({ payload }) => {
          failure = payload.error;
        });
        consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
          isJoined = true;
          for (const other of payload.memberAssignment[topic] ?? []) {
            if (other === partition) consumer.seek({ topic, partition, offset: String(start) });
            else consumer.pause([{ topic, partitions: [other] }]);
          }
        });
        // A batch of nothing but markers, or of aborted records, is none to kafkajs' users but moves its position on.
        consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
          if (payload.partition === partition) reached = Math.max(reached, Number(payload.lastOffset) + 1);
        });
        passHoles(consumer, {
          at: () => (isJoined ? reached : end),
          end,
          skip: () => {
            reached++;
            consumer.seek({ topic, partition, offset: String(reached) });
          },
        });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: true,
          eachBatch: async ({ batch }) => {
            if (batch.partition !== partition) return;
            // What was under way when the position was set comes too.
            const from = reached;
            queue.push(
              batch.messages
                .map((message) => messageOf(topic, partition, message))
                .filter(({ offset }) => offset >= from && offset < end),
            );
            reached = Math.max(reached, Number(batch.lastOffset()) + 1);
            while (queue.length > 4 && !isOver && !this.isClosed) await sleep(5);
          },
        });
      });
      for (;;) {
        const messages = queue.shift();
        if (messages) {
          if (messages.length > 0) yield messages;
        } else if (failure !== undefined) throw named(`reading ${topic}`, failure);
        else if (reached >= end) return;
        else if (this.isClosed) throw portClosed();
        else await sleep(5);
      }
    } finally {
      isOver = true;
      await consumer.disconnect().catch(() => {});
      await admin.deleteGroups([groupId]).catch(() => {});
    }
  }

  /** Ends what is being read. */
  close(): void {
    this.isClosed = true;
  }
}
