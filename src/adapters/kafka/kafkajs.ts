import { checkInteger, checkOptions } from '../../core/checks.js';
import { OptionError } from '../../core/errors.js';
import { ClosingPort } from './closing-port.js';
import { bytesOf, host, sleep, textOf } from './host.js';
import type {
  KafkaJsClient,
  KafkaJsConsumer,
  KafkaJsMessage,
  KafkaJsModule,
  KafkaJsProducer,
  Writes,
} from './kafkajs-client.js';
import { type KafkaJsAssigner, type KafkaJsCluster, mend } from './kafkajs-cluster.js';
import { loadClient } from './load-client.js';
import {
  checkFree,
  type KafkaBatch,
  type KafkaCommit,
  KafkaError,
  type KafkaMessage,
  type KafkaPort,
  type KafkaRange,
  type KafkaReason,
  type KafkaRecord,
  type KafkaSubscription,
  type KafkaTransaction,
  type TopicPartition,
} from './port.js';
import { partitionKey, rounds } from './rounds.js';

/** Where the cluster is, and how patient to be. */
export interface KafkaJsOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** `ssl`, `sasl`, `connectionTimeout` and the like, as `kafkajs` describes them. */
  readonly connection?: object;
  /** How long a member may be silent, in milliseconds: 30,000. */
  readonly sessionTimeout?: number;
  /** After how long the broker undoes a transaction whose worker hangs, in milliseconds: 10,000. */
  readonly transactionTimeout?: number;
}

const REASONS: readonly (readonly [RegExp, KafkaReason])[] = [
  [
    /fenced|epoch|UNKNOWN_MEMBER_ID|ILLEGAL_GENERATION|REBALANCE_IN_PROGRESS|INVALID_TXN_STATE|not in.*state/i,
    'fenced',
  ],
  [/does not host this topic|UNKNOWN_TOPIC/i, 'missing-topic'],
  [/TOO_LARGE|larger than/i, 'too-large'],
  [/OFFSET_OUT_OF_RANGE/i, 'out-of-range'],
  [/connect|closed|timed? ?out|coordinator|leader|broker|disconnected/i, 'unreachable'],
];

/** What kafkajs says went wrong, in the words of the port. */
function named(what: string, error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  const { type, message, cause } = error as { type?: string; message: string; cause?: Error };
  const said = `${type ?? ''} ${message} ${cause?.message ?? ''}`;
  const [, reason] = REASONS.find(([words]) => words.test(said)) ?? [undefined, 'refused' as const];
  return new KafkaError(reason, `hedgerow/kafka: ${what}: ${type ?? message}`, error);
}

async function saying<Result>(what: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw named(what, error);
  }
}

const buffered = (bytes: Uint8Array): Uint8Array =>
  host.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const text = (bytes: Uint8Array): string => {
  try {
    return textOf(bytes);
  } catch {
    return '�';
  }
};

/** Records as kafkajs sends them: topic by topic. */
function topicMessages(records: readonly KafkaRecord[]): { topic: string; messages: object[] }[] {
  const topics = new Map<string, object[]>();
  for (const { topic, partition, key, value, headers = {}, time } of records) {
    const messages = topics.get(topic) ?? [];
    topics.set(topic, messages);
    messages.push({
      partition,
      key: key === null ? null : buffered(bytesOf(key)),
      value: value === null ? null : buffered(value),
      headers,
      ...(time === undefined ? {} : { timestamp: String(Math.trunc(time)) }),
    });
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

function messageOf(topic: string, partition: number, message: KafkaJsMessage): KafkaMessage {
  const headers = Object.entries(message.headers ?? {}).map(([name, said]) => {
    const one = Array.isArray(said) ? said[0] : said;
    return [name, typeof one === 'string' ? one : one === undefined ? '' : text(one)] as const;
  });
  return {
    topic,
    partition,
    offset: Number(message.offset),
    time: Number(message.timestamp),
    key: message.key === null ? null : text(message.key),
    value: message.value,
    headers: Object.fromEntries(headers),
  };
}

/** Waits for what may take longer than a session, and says meanwhile that we are there. */
async function beating(task: Promise<void>, heartbeat: () => Promise<void>, interval: number): Promise<void> {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  const settled = task.then(done, done);
  while (!isDone) {
    await Promise.race([settled, sleep(interval)]);
    if (!isDone) await heartbeat();
  }
  return task;
}

/** How long a fetch waits at the broker for messages, in milliseconds. */
const FETCH_WAIT = 100;

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

function noPartition(topic: string, partition: number): KafkaError {
  return new KafkaError('refused', `hedgerow/kafka: ${topic} has no partition ${partition}`);
}

class KafkaJsPort implements KafkaPort {
  readonly client = 'kafkajs';
  // Its commit of offsets in a transaction carries no generation: a zombie's would be taken.
  readonly fencesOffsets = false;
  private readonly consumers = new Map<string, KafkaJsConsumer>();
  private readonly writers = new Map<string, Promise<KafkaJsProducer>>();
  private readonly admin: Promise<ReturnType<KafkaJsClient['admin']>>;
  private readonly widths = new Map<string, number>();
  private producer: Promise<KafkaJsProducer> | undefined;
  private ends: Promise<{ readonly cluster: KafkaJsCluster; disconnect(): Promise<void> }> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private readings = 0;

  constructor(
    private readonly kafka: KafkaJsClient,
    /** The same, that tries longer. */
    private readonly patient: KafkaJsClient,
    private readonly partitioner: unknown,
    private readonly assigner: KafkaJsAssigner,
    private readonly sessionTimeout: number,
    private readonly transactionTimeout: number,
  ) {
    const admin = kafka.admin();
    this.admin = admin.connect().then(() => admin);
    this.admin.catch(() => {});
  }

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
      const width = (await this.endOffsets(topic)).length;
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
    this.producer ??= this.connected(
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
    const writer = this.connected(
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

  private async connected(producer: KafkaJsProducer): Promise<KafkaJsProducer> {
    await producer.connect();
    return producer;
  }

  private async forget(id: string): Promise<void> {
    const writer = await this.writers.get(id)?.catch(() => undefined);
    this.writers.delete(id);
    await writer?.disconnect().catch(() => {});
  }

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
      partitionAssigners: this.assigners((topic, partition) => held.get(`${topic}/${partition}`)),
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
    const admin = await this.admin;
    for (const [topic, partitions] of Object.entries(assignment)) {
      const [stored] = await admin.fetchOffsets({ groupId: subscription.group, topics: [topic] });
      const starts = await admin.fetchTopicOffsets(topic);
      const ends = await this.endOffsets(topic);
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

  async *read({ topic, partition, from, to }: KafkaRange): AsyncGenerator<readonly KafkaMessage[]> {
    const admin = await saying(`reading ${topic}`, () => this.admin);
    const starts = await saying(`reading ${topic}`, () => admin.fetchTopicOffsets(topic));
    const place = starts.find((one) => one.partition === partition);
    if (!place) throw noPartition(topic, partition);
    const start = Math.max(from ?? 0, Number(place.low));
    if (start >= to) return;
    const end = Math.min(to, (await this.endOffsets(topic))[partition]!);
    if (start >= end) return;
    // To what lies behind the beginning of an open transaction a fetch is answered at once, like to what was emptied.
    for (let stable = Number(place.high); stable <= start; ) {
      await sleep(50);
      const places = await saying(`reading ${topic}`, () => admin.fetchTopicOffsets(topic));
      stable = Number(places.find((one) => one.partition === partition)?.high ?? end);
    }
    // kafkajs reads in groups alone: one of its own, that commits nothing and is gone afterwards.
    const groupId = `hedgerow-reading-${host.crypto.randomUUID()}-${this.readings++}`;
    const consumer = this.kafka.consumer({
      groupId,
      maxWaitTimeInMs: FETCH_WAIT,
      readUncommitted: false,
      partitionAssigners: this.assigners(() => undefined),
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
          if (!payload.restart) failure = payload.error;
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
            while (queue.length > 4 && !isOver) await sleep(5);
          },
        });
      });
      for (;;) {
        const messages = queue.shift();
        if (messages) {
          if (messages.length > 0) yield messages;
        } else if (failure !== undefined) throw named(`reading ${topic}`, failure);
        else if (reached >= end) return;
        else await sleep(5);
      }
    } finally {
      isOver = true;
      await consumer.disconnect().catch(() => {});
      await admin.deleteGroups([groupId]).catch(() => {});
    }
  }

  /** kafkajs' own assigner, which is given the consumer's connections: the way to what is to be mended of them. */
  private assigners(position: (topic: string, partition: number) => number | undefined): KafkaJsAssigner[] {
    return [
      (given) => {
        mend(given.cluster, position);
        return this.assigner(given);
      },
    ];
  }

  async commit({ group, positions }: KafkaCommit): Promise<void> {
    const consumer = this.consumers.get(group);
    if (!consumer) throw new KafkaError('fenced', `hedgerow/kafka: no longer a member of the group ${group}`);
    await saying(`committing offsets of ${group}`, () =>
      consumer.commitOffsets(
        positions.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
      ),
    );
  }

  async endOffsets(topic: string): Promise<readonly number[]> {
    const ask = (): Promise<{ readonly partition: number; readonly high: string }[]> =>
      saying(`asking where ${topic} ends`, async () => (await this.admin).fetchTopicOffsets(topic));
    let ends = await ask().catch((error: KafkaError) => error);
    // A topic that is new has no leaders for a moment, which kafkajs does not wait for.
    for (let tries = 0; ends instanceof KafkaError && tries < 30; tries++) {
      if (!ends.message.includes('LEADER')) throw ends;
      await sleep(100);
      ends = await ask().catch((error: KafkaError) => error);
    }
    if (ends instanceof KafkaError) throw ends;
    const offsets = Array.from({ length: ends.length }, () => 0);
    // What kafkajs' administrator says is where the first open transaction begins.
    for (const { partition, offset } of await saying(`asking where ${topic} ends`, () =>
      this.lastOf(topic),
    )) {
      offsets[partition] = Number(offset);
    }
    return offsets;
  }

  /** The ends by a consumer that reads what is uncommitted too, of which the connections alone are used. */
  private async lastOf(
    topic: string,
  ): Promise<readonly { readonly partition: number; readonly offset: string }[]> {
    for (let tries = 0; ; tries++) {
      this.ends ??= this.openEnds();
      const { ends } = this;
      try {
        const { cluster } = await ends;
        await cluster.addTargetTopic(topic);
        await cluster.refreshMetadataIfNecessary();
        const partitions = cluster
          .findTopicPartitionMetadata(topic)
          .map(({ partitionId }) => ({ partition: partitionId }));
        const [found] = await cluster.fetchTopicsOffset([{ topic, fromBeginning: false, partitions }]);
        return found!.partitions;
      } catch (error) {
        // A connection that broke, or a leader that moved: another looks anew.
        if (this.ends === ends) this.ends = undefined;
        await ends.then((one) => one.disconnect()).catch(() => {});
        if (tries === 3) throw error;
        await sleep(100);
      }
    }
  }

  private async openEnds(): Promise<{ readonly cluster: KafkaJsCluster; disconnect(): Promise<void> }> {
    let cluster: KafkaJsCluster | undefined;
    const consumer = this.kafka.consumer({
      groupId: 'hedgerow-ends',
      readUncommitted: true,
      partitionAssigners: [
        (given: { readonly cluster: KafkaJsCluster }): unknown => {
          cluster = given.cluster;
          return this.assigner(given);
        },
      ],
    });
    await consumer.connect();
    return { cluster: cluster!, disconnect: () => consumer.disconnect() };
  }

  async close(): Promise<void> {
    const writers = [...this.writers.keys()].map((id) => this.forget(id));
    const others = [this.admin, this.producer, this.ends, ...this.consumers.values()].map(async (client) =>
      (await client)?.disconnect(),
    );
    await Promise.allSettled([...writers, ...others]);
  }
}

/**
 * A Kafka cluster by way of `kafkajs` 2, an optional package that is loaded here and nowhere else. At-least-once only:
 * kafkajs commits offsets in a transaction without the group's generation, so a worker that hung and came back could
 * commit over the one that took its work. It has the classic group protocol alone, and every change of a group makes its
 * members restore their states.
 *
 * @throws KafkaError where the package is not installed
 * @example
 * ```ts
 * const open = (): Promise<KafkaPort> => kafkaJs({ brokers: ['127.0.0.1:9092'] });
 * typeof open; // → 'function'
 * ```
 */
export async function kafkaJs(options: KafkaJsOptions): Promise<KafkaPort> {
  const who = 'kafkaJs';
  checkOptions(who, options, ['brokers', 'clientId', 'connection', 'sessionTimeout', 'transactionTimeout']);
  const { brokers, clientId = 'hedgerow', connection = {} } = options;
  if (!Array.isArray(brokers) || brokers.length === 0) {
    throw new OptionError(`${who}: brokers must be an array of 'host:port', received ${String(brokers)}`);
  }
  const sessionTimeout = checkInteger(who, 'sessionTimeout', options.sessionTimeout ?? 30_000);
  const transactionTimeout = checkInteger(who, 'transactionTimeout', options.transactionTimeout ?? 10_000);
  const loaded = (await loadClient('kafkajs')) as KafkaJsModule & { readonly default?: KafkaJsModule };
  const { Kafka, logLevel, PartitionAssigners, Partitioners } = loaded.default ?? loaded;
  const client = (retries: number): KafkaJsClient =>
    new Kafka({
      brokers: [...brokers],
      clientId,
      logLevel: logLevel.NOTHING,
      retry: { retries, initialRetryTime: 100, maxRetryTime: 10_000 },
      ...connection,
    });
  return new ClosingPort(
    new KafkaJsPort(
      client(3),
      client(9),
      Partitioners.DefaultPartitioner,
      PartitionAssigners.roundRobin,
      sessionTimeout,
      transactionTimeout,
    ),
  );
}
